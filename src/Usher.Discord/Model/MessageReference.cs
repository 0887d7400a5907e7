using Usher.Discord.Components;

namespace Usher.Discord.Model;

/// <summary>How a message refers to another. <see href="https://discord.com/developers/docs/resources/message#message-reference-types"/></summary>
public enum MessageReferenceType
{
    /// <summary>A reply, a pin, a crosspost.</summary>
    Default = 0,

    /// <summary>A forward.</summary>
    Forward = 1,
}

/// <summary>Which message another is about. <see href="https://discord.com/developers/docs/resources/message#message-reference-structure"/></summary>
public sealed record MessageReference
{
    /// <summary>How; a plain reference when absent.</summary>
    public MessageReferenceType? Type { get; init; }

    /// <summary>The message.</summary>
    public Snowflake? MessageId { get; init; }

    /// <summary>Its channel; may be left out when replying.</summary>
    public Snowflake? ChannelId { get; init; }

    /// <summary>Its guild.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>When sending: false sends without the reference if the message is gone. True by default.</summary>
    public bool? FailIfNotExists { get; init; }

    /// <summary>A reply that is sent plainly when the message is gone meanwhile.</summary>
    public static MessageReference ReplyTo(Snowflake message) => new() { MessageId = message, FailIfNotExists = false };
}

/// <summary>A forwarded message as it was. <see href="https://discord.com/developers/docs/resources/message#message-snapshot-object"/></summary>
public sealed record MessageSnapshot
{
    /// <summary>What was forwarded.</summary>
    public SnapshotMessage Message { get => field ?? new(); init; }
}

/// <summary>What a snapshot keeps of a message: neither its author nor its place. <see href="https://discord.com/developers/docs/resources/message#message-snapshot-object"/></summary>
public sealed record SnapshotMessage
{
    /// <summary>Why it was there.</summary>
    public MessageType Type { get; init; }

    /// <summary>The text.</summary>
    public string Content { get => field ?? ""; init; }

    /// <summary>Embeds.</summary>
    public IReadOnlyList<Embed> Embeds { get => field ?? []; init; }

    /// <summary>Files.</summary>
    public IReadOnlyList<Attachment> Attachments { get => field ?? []; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was last edited before it was forwarded.</summary>
    public DateTimeOffset? EditedTimestamp { get; init; }

    /// <summary>What was special about it.</summary>
    public MessageFlags? Flags { get; init; }

    /// <summary>The users named in it.</summary>
    public IReadOnlyList<User> Mentions { get => field ?? []; init; }

    /// <summary>The roles named in it.</summary>
    public IReadOnlyList<Snowflake> MentionRoles { get => field ?? []; init; }

    /// <summary>Stickers.</summary>
    public IReadOnlyList<StickerItem>? StickerItems { get; init; }

    /// <summary>Components.</summary>
    public IReadOnlyList<Component> Components { get => field ?? []; init; }
}

/// <summary>The interaction that a message answers. <see href="https://discord.com/developers/docs/resources/message#message-interaction-metadata-object"/></summary>
public sealed record MessageInteractionMetadata
{
    /// <summary>The interaction.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>What kind it was.</summary>
    public InteractionType Type { get; init; }

    /// <summary>Who used it.</summary>
    public User? User { get; init; }

    /// <summary>For which installations: the key is the integration type, the value a guild, a user or <c>0</c>.</summary>
    public IReadOnlyDictionary<string, Snowflake>? AuthorizingIntegrationOwners { get; init; }

    /// <summary>The first answer; on follow-ups.</summary>
    public Snowflake? OriginalResponseMessageId { get; init; }

    /// <summary>The message whose component was used.</summary>
    public Snowflake? InteractedMessageId { get; init; }

    /// <summary>The interaction that brought up the modal.</summary>
    public MessageInteractionMetadata? TriggeringInteractionMetadata { get; init; }
}
