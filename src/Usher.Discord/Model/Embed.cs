namespace Usher.Discord.Model;

/// <summary>
/// A framed piece of a message. At most 6000 characters in all embeds of a message together.
/// <see href="https://discord.com/developers/docs/resources/message#embed-object"/>
/// </summary>
public sealed record Embed
{
    /// <summary>At most 256 characters.</summary>
    public string? Title { get; init; }

    /// <summary><c>rich</c> of bots; <c>image</c>, <c>video</c>, <c>gifv</c>, <c>article</c>, <c>link</c>, <c>poll_result</c> of Discord.</summary>
    public string? Type { get; init; }

    /// <summary>At most 4096 characters of markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Where the title leads.</summary>
    public string? Url { get; init; }

    /// <summary>A moment shown at the foot.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The stripe's colour as 0xRRGGBB.</summary>
    public int? Color { get; init; }

    /// <summary>The foot.</summary>
    public EmbedFooter? Footer { get; init; }

    /// <summary>The big picture.</summary>
    public EmbedMedia? Image { get; init; }

    /// <summary>The small picture.</summary>
    public EmbedMedia? Thumbnail { get; init; }

    /// <summary>A film; only from Discord.</summary>
    public EmbedMedia? Video { get; init; }

    /// <summary>The site a link leads to; only from Discord.</summary>
    public EmbedProvider? Provider { get; init; }

    /// <summary>The line above the title.</summary>
    public EmbedAuthor? Author { get; init; }

    /// <summary>At most 25 fields.</summary>
    public IReadOnlyList<EmbedField>? Fields { get; init; }
}

/// <summary>An embed's foot. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-footer-structure"/></summary>
/// <param name="Text">At most 2048 characters.</param>
/// <param name="IconUrl">A picture's address, or <c>attachment://name</c>.</param>
/// <param name="ProxyIconUrl">Where Discord's proxy gives it.</param>
public sealed record EmbedFooter(string Text, string? IconUrl = null, string? ProxyIconUrl = null);

/// <summary>A picture or film in an embed. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-image-structure"/></summary>
/// <param name="Url">An address, or <c>attachment://name</c>.</param>
/// <param name="ProxyUrl">Where Discord's proxy gives it.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Description">Alternative text.</param>
public sealed record EmbedMedia(string? Url, string? ProxyUrl = null, int? Height = null, int? Width = null, string? ContentType = null, string? Description = null);

/// <summary>The site a link leads to. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-provider-structure"/></summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Its address.</param>
public sealed record EmbedProvider(string? Name = null, string? Url = null);

/// <summary>The line above an embed's title. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-author-structure"/></summary>
/// <param name="Name">At most 256 characters.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="IconUrl">A picture's address, or <c>attachment://name</c>.</param>
/// <param name="ProxyIconUrl">Where Discord's proxy gives it.</param>
public sealed record EmbedAuthor(string Name, string? Url = null, string? IconUrl = null, string? ProxyIconUrl = null);

/// <summary>A field of an embed. <see href="https://discord.com/developers/docs/resources/message#embed-object-embed-field-structure"/></summary>
/// <param name="Name">At most 256 characters.</param>
/// <param name="Value">At most 1024 characters.</param>
/// <param name="Inline">Whether it may stand beside others.</param>
public sealed record EmbedField(string Name, string Value, bool? Inline = null);
