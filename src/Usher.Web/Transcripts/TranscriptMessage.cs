using Usher.Discord.Model;
using Usher.Storage;

namespace Usher.Web.Transcripts;

/// <summary>A message of the ticket as the archive has it.</summary>
/// <param name="Message">The newest version; for a deleted message the last one.</param>
/// <param name="Earlier">The versions before it, oldest first; empty when it was never edited.</param>
/// <param name="DeletedAt">When it was deleted in Discord; <c>null</c> when it is still there.</param>
/// <param name="Copies">Usher's own copies of the message's files, by attachment id. A file without an entry is shown as not kept.</param>
/// <param name="IsStaff">Whether the author was staff of the ticket's department.</param>
public sealed record TranscriptMessage(
    Message Message,
    IReadOnlyList<MessageVersion> Earlier,
    DateTimeOffset? DeletedAt,
    IReadOnlyDictionary<Snowflake, AttachmentCopy> Copies,
    bool IsStaff)
{
    /// <summary>Who took its words away, and when; <c>null</c> when it still has them.</summary>
    public Redaction? Redacted { get; init; }
}

/// <summary>A text that a message had before it was edited.</summary>
/// <param name="Content">The text, as Discord markdown.</param>
/// <param name="WrittenAt">When the message came to say this: it was posted or edited so.</param>
public sealed record MessageVersion(string Content, DateTimeOffset WrittenAt);

/// <summary>Where Usher serves its own copy of a file, or why it has none.</summary>
/// <param name="Address">A path on Usher's own site (<c>/files/…</c>) or, for a standalone transcript, an absolute address; <c>null</c> without a copy.</param>
/// <param name="Size">The copy's size in bytes.</param>
/// <param name="ContentType">The content type that Usher serves it with; <c>null</c> when unknown.</param>
/// <param name="Missing">Why there is no copy; <see cref="MissingCopy.None"/> when there is one.</param>
/// <param name="Image">The bytes of a small image, shown within a standalone transcript; empty otherwise.</param>
public sealed record AttachmentCopy(string? Address, long Size, string? ContentType, MissingCopy Missing = MissingCopy.None, ReadOnlyMemory<byte> Image = default);

/// <summary>Why the archive has no copy of a file.</summary>
public enum MissingCopy
{
    /// <summary>There is a copy.</summary>
    None,

    /// <summary>The copy has not arrived yet.</summary>
    Pending,

    /// <summary>The file is larger than this desk keeps.</summary>
    TooLarge,

    /// <summary>Discord no longer had the file when Usher fetched it.</summary>
    Gone,

    /// <summary>Fetching or storing it failed.</summary>
    Failed,

    /// <summary>It was erased at someone's request.</summary>
    Erased,

    /// <summary>Files of its kind are not kept.</summary>
    Refused,

    /// <summary>The room for files was used up.</summary>
    NoRoom,
}
