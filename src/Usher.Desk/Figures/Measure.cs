using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Figures;

/// <summary>What is counted, and mostly measured.</summary>
public enum MeasureKind
{
    /// <summary>A ticket was opened; by staff, if it was opened for its opener.</summary>
    Opened,

    /// <summary>Staff answered for the first time; how long the opener waited for it.</summary>
    FirstResponse,

    /// <summary>Staff answered again; how long the opener waited for it.</summary>
    NextResponse,

    /// <summary>The opener answered; how long staff waited for it: whoever has the ticket.</summary>
    OpenerResponse,

    /// <summary>Somebody took the ticket on, or was given it.</summary>
    Claimed,

    /// <summary>It was closed; how long it was open in all.</summary>
    Closed,

    /// <summary>Its opener took it back; how long it was open in all.</summary>
    Cancelled,

    /// <summary>It was opened again.</summary>
    Reopened,

    /// <summary>The department gave it to another.</summary>
    Left,

    /// <summary>The department got it from another.</summary>
    Arrived,

    /// <summary>Its opener rated it with 1; of whoever had it.</summary>
    Rated1,

    /// <summary>The same with 2.</summary>
    Rated2,

    /// <summary>The same with 3.</summary>
    Rated3,

    /// <summary>The same with 4.</summary>
    Rated4,

    /// <summary>The same with 5.</summary>
    Rated5,
}

/// <summary>One thing that statistics are made of.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Department">In the tickets of which department: the one that had it at that moment.</param>
/// <param name="Person">Whose doing it is, or who waited; nobody's is zero.</param>
/// <param name="At">When.</param>
/// <param name="Took">How long it took; null for what takes no time.</param>
/// <param name="Undone">Whether it counts no more: the very same was measured before, and holds no longer.</param>
public sealed record Measure(MeasureKind Kind, string Department, UserId Person, DateTimeOffset At, TimeSpan? Took = null, bool Undone = false);

/// <summary>What facts mean to statistics. Pure; the same facts always give the same measures, so that they can be made again from the history.</summary>
/// <remarks>
/// Whose turn it is changes with the first message after a turn, so an answer in three messages is one answer. Notes and what bots write are no facts of that kind and
/// count for nothing. Time that a ticket spent closed is nobody's waiting. In a ticket that staff opened for somebody, or opened again, nobody waits for staff until the opener writes.
/// </remarks>
public static class Measures
{
    /// <summary>What a fact adds.</summary>
    /// <param name="before">The ticket before it; null when it begins one.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="by">Who caused it.</param>
    public static ValueList<Measure> Of(Ticket? before, Fact fact, UserId by) => (before, fact) switch
    {
        (null, TicketOpened opened) => [new Measure(MeasureKind.Opened, opened.Department, opened.StaffBegan ? opened.OpenedBy ?? default : default, opened.At)],
        (null, _) => [],
        ({ WaitsForStaff: true } ticket, StaffReplied reply) => by == ticket.Opener ? [] : [Response(ticket, reply.At, by)],
        ({ WaitsForStaff: false } ticket, OpenerReplied reply) =>
            [new Measure(MeasureKind.OpenerResponse, ticket.Department, ticket.Claim?.By ?? default, reply.At, Between(ticket.WaitingSince, reply.At))],
        ({ } ticket, TicketClaimed claimed) => [new Measure(MeasureKind.Claimed, ticket.Department, claimed.By, claimed.At)],
        ({ } ticket, TicketAssigned assigned) => [new Measure(MeasureKind.Claimed, ticket.Department, assigned.To, assigned.At)],
        ({ IsOpen: true } ticket, TicketClosed closed) =>
            [new Measure(closed.Kind == ClosingKind.Cancelled ? MeasureKind.Cancelled : MeasureKind.Closed, ticket.Department, closed.By, closed.At, OpenUntil(ticket, closed.At))],
        ({ IsOpen: false } ticket, TicketReopened reopened) => [new Measure(MeasureKind.Reopened, ticket.Department, reopened.By, reopened.At)],
        ({ } ticket, TicketTransferred moved) when moved.Department != ticket.Department =>
            [new Measure(MeasureKind.Left, ticket.Department, moved.By, moved.At), new Measure(MeasureKind.Arrived, moved.Department, moved.By, moved.At)],
        ({ } ticket, TicketRated rated) when rated.Score is >= TicketRating.Lowest and <= TicketRating.Highest => Rated(ticket, rated),
        _ => [],
    };

    // A rating counts once, when it was last said and for whom it was said then.
    private static ValueList<Measure> Rated(Ticket ticket, TicketRated rated)
    {
        var now = new Measure(Satisfaction.KindOf(rated.Score), ticket.Department, ticket.Claim?.By ?? default, rated.At);
        if (ticket.Rating is not { Score: >= TicketRating.Lowest and <= TicketRating.Highest } before) return [now];
        return [new Measure(Satisfaction.KindOf(before.Score), before.Department, before.Staff ?? default, before.At, Undone: true), now];
    }

    private static Measure Response(Ticket ticket, DateTimeOffset at, UserId by)
    {
        if (ticket.FirstResponseAt is not null) return new Measure(MeasureKind.NextResponse, ticket.Department, by, at, Between(ticket.WaitingSince, at));
        // Closed unanswered and opened again, the opener has waited twice.
        var waited = !ticket.StaffBegan ? OpenUntil(ticket, at) : Between(ticket.WaitingSince, at);
        return new Measure(MeasureKind.FirstResponse, ticket.Department, by, at, waited);
    }

    private static TimeSpan OpenUntil(Ticket ticket, DateTimeOffset at) => NotBelowZero(at - ticket.OpenedAt - ticket.ClosedFor);

    private static TimeSpan Between(DateTimeOffset since, DateTimeOffset at) => NotBelowZero(at - since);

    // Clocks are set back now and then.
    private static TimeSpan NotBelowZero(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
