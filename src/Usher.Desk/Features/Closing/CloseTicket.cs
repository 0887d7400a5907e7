using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Closing;

/// <summary>Staff pressed «Close»: the form for the reason opens.</summary>
public sealed record AskForReason : Command
{
    internal static Decision Decide(AskForReason command, Ticket ticket, Context context) =>
        ticket.IsOpen
            ? Decision.Say(new ShowForm(new Form(
                new Press("close", ticket.Number),
                context.Private.Say("close.form", ("ticket", ticket.Label)),
                [new FormField("reason", context.Private.Say("close.form.reason"), FieldKind.Paragraph) { Most = CloseTicket.LongestReason }])))
            : Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
}

/// <summary>Staff closes the ticket.</summary>
public sealed record CloseTicket(string? Reason) : Command
{
    internal const int LongestReason = 1000;

    /// <summary>Whether the opener gets no message about it.</summary>
    public bool Quietly { get; init; }

    /// <summary>Whether nothing is to be asked before any more. No door sets it.</summary>
    public bool Confirmed { get; init; }

    internal static Decision Decide(CloseTicket command, Ticket ticket, Context context)
    {
        if (command.Reason?.Length > LongestReason) return Decision.Refuse("close.too_long", context.Private.Say("close.too_long", ("most", "1000")));
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        return (command.Confirmed ? null : Ending.Before(ClosingKind.Closed, reason, ticket, context)) ?? Ending.Of(ClosingKind.Closed, reason, ticket, context, command.Quietly);
    }
}

/// <summary>The opener takes the ticket back.</summary>
public sealed record CancelTicket : Command
{
    /// <summary>Whether nothing is to be asked before any more. No door sets it.</summary>
    public bool Confirmed { get; init; }

    internal static Decision Decide(CancelTicket command, Ticket ticket, Context context) =>
        (command.Confirmed ? null : Ending.Before(ClosingKind.Cancelled, null, ticket, context)) ?? Ending.Of(ClosingKind.Cancelled, null, ticket, context);
}

/// <summary>A channel or thread of the ticket was deleted on Discord, by hand or by the desk.</summary>
/// <param name="Home">Which.</param>
public sealed record LoseHome(ChannelId Home) : Command
{
    // What a ticket leaves or moves to is not where it lives.
    internal static Decision Decide(LoseHome command, Ticket ticket, Context context) =>
        ticket.Home.Gone || (ticket.Home.Channel is { } home && home != command.Home) ? Decision.Nothing : Ending.HomeGone(ticket, context);
}

/// <summary>Closing is one decision; this is it.</summary>
internal static class Ending
{
    internal const string RemoveHome = "remove-home";

    /// <summary>What another feature wants before; null when none wants anything.</summary>
    internal static Decision? Before(ClosingKind kind, string? reason, Ticket ticket, Context context) =>
        All.Features.Select(feature => feature.BeforeClosing(kind, reason, ticket, context)).FirstOrDefault(wanted => wanted is not null);

    /// <summary>The opener says that it can be closed.</summary>
    internal static Decision OpenerAgrees(ArchiveAnswered answered, Ticket ticket, Context context) =>
        answered.Yes && ticket.Status == TicketStatus.Open ? Of(ClosingKind.Closed, null, ticket, context) : Decision.Nothing;

    /// <summary>A manager wants it gone: by the timer, not at once, so that what others answer to the closing comes first.</summary>
    internal static Decision Ordered(DeletionOrdered ordered, Ticket ticket, Context context) =>
        Decision.Nothing.With(new CancelTimers()).With(new SetTimer(RemoveHome, context.Now));

