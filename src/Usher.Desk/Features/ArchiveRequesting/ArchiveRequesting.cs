using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.ArchiveRequesting;

/// <summary>Staff asks the opener whether the ticket can be closed.</summary>
public sealed record RequestArchive : Command
{
    internal static Decision Decide(RequestArchive command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", language.Say("refusal.closed"));
        if (ticket is { IsHomeless: true, Status: TicketStatus.Open }) return OpenHome.Homeless(ticket, context);
        if (ticket.Home is not { Channel: { } home, Gone: false }) return Decision.Refuse("ticket.opening", language.Say("refusal.opening"));
        if (ticket.OpenerLeft) return Decision.Refuse("archive.opener_left", language.Say("archive.opener_left"));
        var request = new ArchiveRequest(context.Actor.User, context.Now);
        var decision = Decision.That(new ArchiveRequested(request.At, request.By))
            .Then(new PostCard(home, Question.Open(ticket, request, context), new Mentions([ticket.Opener], []), PostPurpose.Line));
        // Typed in the ticket itself, the question there is the answer.
        return context.Typed?.Channel == home ? decision : decision.Telling(language.Say("archive.done", ("opener", ticket.Opener.Mention)));
    }
}

/// <summary>The opener says whether the ticket can be closed.</summary>
/// <param name="Yes">Whether it can.</param>
/// <param name="Stamp">Which question is answered.</param>
public sealed record AnswerArchiveRequest(bool Yes, string Stamp) : Command
{
    internal static Decision Decide(AnswerArchiveRequest command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (ticket.ArchiveRequest is not { } request || request.Stamp != command.Stamp)
            return Decision.Refuse("archive.stale", context.Private.Say("archive.stale"));
        return Decision.That(new ArchiveAnswered(context.Now, command.Yes)) with { Reply = new ShowCard(Question.Answered(ticket, request, command.Yes, context)) };
    }
}

/// <summary>The question as it stands in the ticket.</summary>
internal static class Question
{
    /// <summary>The ticket goes on elsewhere, and so does the question.</summary>
    internal static Decision Moved(HomeMoved moved, Ticket ticket, Context context) =>
        ticket is { ArchiveRequest: { } request, Home.Channel: { } home }
            ? Decision.Nothing.Then(new PostCard(home, Open(ticket, request, context), new Mentions([ticket.Opener], []), PostPurpose.Line))
            : Decision.Nothing;

    internal static Card Open(Ticket ticket, ArchiveRequest request, Context context) => new(
    [
        new Words(Asked(ticket, request, context.Public)),
        new Buttons(
        [
            new Button(context.Public.Say("button.yes"), new Press("archive_yes", ticket.Number, request.Stamp), ButtonLook.Success, "✅"),
            new Button(context.Public.Say("button.no"), new Press("archive_no", ticket.Number, request.Stamp), ButtonLook.Secondary, "✖️"),
        ]),
    ]);

    internal static Card Answered(Ticket ticket, ArchiveRequest request, bool yes, Context context) => new(
    [
        new Words(Asked(ticket, request, context.Public)),
        new Words(context.Public.Say(yes ? "archive.yes" : "archive.no", ("opener", ticket.Opener.Mention))),
    ]);

    private static string Asked(Ticket ticket, ArchiveRequest request, Language language) =>
        language.Say("archive.ask", ("opener", ticket.Opener.Mention), ("who", request.By.Mention));
}

/// <summary>Staff asked the opener whether the ticket can be closed.</summary>
public sealed record ArchiveRequested(DateTimeOffset At, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { ArchiveRequest = new ArchiveRequest(By, At) };
}

/// <summary>The opener said whether it can.</summary>
public sealed record ArchiveAnswered(DateTimeOffset At, bool Yes) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { ArchiveRequest = null };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ArchiveRequested))]
[JsonSerializable(typeof(ArchiveAnswered))]
internal sealed partial class ArchiveRequestingJson : JsonSerializerContext;

internal static class ArchiveRequestingFeature
{
    internal static Feature Feature { get; } = new("ArchiveRequesting")
    {
        Commands =
        [
            CommandRule.OnTicket<RequestArchive>(Permission.Staff, RequestArchive.Decide),
            CommandRule.OnTicket<AnswerArchiveRequest>(Permission.Opener, AnswerArchiveRequest.Decide),
        ],
        Facts =
        [
            new FactKind("archive_requested", ArchiveRequestingJson.Default.ArchiveRequested),
            new FactKind("archive_answered", ArchiveRequestingJson.Default.ArchiveAnswered),
        ],
        Reactions = [Reaction.On<HomeMoved>(Question.Moved)],
        Menu = [new MenuItem("archiverequest", Permission.Staff, "🗄️")],
        Triggers =
        [
            new Trigger(Door.Button, "archiverequest", _ => new RequestArchive()),
            new Trigger(Door.Slash, "archiverequest", _ => new RequestArchive()),
            new Trigger(Door.Typed, "archiverequest", _ => new RequestArchive()),
            new Trigger(Door.Button, "archive_yes", input => input.Argument is { } stamp ? new AnswerArchiveRequest(true, stamp) : null) { Waiting = Waiting.Silently },
            new Trigger(Door.Button, "archive_no", input => input.Argument is { } stamp ? new AnswerArchiveRequest(false, stamp) : null) { Waiting = Waiting.Silently },
        ],
    };
}
