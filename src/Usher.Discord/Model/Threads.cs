namespace Usher.Discord.Model;

/// <summary>What only threads have. <see href="https://discord.com/developers/docs/resources/channel#thread-metadata-object"/></summary>
public sealed record ThreadMetadata
{
    /// <summary>Hidden from the list; a message, or an edit of the thread, brings it back.</summary>
    public bool Archived { get; init; }

    /// <summary>Minutes of silence until it archives itself: 60, 1440, 4320 or 10080.</summary>
    public int AutoArchiveDuration { get; init; }

    /// <summary>When it was last archived or brought back.</summary>
    public DateTimeOffset ArchiveTimestamp { get; init; }

    /// <summary>Only who manages threads may bring it back.</summary>
    public bool Locked { get; init; }

    /// <summary>Whether members may add others to a private thread.</summary>
    public bool? Invitable { get; init; }

    /// <summary>When it was started; null of those before 2022-01-09.</summary>
    public DateTimeOffset? CreateTimestamp { get; init; }
}

/// <summary>Who is in a thread. <see href="https://discord.com/developers/docs/resources/channel#thread-member-object"/></summary>
public sealed record ThreadMember
{
    /// <summary>The thread; absent within a guild's payload.</summary>
    public Snowflake? Id { get; init; }

    /// <summary>The user; absent within a guild's payload, where it is the bot.</summary>
    public Snowflake? UserId { get; init; }

    /// <summary>When the user last joined the thread.</summary>
    public DateTimeOffset JoinTimestamp { get; init; }

    /// <summary>Notification settings, as a bit set.</summary>
    public int Flags { get; init; }

    /// <summary>The guild's member, when asked for.</summary>
    public GuildMember? Member { get; init; }
}

/// <summary>
/// A page of threads, with the bot's membership in those it joined.
/// <see href="https://discord.com/developers/docs/resources/channel#list-private-archived-threads"/>
/// </summary>
public sealed record ThreadList
{
    /// <summary>The threads, of archived ones the last archived first.</summary>
    public IReadOnlyList<Channel> Threads { get => field ?? []; init; }

    /// <summary>The bot's memberships.</summary>
    public IReadOnlyList<ThreadMember> Members { get => field ?? []; init; }

    /// <summary>Whether another page may follow; never given for active threads, which come all at once.</summary>
    public bool? HasMore { get; init; }
}
