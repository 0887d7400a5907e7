using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transferring;

/// <summary>
/// The home that a ticket leaves: it says where the ticket goes on. A thread is locked and archived, and stays to be read; a channel can be read for a while and is
/// deleted when the archive has every message of it.
/// </summary>
internal static class OldHome
{
    internal const string Timer = "leave-former-home";

    private const int LeftColour = 0x80848E;

    // Long enough to read the line, short enough for a category that holds 50 channels.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>When a home that is left now is deleted; null when it stays.</summary>
    internal static DateTimeOffset? UntilOf(Home home, DateTimeOffset now) => home.Kind == HomeKind.Channel ? now + Patience : null;

    /// <summary>Leaves the home in which the ticket lives until now.</summary>
    internal static Decision Begin(Ticket ticket, ChannelId next, Context context)
    {
        if (ticket is not { Move: { } move, Home: { Channel: { } old, Gone: false } home }) return Decision.Nothing;
        var language = context.Public;
        var department = context.Settings.Department(ticket.Department);
        var link = new Buttons([new Button(language.Say("button.to_ticket"), null, Link: $"https://discord.com/channels/{ticket.Guild}/{next}", Emoji: "🎫")]);
        var until = UntilOf(home, context.Now);
        var line = Staying.Line(ticket, new Transfer(move.By, move.From), department, staff: "", context).TrimEnd() + " " + language.Say("transfer.goes_on", ("home", next.Mention))
            + "\n-# " + language.Say($"transfer.left.{home.Kind}", ("when", until is { } end ? Moment.Relative(end) : ""));
        var decision = Decision.Nothing.Then(new PostCard(old, new Card([new Words(line), link]), Mentions.None, PostPurpose.Line));
        if (ticket.Card is { } card)
        {
            var emoji = department?.Emoji is { } e ? e + " " : "";
            var heading = new Words($"## {emoji}{department?.Name ?? ticket.Department} {ticket.Label}");
            decision = decision.Then(new EditCard(old, card, new Card([heading, new Words(language.Say("transfer.goes_on", ("home", next.Mention))), link], LeftColour)));
        }
        return until is { } due
            ? decision.Then(new ShutChannel(old)).With(new SetTimer(Timer, EarliestOf(ticket, due)))
            : decision.Then(new CloseThread(old));
    }

    /// <summary>The time is over: the channels go.</summary>
    internal static Decision Due(Ticket ticket, Context context)
    {
        var left = ticket.Former.Where(former => former is { Gone: false, Until: not null }).ToList();
        var decision = Decision.Nothing.Then([.. left.Where(former => former.Until <= context.Now).Select(Effect (former) => new DeleteChannel(former.Channel))]);
        return left.Where(former => former.Until > context.Now).Min(former => former.Until) is { } next ? decision.With(new SetTimer(Timer, next)) : decision;
    }

    // A closed ticket has nothing more to wait for.
    internal static Decision TicketEnded(TicketClosed closed, Ticket ticket, Context context) =>
        Decision.Nothing.Then([.. ticket.Former.Where(former => former is { Gone: false, Until: not null }).Select(Effect (former) => new DeleteChannel(former.Channel))]);

    /// <summary>With a ticket that is deleted go the threads in which it lived, where threads may be deleted.</summary>
    internal static Decision TicketDeleted(DeletionOrdered ordered, Ticket ticket, Context context) =>
        context.Settings.Department(ticket.Department) is { DeleteThreads: true }
            ? Decision.Nothing.Then([.. ticket.Former.Where(former => former is { Gone: false, Kind: HomeKind.Thread }).Select(Effect (former) => new DeleteThread(former.Channel))])
            : Decision.Nothing;

    internal static Decision SeeLost(LoseHome lost, Ticket ticket, Context context) => Gone(lost.Home, ticket, context).And(Moving.Lost(lost.Home, ticket, context));

    internal static Decision Ended(Effect effect, Outcome outcome, Ticket? ticket, Context context) =>
        ticket is not null && effect.HappensIn is { } home && (outcome is Done && effect is DeleteChannel or DeleteThread || outcome is CannotBeDone { Reason: FailureReason.ChannelGone })
            ? Gone(home, ticket, context)
            : Decision.Nothing;

    private static Decision Gone(ChannelId home, Ticket ticket, Context context) =>
        ticket.Former.Any(former => former.Channel == home && !former.Gone) ? Decision.That(new FormerHomeGone(context.Now, home)) : Decision.Nothing;

    private static DateTimeOffset EarliestOf(Ticket ticket, DateTimeOffset due) =>
        ticket.Former.Where(former => former is { Gone: false, Until: not null }).Select(former => former.Until!.Value).Append(due).Min();
}
