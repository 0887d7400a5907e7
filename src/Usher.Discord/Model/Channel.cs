using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>
/// A channel of any kind, also a thread, a category and a DM: what a kind does not have is null.
/// <see href="https://discord.com/developers/docs/resources/channel#channel-object"/>
/// </summary>
public sealed record Channel
{
    /// <summary>The channel's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>What kind it is.</summary>
    public ChannelType Type { get; init; }

    /// <summary>The guild; may be missing inside a guild's own payloads.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>The place in the list; of equal ones the smaller id comes first.</summary>
    public int? Position { get; init; }

    /// <summary>Who may do more or less here than in the guild.</summary>
    public IReadOnlyList<Overwrite>? PermissionOverwrites { get; init; }

    /// <summary>The name, 1-100 characters; null of a DM.</summary>
    public string? Name { get; init; }

    /// <summary>The topic, at most 1024 characters (4096 of a forum).</summary>
    public string? Topic { get; init; }

    /// <summary>Age-restricted.</summary>
    public bool? Nsfw { get; init; }

    /// <summary>The last message (or a forum's last thread); it may be gone.</summary>
    public Snowflake? LastMessageId { get; init; }

    /// <summary>Voice quality in bits a second.</summary>
    public int? Bitrate { get; init; }

    /// <summary>How many may be in voice; 0 is any number.</summary>
    public int? UserLimit { get; init; }

    /// <summary>Slow mode in seconds, 0-21600.</summary>
    public int? RateLimitPerUser { get; init; }

    /// <summary>With whom, of a DM.</summary>
    public IReadOnlyList<User>? Recipients { get; init; }

    /// <summary>Who started the thread or the group.</summary>
    public Snowflake? OwnerId { get; init; }

    /// <summary>The application that made it.</summary>
    public Snowflake? ApplicationId { get; init; }

    /// <summary>The category of a channel; the channel of a thread.</summary>
    public Snowflake? ParentId { get; init; }

    /// <summary>When a message was last pinned.</summary>
    public DateTimeOffset? LastPinTimestamp { get; init; }

    /// <summary>The voice region; null is automatic.</summary>
    public string? RtcRegion { get; init; }

    /// <summary>Messages in a thread, without the first and deleted ones.</summary>
    public int? MessageCount { get; init; }

    /// <summary>About how many are in a thread, counted up to 50.</summary>
    public int? MemberCount { get; init; }

    /// <summary>What only threads have.</summary>
    public ThreadMetadata? ThreadMetadata { get; init; }

    /// <summary>The bot in the thread, when it has joined.</summary>
    public ThreadMember? Member { get; init; }

    /// <summary>Minutes of silence after which clients let new threads archive.</summary>
    public int? DefaultAutoArchiveDuration { get; init; }

    /// <summary>What the invoking user may do; only in an interaction.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>What the application may do; only in an interaction's resolved data.</summary>
    public Permissions? AppPermissions { get; init; }

    /// <summary>Flags, as a bit set: 1 &lt;&lt; 1 pinned post, 1 &lt;&lt; 4 forum asks for a tag.</summary>
    public int? Flags { get; init; }

    /// <summary>Messages ever sent in a thread.</summary>
    public int? TotalMessageSent { get; init; }

    /// <summary>The tags a forum offers.</summary>
    public IReadOnlyList<ForumTag>? AvailableTags { get; init; }

    /// <summary>The tags of a post.</summary>
    public IReadOnlyList<Snowflake>? AppliedTags { get; init; }

    /// <summary>True on the gateway's event of a thread that was just started.</summary>
    public bool? NewlyCreated { get; init; }

    /// <summary>True of public, private and announcement threads, forum posts included.</summary>
    [JsonIgnore]
    public bool IsThread => Type is ChannelType.AnnouncementThread or ChannelType.PublicThread or ChannelType.PrivateThread;

    /// <summary>True when there is no guild around it.</summary>
    [JsonIgnore]
    public bool IsDirect => Type is ChannelType.Dm or ChannelType.GroupDm;

    /// <summary>True of an archived thread.</summary>
    [JsonIgnore]
    public bool IsArchived => ThreadMetadata?.Archived == true;

    /// <summary>True of a locked thread.</summary>
    [JsonIgnore]
    public bool IsLocked => ThreadMetadata?.Locked == true;
}

/// <summary>Whom an overwrite is about. <see href="https://discord.com/developers/docs/resources/channel#overwrite-object"/></summary>
public enum OverwriteType
{
    /// <summary>A role.</summary>
    Role = 0,

    /// <summary>A member.</summary>
    Member = 1,
}

/// <summary>What a role or member may do in one channel beyond or below its permissions. <see href="https://discord.com/developers/docs/resources/channel#overwrite-object"/></summary>
/// <param name="Id">The role or the user.</param>
/// <param name="Type">Which of both.</param>
/// <param name="Allow">Bits that are given.</param>
/// <param name="Deny">Bits that are taken.</param>
public sealed record Overwrite(Snowflake Id, OverwriteType Type, Permissions Allow, Permissions Deny)
{
    /// <summary>An overwrite for a role.</summary>
    public static Overwrite ForRole(Snowflake id, Permissions allow = Permissions.None, Permissions deny = Permissions.None) =>
        new(id, OverwriteType.Role, allow, deny);

    /// <summary>An overwrite for a member.</summary>
    public static Overwrite ForMember(Snowflake id, Permissions allow = Permissions.None, Permissions deny = Permissions.None) =>
        new(id, OverwriteType.Member, allow, deny);
}

/// <summary>A tag of a forum's posts. <see href="https://discord.com/developers/docs/resources/channel#forum-tag-object"/></summary>
/// <param name="Id">The tag's id.</param>
/// <param name="Name">At most 20 characters.</param>
/// <param name="Moderated">Only who manages threads may set it.</param>
/// <param name="EmojiId">A custom emoji.</param>
/// <param name="EmojiName">A standard emoji.</param>
public sealed record ForumTag(
    Snowflake Id,
    string Name,
    bool Moderated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Snowflake? EmojiId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? EmojiName = null);
