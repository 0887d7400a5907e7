using System.Globalization;
using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Approving;

/// <summary>Something was asked for that others decide.</summary>
public sealed record ApprovalAsked(DateTimeOffset At, ApprovalRequest Request) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Approvals = ticket.Approvals.Add(Request) };
}

/// <summary>The message where it is decided stands.</summary>
public sealed record ApprovalPosted(DateTimeOffset At, int Number, MessageId Message) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithApproval(Number, request => request with { Message = Message });
}

/// <summary>It could not be put before those who decide.</summary>
public sealed record ApprovalLost(DateTimeOffset At, int Number) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithApproval(Number, request => request with { IsLost = true });
}

/// <summary>Somebody agreed or disagreed; what the same person said before counts no more.</summary>
public sealed record ApprovalVoted(DateTimeOffset At, int Number, UserId By, bool Approves, string? Reason) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket.WithApproval(
        Number, request => request with { Votes = request.Votes.Where(vote => vote.By != By).Append(new ApprovalVote(By, Approves, Reason, At)).ToValueList() });
}

internal static class ApprovalRequests
{
    internal static Ticket WithApproval(this Ticket ticket, int number, Func<ApprovalRequest, ApprovalRequest> change) =>
        ticket with { Approvals = ticket.Approvals.Select(request => request.Number == number ? change(request) : request).ToValueList() };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApprovalAsked))]
[JsonSerializable(typeof(ApprovalPosted))]
[JsonSerializable(typeof(ApprovalLost))]
[JsonSerializable(typeof(ApprovalVoted))]
[JsonSerializable(typeof(ApprovalAnswer))]
[JsonSerializable(typeof(ApprovalVote))]
internal sealed partial class ApprovingJson : JsonSerializerContext;

internal static class ApprovingFeature
{
    internal static Feature Feature { get; } = new("Approving")
    {
        Commands =
        [
            // Who may ask, and who decides, each approval says for itself.
            CommandRule.OnTicket<AskForApproval>(Permission.OpenerOrStaff, AskForApproval.Decide),
            CommandRule.OnTicket<RequestApproval>(Permission.OpenerOrStaff, RequestApproval.Decide),
            CommandRule.OnTicket<ApproveRequest>(Permission.Anyone, ApproveRequest.Decide),
            CommandRule.OnTicket<AskWhyDenied>(Permission.Anyone, AskWhyDenied.Decide),
            CommandRule.OnTicket<DenyRequest>(Permission.Anyone, DenyRequest.Decide),
        ],
        Facts =
        [
            new FactKind("approval_asked", ApprovingJson.Default.ApprovalAsked) { Detail = static fact => ((ApprovalAsked)fact).Request.Key },
            new FactKind("approval_posted", ApprovingJson.Default.ApprovalPosted),
            new FactKind("approval_lost", ApprovingJson.Default.ApprovalLost),
            new FactKind("approval_voted", ApprovingJson.Default.ApprovalVoted) { Detail = static fact => ((ApprovalVoted)fact).Approves ? "approved" : "denied" },
        ],
        MenuOf = Approvals.Lines,
        Triggers =
        [
            new Trigger(Door.Button, "approval", input => new AskForApproval(input.Argument)),
            new Trigger(Door.Form, "approval", input => input.Argument is { } key ? new RequestApproval(key, Entered(input)) : null),
            new Trigger(Door.Slash, "approval", input => new AskForApproval(input["approval"])) { Options = [new TriggerOption("approval", OptionKind.Approval, Required: false)] },
            new Trigger(Door.Typed, "approval", input => new AskForApproval(input.Rest.Length > 0 ? input.Rest : null)),
            new Trigger(Door.Button, "approval-yes", input => new ApproveRequest(NumberIn(input))) { Waiting = Waiting.Silently },
            new Trigger(Door.Button, "approval-no", input => new AskWhyDenied(NumberIn(input))),
            new Trigger(Door.Form, "approval-no", input => new DenyRequest(NumberIn(input), input["reason"])) { Waiting = Waiting.Silently },
        ],
        Reactions = [Reaction.On<HomeMoved>(Moved)],
        Outcomes = [OutcomeRule.Of<PostCard>(RequestApproval.Ended)],
    };

    // What is still to be decided links to where the ticket goes on.
    private static Decision Moved(HomeMoved moved, Ticket ticket, Context context) => Decision.Nothing.Then(
        [.. ticket.Approvals
            .Where(request => request is { State: ApprovalState.Open, Message: not null })
            .Select(Effect (request) => new EditCard(request.Channel, request.Message!.Value, ApprovalCard.Of(request, ticket, context.Settings)))]);

    private static ValueList<FormAnswer> Entered(Input input) => input.Values.Select(pair => new FormAnswer(pair.Key, pair.Value.Trim())).ToValueList();

    // No request has the number 0.
    private static int NumberIn(Input input) => int.TryParse(input.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
