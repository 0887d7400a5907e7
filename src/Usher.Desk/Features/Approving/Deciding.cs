using System.Diagnostics.CodeAnalysis;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Approving;

/// <summary>Somebody agrees to what was asked for.</summary>
/// <param name="Number">Which of the ticket's requests.</param>
public sealed record ApproveRequest(int Number) : Command
{
    internal static Decision Decide(ApproveRequest command, Ticket ticket, Context context) => Voting.Vote(command.Number, approves: true, reason: null, ticket, context);
}

/// <summary>Somebody is about to disagree: the form for the reason opens.</summary>
/// <param name="Number">Which of the ticket's requests.</param>
public sealed record AskWhyDenied(int Number) : Command
{
    private const int LongestTitle = 45;

    internal static Decision Decide(AskWhyDenied command, Ticket ticket, Context context)
    {
        if (!Voting.MayVote(command.Number, approves: false, ticket, context, out var request, out var refused)) return refused;
        var language = context.Private;
        return Decision.Say(new ShowForm(new Form(
            Voting.PressOf("approval-no", ticket, request),
            language.Say("approval.deny.form", ("name", request.Name)).CutTo(LongestTitle),
            [new FormField("reason", language.Say("approval.deny.form.reason"), FieldKind.Paragraph) { Most = DenyRequest.LongestReason }])));
    }
}

/// <summary>Somebody disagrees with what was asked for.</summary>
/// <param name="Number">Which of the ticket's requests.</param>
/// <param name="Reason">Why; null when they do not say.</param>
public sealed record DenyRequest(int Number, string? Reason) : Command
{
    internal const int LongestReason = 1000;

    internal static Decision Decide(DenyRequest command, Ticket ticket, Context context) =>
        Voting.Vote(command.Number, approves: false, command.Reason?.CutTo(LongestReason), ticket, context);
}

/// <summary>What approving and denying share. Requests outlive their ticket: what was asked for can be decided when it is closed.</summary>
internal static class Voting
{
    internal static Press PressOf(string action, Ticket ticket, ApprovalRequest request) =>
        new(action, ticket.Number, request.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    internal static Decision Vote(int number, bool approves, string? reason, Ticket ticket, Context context)
    {
        if (!MayVote(number, approves, ticket, context, out _, out var refused)) return refused;
        var vote = new ApprovalVoted(context.Now, number, context.Actor.User, approves, reason);
        var after = vote.ApplyTo(ticket);
        var request = after.Approvals.First(r => r.Number == number);
        var decision = Decision.That(vote) with { Reply = new ShowCard(ApprovalCard.Of(request, after, context.Settings), request.Channel) };
        return request.State is ApprovalState.Approved or ApprovalState.Denied ? decision.Then(Told(request, ticket, context)) : decision;
    }

    /// <summary>Whether somebody can decide a request now; otherwise what they are told.</summary>
    internal static bool MayVote(
        int number, bool approves, Ticket ticket, Context context, [NotNullWhen(true)] out ApprovalRequest? request, [NotNullWhen(false)] out Decision? refused)
    {
        var language = context.Private;
        request = ticket.Approvals.FirstOrDefault(r => r.Number == number);
        refused = null;
        if (request is null)
        {
            refused = Decision.Refuse("approval.gone", language.Say("approval.gone"));
            return false;
        }
        // It may be gone from the settings: then managers are left to decide.
        var key = request.Key;
        var approval = context.Settings.ApprovalsOf(request.Department).FirstOrDefault(a => a.Key == key);
        if (!Access.Decides(context.Actor, context.Settings, approval))
            refused = Decision.Refuse("access.denied", language.Say("refusal.not_allowed", ("who", Access.WhoDecides(approval, language, context.Settings))));
        else if (request.State is ApprovalState.Approved or ApprovalState.Denied)
            refused = Late(request, ticket, context);
        else if (approval is not { Own: true } && (request.By == context.Actor.User || ticket.Opener == context.Actor.User))
            refused = Decision.Refuse("approval.own", language.Say("approval.own"));
        else if (request.Votes.Any(vote => vote.By == context.Actor.User && vote.Approves == approves))
            refused = Decision.Refuse("approval.voted", language.Say("approval.voted"));
        return refused is null;
    }

    // Somebody was faster, or the message is an old copy of the truth: it is made to show it.
    private static Decision Late(ApprovalRequest request, Ticket ticket, Context context)
    {
        var said = Decision.Nothing.Telling(context.Private.Say($"approval.late.{request.State}", ("name", request.Title), ("who", ApprovalCard.People(request))));
        return context.Interaction?.Message is { } message ? said.Then(new EditCard(request.Channel, message, ApprovalCard.Of(request, ticket, context.Settings))) : said;
    }

    // Words in a closed thread would take it out of the archive, and a closed channel is about to go: then whoever asked is written to.
    private static Effect Told(ApprovalRequest request, Ticket ticket, Context context)
    {
        var isHere = ticket is { IsOpen: true, Home: { Channel: not null, Gone: false } };
        var language = isHere ? context.Public : request.Language ?? context.Public;
        var said = language.Say($"approval.told.{request.State}", ("asker", request.By.Mention), ("name", request.Title), ("ticket", ticket.Label), ("who", ApprovalCard.People(request)));
        foreach (var reason in request.Votes.Where(vote => !vote.Approves).Select(vote => vote.Reason).OfType<string>()) said += "\n" + language.Say("card.reason", ("reason", reason));
        return isHere
            ? new PostCard(ticket.Home.Channel!.Value, Card.Saying(said), new Mentions([request.By], []), PostPurpose.Line)
            : new SendDirectMessage(request.By, Card.Saying(said));
    }
}