    internal static Decision Of(ClosingKind kind, string? reason, Ticket ticket, Context context, bool quietly = false)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (ticket.Status == TicketStatus.Opening) return Decision.Refuse("ticket.opening", context.Private.Say("refusal.opening"));
        var closed = new TicketClosed(context.Now, kind, context.Actor.User, context.Actor.Name, reason, quietly);
        var decision = Decision.That(closed).With(new CancelTimers())
            .ShowingOn(ticket, context, context.Private.Say("close.done", ("ticket", ticket.Label)));
        if (ticket.Home is not { Channel: { } home, Gone: false }) return decision;
        // Typed in the ticket itself, the line there is the answer; one more message would take the thread out of the archive again.
        if (context.Typed?.Channel == home) decision = decision with { Reply = null };
        // What is written in direct messages from now on is no message of the ticket; that it is closed its opener is told as everybody is.
        if (ticket.IsHomeless) return decision.And(Decision.That(new HomeRemoved(context.Now)));
        return decision.And(LeaveHome(ticket.Home.Kind, home, closed, context));
    }

    internal static Decision HomeGone(Ticket ticket, Context context)
    {
        var gone = new HomeRemoved(context.Now);
        if (!ticket.IsOpen) return Decision.That(gone).With(new CancelTimers());
        // It was moving, and goes on where it moves to.
        if (ticket.Move is not null) return Decision.That(gone);
        return Decision.That(gone, new TicketClosed(context.Now, ClosingKind.HomeDeleted, context.Actor.User, context.Actor.Name, null)).With(new CancelTimers());
    }

    /// <summary>It cannot move away from a thread or channel that was deleted meanwhile.</summary>
    internal static Decision CouldNotMove(HomeMoveFailed failed, Ticket ticket, Context context) =>
        ticket is { IsOpen: true, Home.Gone: true }
            ? Decision.That(new TicketClosed(context.Now, ClosingKind.HomeDeleted, context.Actor.User, context.Actor.Name, null)).With(new CancelTimers())
            : Decision.Nothing;

    // A thread is locked and archived, never deleted; a channel counts down and is deleted.
    private static Decision LeaveHome(HomeKind kind, ChannelId home, TicketClosed closed, Context context)
    {
        var said = context.Public.Say($"close.line.{closed.Kind}", ("who", closed.By.Mention));
        if (closed.Reason is { } reason) said += "\n" + context.Public.Say("card.reason", ("reason", reason));
        if (kind == HomeKind.Thread)
            return Decision.Nothing.Then(new PostCard(home, Card.Saying(said), Mentions.None, PostPurpose.Line), new CloseThread(home));
        var end = closed.At + context.Settings.Countdown;
        said += "\n" + context.Public.Say("close.countdown", ("when", Moment.Relative(end)));
        return Decision.Nothing
            .Then(new PostCard(home, Card.Saying(said), Mentions.None, PostPurpose.Line))
            .With(new SetTimer(RemoveHome, end));
    }

    internal static Decision CountdownOver(Ticket ticket, Context context) =>
        ticket is { IsOpen: false, IsHomeless: false, Home: { Channel: { } channel, Gone: false } }
            // A thread is only ever counted down when a manager had it deleted.
            ? Decision.Nothing.Then(ticket.Home.Kind == HomeKind.Thread ? new DeleteThread(channel) : new DeleteChannel(channel))
            : Decision.Nothing;

    internal static Decision HomeDeleted(Effect effect, Outcome outcome, Ticket? ticket, Context context) =>
        ticket is { Home.Gone: false } && outcome is Done && ticket.Home.Channel == effect.HappensIn ? Decision.That(new HomeRemoved(context.Now)) : Decision.Nothing;

    // Deleted while nobody was listening, or before the desk knew that it was there: the first thing that fails in it tells.
    internal static Decision HomeFoundGone(Effect effect, Outcome outcome, Ticket? ticket, Context context) =>
        outcome is CannotBeDone { Reason: FailureReason.ChannelGone } && ticket is { Home: { Channel: { } home, Gone: false } } && effect.HappensIn == home
            ? HomeGone(ticket, context)
            : Decision.Nothing;
}
