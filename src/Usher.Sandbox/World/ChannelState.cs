using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>A channel of any kind: of a guild, a thread, or a DM. <see href="https://discord.com/developers/docs/resources/channel#channel-object"/></summary>
public sealed class ChannelState
{
    internal ChannelState(Snowflake id, ChannelType type, GuildState? guild, string name)
    {
        Id = id;
        Type = type;
        Guild = guild;
        Name = name;
    }

    /// <summary>Which channel it is.</summary>
    public Snowflake Id { get; }

    /// <summary>What kind of channel.</summary>
    public ChannelType Type { get; internal set; }

    /// <summary>The guild; null of a DM.</summary>
    public GuildState? Guild { get; }

    /// <summary>The name, 1 to 100 characters; empty of a DM.</summary>
    public string Name { get; internal set; }

    /// <summary>What stands above the messages; up to 1024 characters (forums 4096).</summary>
    public string? Topic { get; internal set; }

    /// <summary>The category of a channel, the channel of a thread.</summary>
    public ChannelState? Parent { get; internal set; }

    /// <summary>The place in the list.</summary>
    public int Position { get; internal set; }

    /// <summary>Seconds between two messages of the same member; 0 is off.</summary>
    public int RateLimitPerUser { get; internal set; }

    /// <summary>Whether it is restricted to adults.</summary>
    public bool Nsfw { get; internal set; }

    /// <summary>Minutes that threads started here live without a word, where the start does not say.</summary>
    public int? DefaultAutoArchiveDuration { get; internal set; }

    /// <summary>The youngest message there ever was, deleted or not.</summary>
    public Snowflake? LastMessageId { get; internal set; }

    /// <summary>When a message was last pinned.</summary>
    public DateTimeOffset? LastPinAt { get; internal set; }

    /// <summary>Who are in a DM.</summary>
    public IReadOnlyList<UserState> Recipients { get; internal init; } = [];

    /// <summary>What only a thread has; null of everything else.</summary>
    public ThreadState? Thread { get; internal init; }

    /// <summary>Whether it still exists.</summary>
    public bool Deleted { get; internal set; }

    /// <summary>The tags a forum offers.</summary>
    public IReadOnlyList<ForumTagState> AvailableTags { get; internal set; } = [];

    internal int Flags { get; set; }

    internal int? Bitrate { get; set; }

    internal int? UserLimit { get; set; }

    internal int? DefaultThreadRateLimit { get; set; }

    internal Dictionary<Snowflake, OverwriteState> OverwriteIndex { get; } = [];

    internal MessageLog Log { get; } = new();

    internal HashSet<ChannelState> Children { get; } = [];

    internal Queue<DateTimeOffset> RenamedAt { get; } = new();

    /// <summary>What roles and members may here, beyond or below their roles.</summary>
    public IReadOnlyCollection<OverwriteState> Overwrites => OverwriteIndex.Values;

    /// <summary>The messages that exist, oldest first, ephemeral ones among them.</summary>
    public IReadOnlyList<MessageState> Messages => Log.All;

    /// <summary>Whether it is a thread.</summary>
    public bool IsThread => Thread is not null;

    /// <summary>Whether it is a direct message.</summary>
    public bool IsDm => Type == ChannelType.Dm;

    /// <summary>Whether messages can be written in it.</summary>
    public bool TakesMessages => Type is ChannelType.GuildText or ChannelType.GuildAnnouncement or ChannelType.GuildVoice or ChannelType.GuildStageVoice
        or ChannelType.Dm or ChannelType.PublicThread or ChannelType.PrivateThread or ChannelType.AnnouncementThread;

    /// <summary>How it is written to mention it.</summary>
    public string Mention => $"<#{Id}>";
}

/// <summary>A channel's exception for a role or a member. <see href="https://discord.com/developers/docs/resources/channel#overwrite-object"/></summary>
/// <param name="Id">The role or the user.</param>
/// <param name="IsMember">Whether <paramref name="Id"/> is a user.</param>
/// <param name="Allow">What is allowed.</param>
/// <param name="Deny">What is forbidden.</param>
public sealed record OverwriteState(Snowflake Id, bool IsMember, Permissions Allow, Permissions Deny);

/// <summary>A tag of a forum. <see href="https://discord.com/developers/docs/resources/channel#forum-tag-object"/></summary>
/// <param name="Id">Which tag.</param>
/// <param name="Name">Its name, up to 20 characters.</param>
/// <param name="Moderated">Whether only moderators give it.</param>
public sealed record ForumTagState(Snowflake Id, string Name, bool Moderated);

/// <summary>What only threads have. <see href="https://discord.com/developers/docs/resources/channel#thread-metadata-object"/></summary>
public sealed class ThreadState
{
    internal ThreadState(UserState owner, DateTimeOffset createdAt, int autoArchiveDuration)
    {
        Owner = owner;
        CreatedAt = createdAt;
        ArchiveTimestamp = createdAt;
        LastActivityAt = createdAt;
        AutoArchiveDuration = autoArchiveDuration;
    }

    /// <summary>Who started it.</summary>
    public UserState Owner { get; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Whether it is out of the list; a message brings it back unless it is locked.</summary>
    public bool Archived { get; internal set; }

    /// <summary>Whether only those with MANAGE_THREADS may write or bring it back.</summary>
    public bool Locked { get; internal set; }

    /// <summary>Whether members of a private thread may add others.</summary>
    public bool Invitable { get; internal set; } = true;

    /// <summary>Minutes of silence until it archives itself: 60, 1440, 4320, 10080.</summary>
    public int AutoArchiveDuration { get; internal set; }

    /// <summary>When it was last archived or brought back.</summary>
    public DateTimeOffset ArchiveTimestamp { get; internal set; }

    /// <summary>When it was last written in or brought back.</summary>
    public DateTimeOffset LastActivityAt { get; internal set; }

    /// <summary>How many messages there are.</summary>
    public int MessageCount { get; internal set; }

    /// <summary>How many messages there ever were.</summary>
    public int TotalMessageSent { get; internal set; }

    /// <summary>The tags of a forum's post.</summary>
    public IReadOnlyList<Snowflake> AppliedTags { get; internal set; } = [];

    internal Dictionary<Snowflake, DateTimeOffset> MemberIndex { get; } = [];

    /// <summary>Who are in it, with the moment they came.</summary>
    public IReadOnlyDictionary<Snowflake, DateTimeOffset> Members => MemberIndex;
}
