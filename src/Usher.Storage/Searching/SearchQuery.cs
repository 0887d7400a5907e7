using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage.Searching;

/// <summary>What a search finds.</summary>
public enum FindingKind
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>What is known of the ticket itself: what it is about, the answers to its form, its tags, how it ended.</summary>
    Ticket,

    /// <summary>A note of staff's.</summary>
    Note,
}

/// <summary>Where a page of findings goes on.</summary>
/// <param name="Place">The place of the last one before it, in the order in which things were said.</param>
/// <param name="Ticket">Its ticket.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Item">Which of the ticket's of that kind.</param>
public sealed record FindingPlace(long Place, long Ticket, long Kind, long Item);

/// <summary>What is sought, and what of it may be seen.</summary>
/// <param name="Guild">The guild.</param>
/// <param name="Terms">The words.</param>
public sealed record SearchQuery(GuildId Guild, SearchTerms Terms)
{
    /// <summary>Only tickets of these departments, which are all that whoever asks answers for, beside their own; null for all.</summary>
    public ValueList<string>? Within { get; init; }

    /// <summary>Whose own tickets are found wherever they are; looked at when <see cref="Within"/> says where else.</summary>
    public UserId? Self { get; init; }

    /// <summary>Whether notes are found too: of all tickets, or of those of <see cref="Within"/>.</summary>
    public bool WithNotes { get; init; }

    /// <summary>Only tickets of this department.</summary>
    public string? Department { get; init; }

    /// <summary>Only those that are worked on, or that are not any more.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Only those that came to this.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Only those of this opener.</summary>
    public UserId? Opener { get; init; }

    /// <summary>Only what this person said.</summary>
    public UserId? Author { get; init; }

    /// <summary>Only what was said at that time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only what was said before that time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Behind what the page begins; null for the first.</summary>
    public FindingPlace? After { get; init; }

    /// <summary>The most findings of a page.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>After how long no further stretch is begun: what was found until then is a page.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many of the newest things are looked at one by one.</summary>
    internal int LookedAtFirst { get; init; } = 1000;

    /// <summary>How many are at once thereafter, where that is sooner done than seeking the words.</summary>
    internal int LookedAtNext { get; init; } = 8000;
}

/// <summary>A page of what was found.</summary>
/// <param name="Found">The findings, the newest first.</param>
/// <param name="Terms">The words, with their other forms.</param>
/// <param name="GoesOn">Behind what more may be found; null when everything was looked at.</param>
public sealed record SearchFindings(IReadOnlyList<FoundItem> Found, SearchTerms Terms, FindingPlace? GoesOn);

/// <summary>Something that was found; the newest come first.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Where it stands among all findings.</param>
/// <param name="At">When it was said.</param>
/// <param name="Author">By whom.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="Payload">Discord's message object of a message, UTF-8 JSON; null for everything else.</param>
/// <param name="Words">What a ticket or note says; null for messages.</param>
public sealed record FoundItem(FindingKind Kind, FindingPlace Place, DateTimeOffset At, UserId Author, Ticket Ticket, byte[]? Payload, string? Words)
{
    /// <summary>The message; null when it is none.</summary>
    public MessageId? Message => Kind == FindingKind.Message ? new MessageId(unchecked((ulong)Place.Item)) : null;
}
