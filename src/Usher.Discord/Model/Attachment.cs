namespace Usher.Discord.Model;

/// <summary>A file of a message. Its address is signed and expires. <see href="https://discord.com/developers/docs/resources/message#attachment-object"/></summary>
public sealed record Attachment
{
    /// <summary>The file's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The name, cleaned by Discord.</summary>
    public string Filename { get => field ?? ""; init; }

    /// <summary>The name as it was before cleaning.</summary>
    public string? Title { get; init; }

    /// <summary>Alternative text, at most 1024 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Where the file lies.</summary>
    public string Url { get => field ?? ""; init; }

    /// <summary>Where Discord's proxy gives it.</summary>
    public string ProxyUrl { get => field ?? ""; init; }

    /// <summary>Pixels, of a picture or film.</summary>
    public int? Height { get; init; }

    /// <summary>Pixels, of a picture or film.</summary>
    public int? Width { get; init; }

    /// <summary>Belongs to an ephemeral message and is removed in time.</summary>
    public bool? Ephemeral { get; init; }

    /// <summary>Seconds, of sound or film.</summary>
    public double? DurationSecs { get; init; }

    /// <summary>The picture of a voice message's sound, base64.</summary>
    public string? Waveform { get; init; }

    /// <summary>What is special about it.</summary>
    public AttachmentFlags? Flags { get; init; }
}

/// <summary>What is special about an attachment. <see href="https://discord.com/developers/docs/resources/message#attachment-object-attachment-flags"/></summary>
[Flags]
public enum AttachmentFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A clip of a stream.</summary>
    IsClip = 1 << 0,

    /// <summary>The picture of a media post.</summary>
    IsThumbnail = 1 << 1,

    /// <summary>Remixed on a phone.</summary>
    IsRemix = 1 << 2,

    /// <summary>Blurred until clicked.</summary>
    IsSpoiler = 1 << 3,

    /// <summary>An animated picture.</summary>
    IsAnimated = 1 << 5,
}
