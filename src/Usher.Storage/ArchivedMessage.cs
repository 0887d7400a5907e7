using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A message of a ticket's home, as the archive takes it.</summary>
/// <param name="Guild">The ticket's guild.</param>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Channel">The thread or channel it stands in.</param>
/// <param name="Id">The message.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Payload">Discord's message object, UTF-8 JSON. https://discord.com/developers/docs/resources/message#message-object</param>
/// <param name="Attachments">The files that hang on it.</param>
public sealed record ArchivedMessage(
    GuildId Guild, long Ticket, ChannelId Channel, MessageId Id, UserId Author, DateTimeOffset At, ReadOnlyMemory<byte> Payload,
    ValueList<ArchivedAttachment> Attachments)
{
    /// <summary>What it says to whoever searches; empty for what nobody shall find.</summary>
    public string Text { get; init; } = "";
}

/// <summary>A file that hangs on a message; its bytes are still to be fetched.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its media type as Discord says.</param>
/// <param name="Size">Its size in bytes as Discord says.</param>
/// <param name="Url">Where it can be fetched, for about a day.</param>
public sealed record ArchivedAttachment(ulong Id, string FileName, string? ContentType, long Size, string Url);

/// <summary>A message as the archive gives it back.</summary>
/// <param name="Id">The message.</param>
/// <param name="Payload">Discord's message object as it was last, UTF-8 JSON.</param>
/// <param name="DeletedAt">When it was deleted on Discord; null when it was not.</param>
/// <param name="Earlier">What it was before its edits, oldest first.</param>
/// <param name="Attachments">The files of all its versions, by id.</param>
public sealed record StoredMessage(
    MessageId Id, byte[] Payload, DateTimeOffset? DeletedAt, IReadOnlyList<MessageVersionRow> Earlier, IReadOnlyList<AttachmentRow> Attachments)
{
    /// <summary>Who took its words away, and when; null when it still has them.</summary>
    public Redaction? Redacted { get; init; }
}

/// <summary>What a message said was taken away.</summary>
/// <param name="At">When.</param>
/// <param name="By">The name of whoever did it.</param>
public sealed record Redaction(DateTimeOffset At, string By);

/// <summary>What a message was before an edit.</summary>
/// <param name="Payload">Discord's message object, UTF-8 JSON.</param>
/// <param name="At">When the edit replaced it.</param>
public sealed record MessageVersionRow(byte[] Payload, DateTimeOffset At);

/// <summary>How far an attachment's bytes are.</summary>
public enum AttachmentState
{
    /// <summary>They are to be fetched.</summary>
    Pending,

    /// <summary>They are kept under their hash.</summary>
    Stored,

    /// <summary>They cannot be had any more.</summary>
    Failed,

    /// <summary>They are more than the desk keeps.</summary>
    TooLarge,

    /// <summary>They were taken away.</summary>
    Erased,

    /// <summary>They are of a kind that the settings do not let be kept.</summary>
    Refused,

    /// <summary>The room that the settings give to the guild's files is used up.</summary>
    NoRoom,
}

/// <summary>An attachment in the archive.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Message">The message it hangs on.</param>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Url">Where it could be fetched when it was last seen.</param>
/// <param name="State">How far its bytes are.</param>
/// <param name="Hash">The name of its bytes in the <see cref="FileStore"/>; set when stored.</param>
/// <param name="Attempts">How many tries to fetch it have failed.</param>
public sealed record AttachmentRow(
    ulong Id, MessageId Message, string FileName, string? ContentType, long Size, string Url, AttachmentState State, string? Hash, int Attempts);

/// <summary>An attachment whose bytes are to be fetched now.</summary>
/// <param name="Guild">The ticket's guild.</param>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Channel">The thread or channel of its message: a message fetched anew has a fresh address for it.</param>
/// <param name="Attachment">The attachment.</param>
public sealed record PendingAttachment(GuildId Guild, long Ticket, ChannelId Channel, AttachmentRow Attachment);
