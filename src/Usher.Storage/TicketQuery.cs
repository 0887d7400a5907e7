using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>In which order tickets are listed.</summary>
public enum TicketOrder
{
    /// <summary>The last opened first.</summary>
    Newest,

    /// <summary>The first opened first.</summary>
    Oldest,

    /// <summary>The most urgent first, of those the oldest; open tickets only.</summary>
    MostUrgent,
}

/// <summary>Where a page of a list goes on.</summary>
/// <param name="Number">The number of the last ticket before it.</param>
/// <param name="Priority">That ticket's priority.</param>
/// <param name="OpenedAt">When that ticket was opened.</param>
public sealed record TicketPlace(long Number, int Priority, DateTimeOffset OpenedAt)
{
    /// <summary>Behind this ticket.</summary>
    public static TicketPlace Of(Ticket last) => new(last.Number, (int)(last.Priority ?? Usher.Desk.Tickets.Priority.Medium), last.OpenedAt);
}

/// <summary>Which tickets are wanted, and which may be seen.</summary>
/// <param name="Guild">The guild.</param>
public sealed record TicketQuery(GuildId Guild)
{
    /// <summary>Only tickets of these departments, which are all that whoever asks answers for; null for all.</summary>
    public ValueList<string>? Within { get; init; }

    /// <summary>Only those of this department.</summary>
    public string? Department { get; init; }

    /// <summary>Only those of this opener.</summary>
    public UserId? Opener { get; init; }

    /// <summary>Only those that this person has.</summary>
    public UserId? Claimer { get; init; }

    /// <summary>Only those that nobody has, or that somebody has.</summary>
    public bool? IsClaimed { get; init; }

    /// <summary>Only those that are worked on, or that are not any more.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Only those that came to this.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Only those that are so urgent.</summary>
    public Priority? Priority { get; init; }

    /// <summary>Only those that were opened at that time or later.</summary>
    public DateTimeOffset? OpenedFrom { get; init; }

    /// <summary>Only those that were opened before that time.</summary>
    public DateTimeOffset? OpenedBefore { get; init; }

    /// <summary>In which order.</summary>
    public TicketOrder Order { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public TicketPlace? After { get; init; }

    /// <summary>The most tickets of a page.</summary>
    public int Limit { get; init; } = 50;
}
