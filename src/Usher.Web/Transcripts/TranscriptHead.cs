using Usher.Discord.Model;

namespace Usher.Web.Transcripts;

/// <summary>What a transcript says about its ticket before the first message.</summary>
/// <param name="TicketName">The ticket's name as staff see it, for example the thread's name.</param>
/// <param name="Number">The ticket's number in its guild.</param>
/// <param name="DepartmentName">The department that the ticket belongs to.</param>
/// <param name="GuildName">The guild's name.</param>
/// <param name="OpenerId">The person who opened the ticket.</param>
/// <param name="OpenerName">That person's name, used when <see cref="Names"/> does not know it.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed; <c>null</c> while it is open.</param>
/// <param name="ClosedBy">The name of who closed it; <c>null</c> while it is open or when nobody in particular did.</param>
/// <param name="CloseReason">The reason given, shown as Discord markdown.</param>
/// <param name="Locale">The language of the transcript's own words: <c>en-US</c>, <c>fr</c>, <c>pt-BR</c> or <c>zh-TW</c>; any other falls back to English.</param>
/// <param name="Standalone">
/// Whether the transcript is a file that is opened from a disk. It then carries its own content security policy, shows only images whose bytes it was given
/// (<see cref="AttachmentCopy.Image"/>), and links to everything else.
/// </param>
/// <param name="Names">The names behind the ids that messages mention.</param>
public sealed record TranscriptHead(
    string TicketName,
    long Number,
    string DepartmentName,
    string GuildName,
    Snowflake OpenerId,
    string OpenerName,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string? ClosedBy,
    string? CloseReason,
    string Locale,
    bool Standalone,
    TranscriptNames Names)
{
    /// <summary>Until when what was said is not kept any more, since its time was over; <c>null</c> while it is.</summary>
    public DateTimeOffset? ContentRemovedAt { get; init; }

    /// <summary>When whoever opened the ticket was erased from it; <c>null</c> when they were not.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

/// <summary>
/// The names that a transcript shows for ids. An id that is missing is shown as unknown, or by the name that its message carries; nothing is looked up.
/// </summary>
/// <param name="Users">People and bots by user id.</param>
/// <param name="Roles">Roles by role id.</param>
/// <param name="Channels">The names of channels and threads, without <c>#</c>.</param>
public sealed record TranscriptNames(
    IReadOnlyDictionary<Snowflake, TranscriptName> Users,
    IReadOnlyDictionary<Snowflake, TranscriptName> Roles,
    IReadOnlyDictionary<Snowflake, string> Channels)
{
    /// <summary>Knows nobody.</summary>
    public static TranscriptNames None { get; } = new(
        new Dictionary<Snowflake, TranscriptName>(),
        new Dictionary<Snowflake, TranscriptName>(),
        new Dictionary<Snowflake, string>());
}

/// <summary>A name and its colour.</summary>
/// <param name="Name">The display name: nickname, global name or user name for people.</param>
/// <param name="Colour">
/// The colour as <c>0xRRGGBB</c>: a role's own, or that of a member's highest coloured role; <c>null</c> or 0 for none. The transcript shifts its lightness as far
/// as the text needs to be readable on both backgrounds.
/// </param>
public sealed record TranscriptName(string Name, int? Colour = null);
