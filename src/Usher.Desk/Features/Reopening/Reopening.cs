using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Reopening;

/// <summary>Somebody wants to go on with a closed ticket whose thread is still there.</summary>
public sealed record ReopenTicket : Command
{
    internal static Decision Decide(ReopenTicket command, Ticket ticket, Context context)
    {
        if (ticket.IsOpen) return Decision.Refuse("reopen.open", context.Private.Say("reopen.open", ("ticket", ticket.Mention)));
        if (ticket.Home.Kind == HomeKind.Channel) return Decision.Refuse("reopen.channel", context.Private.Say("reopen.channel"));
        if (ticket.Home is not { Kind: HomeKind.Thread, Channel: not null, Gone: false } && !ticket.IsHomeless)
            return Decision.Refuse("reopen.gone", context.Private.Say("reopen.gone"));
        if (ticket.ErasedAt is not null) return Decision.Refuse("reopen.erased", context.Private.Say("reopen.erased"));
        var byOpener = context.Actor.User == ticket.Opener;
        if (ticket.OpenerLeft && !byOpener) return Decision.Refuse("reopen.opener_left", context.Private.Say("reopen.opener_left"));
        var others = context.OpenTickets.Where(t => t.Department == ticket.Department).ToList();
        var most = context.Settings.Department(ticket.Department)?.OpenPerMember ?? 1;
        if (others.Count >= Math.Max(1, most))
            return Decision.Refuse("reopen.other_open", context.Private.Say("reopen.other_open", ("ticket", others[^1].Mention)));

        if (ticket.IsHomeless && context.OpenTickets.FirstOrDefault(open => open.TakesDirectMessages) is { } talking)
            return Decision.Refuse("reopen.other_open", context.Private.Say("reopen.other_open", ("ticket", talking.Label)));

        // What staff reopens is staff's decision; openers cannot come back past a block or a limit.
        if (byOpener && (Limits.OfBlock(context) ?? Limits.OfAll(context)) is { } refusal) return Decision.Refuse(refusal.Code, refusal.Sentence);

        var reopened = new TicketReopened(context.Now, context.Actor.User, Slots.Free(others));
        if (ticket.Home is not { Kind: HomeKind.Thread, Channel: { } thread })
            return Decision.That(reopened).Then(new OpenDirectMessages(ticket.Opener)).Telling(context.Private.Say("reopen.done", ("ticket", ticket.Label)));
        var line = context.Public.Say("reopen.line", ("who", context.Actor.User.Mention));
        // The opener is told, unless it is their own doing; the mention brings them back into a thread that they left.
        if (!byOpener) line = ticket.Opener.Mention + " " + line;
        return Decision.That(reopened)
            .Then(
                new ReopenThread(thread),
                new RefreshCard(),
                new PostCard(thread, Card.Saying(line), byOpener ? Mentions.None : new Mentions([ticket.Opener], []), PostPurpose.Line),
                new AddThreadMember(thread, ticket.Opener))
            .Telling(context.Private.Say("reopen.done", ("ticket", thread.Mention)));
    }
}

/// <summary>The ticket goes on.</summary>
public sealed record TicketReopened(DateTimeOffset At, UserId By, int Slot) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Status = TicketStatus.Open,
        Closing = null,
        Slot = Slot,
        // In direct messages another ticket may have gone on behind the old card, of another guild even: what was said there must not come to be this one's.
        Card = ticket.IsHomeless ? null : ticket.Card,
        OpenerLeft = ticket.OpenerLeft && By != ticket.Opener,
        // What staff opens again asks the opener something; nobody waits for staff.
        WaitsForStaff = By == ticket.Opener,
        WaitingSince = At,
        ClosedFor = ticket.ClosedFor + (ticket.Closing is { } closing && closing.At < At ? At - closing.At : TimeSpan.Zero),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketReopened))]
internal sealed partial class ReopeningJson : JsonSerializerContext;

internal static class ReopeningFeature
{
    internal static Feature Feature { get; } = new("Reopening")
    {
        Commands = [CommandRule.OnTicket<ReopenTicket>(Permission.OpenerOrStaff, ReopenTicket.Decide) with { NeedsOpenTickets = true }],
        Facts = [new FactKind("ticket_reopened", ReopeningJson.Default.TicketReopened)],
        Triggers =
        [
            new Trigger(Door.Button, "reopen", _ => new ReopenTicket()),
            new Trigger(Door.Slash, "reopen", _ => new ReopenTicket())
            {
                NamesTicket = true,
                Options = [new TriggerOption("number", OptionKind.Number, Required: true)],
            },
            new Trigger(Door.Typed, "reopen", _ => new ReopenTicket()) { NamesTicket = true },
        ],
    };
}
