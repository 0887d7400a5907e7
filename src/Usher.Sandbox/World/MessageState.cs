using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>A message. <see href="https://discord.com/developers/docs/resources/message#message-object"/></summary>
public sealed class MessageState
{
    internal MessageState(Snowflake id, ChannelState channel, UserState author, MessageType type, DateTimeOffset createdAt)
    {
        Id = id;
        Channel = channel;
        Author = author;
        Type = type;
        CreatedAt = createdAt;
    }

    /// <summary>Which message it is.</summary>
    public Snowflake Id { get; }

    /// <summary>Where it stands.</summary>
    public ChannelState Channel { get; }

    /// <summary>Who wrote it.</summary>
    public UserState Author { get; }

    /// <summary>What kind of message.</summary>
    public MessageType Type { get; internal set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; internal set; }

    /// <summary>The text; empty of a Components V2 message.</summary>
    public string Content { get; internal set; } = "";

    /// <summary>The embeds, as an array as Discord would send it; undefined where there are none.</summary>
    public JsonElement Embeds { get; internal set; }

    /// <summary>The components with their ids, as an array as Discord would send it; undefined where there are none.</summary>
    public JsonElement Components { get; internal set; }

    /// <summary>The files.</summary>
    public IReadOnlyList<AttachmentState> Attachments { get; internal set; } = [];

    /// <summary>The flags.</summary>
    public MessageFlags Flags { get; internal set; }

    /// <summary>Whether it is read aloud.</summary>
    public bool Tts { get; internal set; }

    /// <summary>The application that sent it; null of people.</summary>
    public ApplicationState? Application { get; internal init; }

    /// <summary>The interaction it answers.</summary>
    public InteractionState? Interaction { get; internal init; }

    /// <summary>Set where only one person sees it.</summary>
    public UserState? EphemeralFor { get; internal set; }

    /// <summary>The users mentioned.</summary>
    public IReadOnlyList<UserState> Mentions { get; internal set; } = [];

    /// <summary>The roles mentioned.</summary>
    public IReadOnlyList<RoleState> MentionedRoles { get; internal set; } = [];

    /// <summary>Whether everyone was mentioned.</summary>
    public bool MentionsEveryone { get; internal set; }

    /// <summary>Who really was pinged: allowed by allowed_mentions and by permissions, and able to see the channel.</summary>
    public IReadOnlySet<Snowflake> Pings { get; internal set; } = new HashSet<Snowflake>();

    /// <summary>Whether it is pinned.</summary>
    public bool Pinned => PinnedAt is not null;

    /// <summary>When it was pinned.</summary>
    public DateTimeOffset? PinnedAt { get; internal set; }

    /// <summary>What it replies to or stands for.</summary>
    public ReferenceState? Reference { get; internal init; }

    /// <summary>The thread that was started from it.</summary>
    public ChannelState? StartedThread { get; internal set; }

    /// <summary>Whether it was deleted.</summary>
    public bool Deleted { get; internal set; }

    /// <summary>The reactions, the first first.</summary>
    public IReadOnlyList<ReactionState> Reactions => ReactionList;

    internal List<ReactionState> ReactionList { get; } = [];

    /// <summary>What the sender gave to recognise it: a text or a number.</summary>
    internal JsonElement Nonce { get; init; }

    internal bool IsLoading => Flags.HasFlag(MessageFlags.Loading);
}

/// <summary>What a message points to. <see href="https://discord.com/developers/docs/resources/message#message-reference-structure"/></summary>
/// <param name="Channel">The channel of it.</param>
/// <param name="MessageId">The message; null where a channel alone is meant.</param>
public sealed record ReferenceState(ChannelState Channel, Snowflake? MessageId);

/// <summary>One emoji under a message and who gave it.</summary>
/// <param name="Name">The emoji, or the name of a guild's own.</param>
/// <param name="EmojiId">A guild's own emoji; null of Unicode's.</param>
/// <param name="Users">Who reacted, in order.</param>
public sealed record ReactionState(string Name, Snowflake? EmojiId, IReadOnlyList<UserState> Users);

/// <summary>A file with its bytes. <see href="https://discord.com/developers/docs/resources/message#attachment-object"/></summary>
/// <param name="Id">Which file.</param>
/// <param name="Channel">The channel it was sent to, part of its address.</param>
/// <param name="Filename">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">The file itself.</param>
/// <param name="Description">The alternative text.</param>
/// <param name="Ephemeral">Whether it hangs on an ephemeral message.</param>
public sealed record AttachmentState(
    Snowflake Id, Snowflake Channel, string Filename, string? ContentType, ReadOnlyMemory<byte> Bytes, string? Description, bool Ephemeral)
{
    /// <summary>Pixels of an image; null of other files.</summary>
    public (int Width, int Height)? Size { get; init; }
}
