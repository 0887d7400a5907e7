using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Queueing;

/// <summary>There is no room for the ticket's channel: it waits, at the place that it may already have.</summary>
/// <param name="At">When.</param>
/// <param name="Why">What is full; null when nobody asked Discord because others wait already.</param>
public sealed record TicketQueued(DateTimeOffset At, FailureReason? Why) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Queue = (ticket.Queue ?? new QueuePlace(At, Why)) with { Why = Why, IsTried = false } };
}

/// <summary>The ticket has another place in the queue.</summary>
public sealed record QueueMoved(DateTimeOffset At, int Position) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Queue = ticket.Queue is { } place ? place with { Position = Position } : null };
}

/// <summary>There may be room: it is tried.</summary>
public sealed record QueueTried(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Queue = ticket.Queue is { } place ? place with { IsTried = true } : null };
}

/// <summary>Nobody waits for this ticket any more: there will be none.</summary>
public sealed record QueueLeft(DateTimeOffset At, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Status = TicketStatus.Failed, Queue = null, OpenedVia = null };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketQueued))]
[JsonSerializable(typeof(QueueMoved))]
[JsonSerializable(typeof(QueueTried))]
[JsonSerializable(typeof(QueueLeft))]
internal sealed partial class QueueingJson : JsonSerializerContext;
