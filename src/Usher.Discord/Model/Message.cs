using System.Text.Json.Serialization;
using Usher.Discord.Components;
using Usher.Discord.Json;

namespace Usher.Discord.Model;

/// <summary>
/// A message. Without the message content intent, content, embeds, attachments and components of others' messages come empty.
/// <see href="https://discord.com/developers/docs/resources/message#message-object"/>
/// </summary>
public sealed record Message
{
    /// <summary>The message's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The channel or thread it stands in.</summary>
    public required Snowflake ChannelId { get; init; }

    /// <summary>The guild; given by the gateway only.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>Who wrote it; of a webhook's message not an account.</summary>
    public required User Author { get; init; }

    /// <summary>The author in the guild; given by the gateway only.</summary>
    public GuildMember? Member { get; init; }

    /// <summary>The text, in Discord's markdown.</summary>
    public string Content { get => field ?? ""; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>When it was last edited.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? EditedTimestamp { get; init; }

    /// <summary>Read aloud.</summary>
    public bool Tts { get; init; }

    /// <summary>Pinged everyone.</summary>
    public bool MentionEveryone { get; init; }

    /// <summary>The users named in it.</summary>
    public IReadOnlyList<User> Mentions { get => field ?? []; init; }

    /// <summary>The roles named in it.</summary>
    public IReadOnlyList<Snowflake> MentionRoles { get => field ?? []; init; }

    /// <summary>Channels of other guilds named in a crosspost.</summary>
    public IReadOnlyList<ChannelMention>? MentionChannels { get; init; }

    /// <summary>Files, except those that embeds or components show.</summary>
    public IReadOnlyList<Attachment> Attachments { get => field ?? []; init; }

    /// <summary>Embeds.</summary>
    public IReadOnlyList<Embed> Embeds { get => field ?? []; init; }

    /// <summary>Components; all that the message is made of when it has <see cref="MessageFlags.IsComponentsV2"/>.</summary>
    public IReadOnlyList<Component> Components { get => field ?? []; init; }

    /// <summary>Reactions, an entry per emoji.</summary>
    public IReadOnlyList<Reaction>? Reactions { get; init; }

    /// <summary>What the sender gave to recognise the message by; only towards the sender.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? Nonce { get; init; }

    /// <summary>Pinned in its channel.</summary>
    public bool Pinned { get; init; }

    /// <summary>The webhook that sent it; of an interaction's answer the application.</summary>
    public Snowflake? WebhookId { get; init; }

    /// <summary>Why it is there.</summary>
    public MessageType Type { get; init; }

    /// <summary>The application behind it.</summary>
    public Snowflake? ApplicationId { get; init; }

    /// <summary>What is special about it.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>Which message it answers, forwards or tells of.</summary>
    public MessageReference? MessageReference { get; init; }

    /// <summary>The forwarded messages as they were.</summary>
    public IReadOnlyList<MessageSnapshot>? MessageSnapshots { get; init; }

    /// <summary>The message answered; null when it was deleted or not looked up.</summary>
    public Message? ReferencedMessage { get; init; }

    /// <summary>The interaction it answers.</summary>
    public MessageInteractionMetadata? InteractionMetadata { get; init; }

    /// <summary>The thread started from it.</summary>
    public Channel? Thread { get; init; }

    /// <summary>Stickers.</summary>
    public IReadOnlyList<StickerItem>? StickerItems { get; init; }

    /// <summary>The approximate place in a thread.</summary>
    public int? Position { get; init; }

    /// <summary>A poll.</summary>
    public Poll? Poll { get; init; }

    /// <summary>True when only the interaction's user sees it.</summary>
    [JsonIgnore]
    public bool IsEphemeral => Flags.HasFlag(MessageFlags.Ephemeral);

    /// <summary>True when a webhook wrote it that is not an interaction's.</summary>
    [JsonIgnore]
    public bool IsWebhook => WebhookId is not null && WebhookId != ApplicationId;
}

/// <summary>A channel named in a crosspost. <see href="https://discord.com/developers/docs/resources/message#channel-mention-object"/></summary>
/// <param name="Id">The channel.</param>
/// <param name="GuildId">Its guild.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record ChannelMention(Snowflake Id, Snowflake GuildId, ChannelType Type, string Name);

/// <summary>A kind of reaction. <see href="https://discord.com/developers/docs/resources/message#reaction-object"/></summary>
public sealed record Reaction
{
    /// <summary>How many reacted with it.</summary>
    public int Count { get; init; }

    /// <summary>How many of those in the usual way, and how many with a super reaction.</summary>
    public ReactionCount? CountDetails { get; init; }

    /// <summary>Whether the bot is among them.</summary>
    public bool Me { get; init; }

    /// <summary>Whether the bot is among those with a super reaction.</summary>
    public bool MeBurst { get; init; }

    /// <summary>The colours of a super reaction, as <c>#rrggbb</c>.</summary>
    public IReadOnlyList<string> BurstColors { get => field ?? []; init; }

    /// <summary>The emoji.</summary>
    public Emoji Emoji { get => field ?? new(); init; }
}

/// <summary>Reactions by their way. <see href="https://discord.com/developers/docs/resources/message#reaction-count-details-object"/></summary>
/// <param name="Burst">Super reactions.</param>
/// <param name="Normal">Usual ones.</param>
public sealed record ReactionCount(int Burst, int Normal);

/// <summary>A sticker on a message. <see href="https://discord.com/developers/docs/resources/sticker#sticker-item-object"/></summary>
/// <param name="Id">The sticker.</param>
/// <param name="Name">Its name.</param>
/// <param name="FormatType">1 PNG, 2 APNG, 3 Lottie, 4 GIF.</param>
public sealed record StickerItem(Snowflake Id, string Name, int FormatType);
