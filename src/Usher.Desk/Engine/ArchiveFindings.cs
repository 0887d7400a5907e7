using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>What an archive hit is of.</summary>
public enum ArchiveHitKind
{
    /// <summary>Something that was said in the ticket.</summary>
    Message,

    /// <summary>What the ticket says of itself.</summary>
    Ticket,

    /// <summary>A note of staff's.</summary>
    Note,
}

/// <summary>Something in the archive that answers a search.</summary>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Department">The key of its department.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Author">The name of who said it.</param>
/// <param name="At">When.</param>
/// <param name="Text">The part that answers.</param>
/// <param name="Marks">What was sought in it, in order.</param>
/// <param name="Address">Where it can be read; empty where nobody can.</param>
public sealed record ArchiveHit(long Ticket, string Department, ArchiveHitKind Kind, string Author, DateTimeOffset At, string Text, ValueList<ArchiveMark> Marks, string Address);

/// <summary>A place in a text, in UTF-16 code units.</summary>
public readonly record struct ArchiveMark(int Start, int Length);

/// <summary>What the archive answers to a search.</summary>
/// <param name="Hits">The newest that answer.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record ArchiveFindings(ValueList<ArchiveHit> Hits, bool HasMore);
