using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>All that one decision changes. It is stored whole or not at all.</summary>
public sealed record Commit
{
    /// <summary>The guild it happens in.</summary>
    public required GuildId Guild { get; init; }

    /// <summary>The ticket that was decided on; null when it begins, or when no ticket is concerned.</summary>
    public Ticket? Before { get; init; }

    /// <summary>The ticket after the facts; null when no ticket is concerned.</summary>
    public Ticket? After { get; init; }

    /// <summary>What became true, in order. A ticket changes by nothing else: each fact raises its version by one.</summary>
    public ValueList<Fact> Facts { get; init; }

    /// <summary>Who caused it.</summary>
    public required UserId By { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What must be done, in order, in the stream of the ticket, or of the guild's desk when there is none.</summary>
    public ValueList<Effect> Effects { get; init; }

    /// <summary>Changes of the ticket's timers, in order.</summary>
    public ValueList<TimerChange> Timers { get; init; }

    /// <summary>Changes beside the tickets, in order.</summary>
    public ValueList<DeskChange> Changes { get; init; }

    /// <summary>The event that led here; it is marked as done.</summary>
    public string? InboxKey { get; init; }

    /// <summary>The row of the effect whose end led here; it is taken away.</summary>
    public long? EndedEffect { get; init; }

    /// <summary>Whether that effect failed for good: then its row stays as a dead letter.</summary>
    public bool EndedEffectFailed { get; init; }

    /// <summary>Why it failed, for staff.</summary>
    public string? EndedError { get; init; }

    /// <summary>The row of the timer whose firing led here; it is taken away.</summary>
    public long? FiredTimer { get; init; }

    /// <summary>The message that led here; it goes to the archive.</summary>
    public ArchivedMessage? Message { get; init; }

    /// <summary>What the desk itself said in the ticket where nobody overhears it; it goes to the archive.</summary>
    public IReadOnlyList<ArchivedMessage> Kept { get; init; } = [];

    /// <summary>A message that is not to be kept, also when it is already: the archive has nothing of it afterwards.</summary>
    public MessageId? Unkept { get; init; }

    /// <summary>What of it goes into the audit log, in order.</summary>
    public ValueList<Deed> Deeds { get; init; }

    /// <summary>What acted, where it was no person (<see cref="AuditEntry.Program"/>).</summary>
    public string? Program { get; init; }

    /// <summary>The span that its effects follow from, as W3C's trace context writes it; null when nobody traces.</summary>
    public string? Trace { get; init; }

    /// <summary>The panel that was posted.</summary>
    public PostedPanel? Panel { get; init; }
}

/// <summary>What storing a decision came to.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>It is stored.</summary>
    /// <param name="Effects">The rows of its effects, in order.</param>
    public sealed record Committed(IReadOnlyList<EffectRow> Effects) : CommitResult;

    /// <summary>The ticket has changed meanwhile, or is there already: load it and decide again. Nothing was written.</summary>
    public sealed record Conflict : CommitResult;

    /// <summary>The opener's slot in the department is taken by another open ticket. Nothing was written.</summary>
    public sealed record SlotTaken : CommitResult;

    /// <summary>The event was dealt with before, the effect has ended before, or the timer was set anew, taken back or fired before. Nothing was written.</summary>
    public sealed record AlreadyDone : CommitResult;
}
