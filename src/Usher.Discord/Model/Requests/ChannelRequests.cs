using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>A channel to make. <see href="https://discord.com/developers/docs/resources/guild#create-guild-channel"/></summary>
public sealed record CreateChannelRequest
{
    /// <summary>1-100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What kind; a text channel when absent.</summary>
    public ChannelType? Type { get; init; }

    /// <summary>At most 1024 characters.</summary>
    public string? Topic { get; init; }

    /// <summary>Slow mode in seconds, 0-21600.</summary>
    public int? RateLimitPerUser { get; init; }

    /// <summary>The place in the list.</summary>
    public int? Position { get; init; }

    /// <summary>Who may do more or less; the bot can only give or take what it has itself.</summary>
    public IReadOnlyList<Overwrite>? PermissionOverwrites { get; init; }

    /// <summary>The category, which holds at most 50 channels.</summary>
    public Snowflake? ParentId { get; init; }

    /// <summary>Age-restricted.</summary>
    public bool? Nsfw { get; init; }

    /// <summary>Minutes after which clients let new threads archive.</summary>
    public int? DefaultAutoArchiveDuration { get; init; }

    /// <summary>At most 20 tags of a forum.</summary>
    public IReadOnlyList<ForumTagRequest>? AvailableTags { get; init; }
}

/// <summary>A tag to make or change. <see href="https://discord.com/developers/docs/resources/channel#forum-tag-object"/></summary>
/// <param name="Name">At most 20 characters.</param>
/// <param name="Id">The tag, when it is there already.</param>
/// <param name="Moderated">Only who manages threads may set it.</param>
/// <param name="EmojiId">A custom emoji.</param>
/// <param name="EmojiName">A standard emoji.</param>
public sealed record ForumTagRequest(string Name, Snowflake? Id = null, bool? Moderated = null, Snowflake? EmojiId = null, string? EmojiName = null);

/// <summary>
/// A change of a channel or thread: what is absent stays. Name and topic of a channel can be changed about twice in ten minutes.
/// <see href="https://discord.com/developers/docs/resources/channel#modify-channel"/>
/// </summary>
public sealed record ModifyChannelRequest
{
    /// <summary>1-100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Between text and announcement only.</summary>
    public ChannelType? Type { get; init; }

    /// <summary>The place in the list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<int?> Position { get; init; }

    /// <summary>At most 1024 characters; null clears it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string?> Topic { get; init; }

    /// <summary>Age-restricted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<bool?> Nsfw { get; init; }

    /// <summary>Slow mode in seconds, 0-21600; null switches it off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<int?> RateLimitPerUser { get; init; }

    /// <summary>All overwrites; those not named are removed.</summary>
    public IReadOnlyList<Overwrite>? PermissionOverwrites { get; init; }

    /// <summary>The category; null takes it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<Snowflake?> ParentId { get; init; }

    /// <summary>A forum's tags; those not named are removed.</summary>
    public IReadOnlyList<ForumTagRequest>? AvailableTags { get; init; }

    /// <summary>Thread: archived.</summary>
    public bool? Archived { get; init; }

    /// <summary>Thread: minutes of silence, 60, 1440, 4320 or 10080.</summary>
    public int? AutoArchiveDuration { get; init; }

    /// <summary>Thread: only who manages threads may bring it back.</summary>
    public bool? Locked { get; init; }

    /// <summary>Private thread: whether members may add others.</summary>
    public bool? Invitable { get; init; }

    /// <summary>Post: at most 5 tags.</summary>
    public IReadOnlyList<Snowflake>? AppliedTags { get; init; }

    /// <summary>Flags, as a bit set.</summary>
    public int? Flags { get; init; }
}

/// <summary>An overwrite to set. <see href="https://discord.com/developers/docs/resources/channel#edit-channel-permissions"/></summary>
/// <param name="Type">Whether it is a role's or a member's.</param>
/// <param name="Allow">Bits to give.</param>
/// <param name="Deny">Bits to take.</param>
public sealed record EditOverwriteRequest(OverwriteType Type, Permissions Allow, Permissions Deny);

/// <summary>A thread to start without a message. <see href="https://discord.com/developers/docs/resources/channel#start-thread-without-message"/></summary>
public sealed record StartThreadRequest
{
    /// <summary>1-100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Private, public or announcement thread.</summary>
    public required ChannelType Type { get; init; }

    /// <summary>Minutes of silence, 60, 1440, 4320 or 10080.</summary>
    public int? AutoArchiveDuration { get; init; }

    /// <summary>Private: whether members may add others; true when absent.</summary>
    public bool? Invitable { get; init; }

    /// <summary>Slow mode in seconds, 0-21600.</summary>
    public int? RateLimitPerUser { get; init; }
}

/// <summary>A post to open in a forum. <see href="https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel"/></summary>
public sealed record StartPostRequest
{
    /// <summary>1-100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The first message; without nonce and reference.</summary>
    public required CreateMessageRequest Message { get; init; }

    /// <summary>Minutes of silence, 60, 1440, 4320 or 10080.</summary>
    public int? AutoArchiveDuration { get; init; }

    /// <summary>Slow mode in seconds, 0-21600.</summary>
    public int? RateLimitPerUser { get; init; }

    /// <summary>At most 5 tags.</summary>
    public IReadOnlyList<Snowflake>? AppliedTags { get; init; }
}

/// <summary>A DM to open. <see href="https://discord.com/developers/docs/resources/user#create-dm"/></summary>
/// <param name="RecipientId">With whom.</param>
public sealed record CreateDmRequest(Snowflake RecipientId);
