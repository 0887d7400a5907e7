using Usher.Discord.Model;

namespace Usher.Discord.Components;

/// <summary>Markdown; all of a message's together at most 4000 characters. <see href="https://discord.com/developers/docs/components/reference#text-display"/></summary>
/// <param name="Content">The text.</param>
public sealed record TextDisplay(string Content) : Component(ComponentType.TextDisplay);

/// <summary>A small picture beside a section's text. <see href="https://discord.com/developers/docs/components/reference#thumbnail"/></summary>
/// <param name="Media">The picture.</param>
/// <param name="Description">Alternative text, at most 1024 characters.</param>
/// <param name="Spoiler">Blurred until clicked.</param>
public sealed record Thumbnail(UnfurledMedia Media, string? Description = null, bool? Spoiler = null) : Component(ComponentType.Thumbnail);

/// <summary>1-10 pictures and films. <see href="https://discord.com/developers/docs/components/reference#media-gallery"/></summary>
/// <param name="Items">What it shows.</param>
public sealed record MediaGallery(IReadOnlyList<MediaGalleryItem> Items) : Component(ComponentType.MediaGallery)
{
    /// <summary>What it shows.</summary>
    public IReadOnlyList<MediaGalleryItem> Items { get; init; } = Items ?? [];
}

/// <summary>A picture or film of a gallery. <see href="https://discord.com/developers/docs/components/reference#media-gallery-media-gallery-item-structure"/></summary>
/// <param name="Media">The picture or film.</param>
/// <param name="Description">Alternative text, at most 1024 characters.</param>
/// <param name="Spoiler">Blurred until clicked.</param>
public sealed record MediaGalleryItem(UnfurledMedia Media, string? Description = null, bool? Spoiler = null);

/// <summary>An uploaded file, shown for download. <see href="https://discord.com/developers/docs/components/reference#file"/></summary>
/// <param name="File">The file, as <c>attachment://name</c>.</param>
/// <param name="Spoiler">Blurred until clicked.</param>
/// <param name="Name">Its name; told by Discord only.</param>
/// <param name="Size">Its bytes; told by Discord only.</param>
public sealed record FileComponent(UnfurledMedia File, bool? Spoiler = null, string? Name = null, long? Size = null) : Component(ComponentType.File)
{
    /// <summary>The uploaded file of that name.</summary>
    public static FileComponent Attached(string filename) => new(new UnfurledMedia("attachment://" + filename));
}

/// <summary>A picture, film or file by its address; only the address is ours to say. <see href="https://discord.com/developers/docs/components/reference#unfurled-media-item"/></summary>
/// <param name="Url">An address, or <c>attachment://name</c>.</param>
/// <param name="ProxyUrl">Where Discord's proxy gives it.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="AttachmentId">The uploaded file.</param>
public sealed record UnfurledMedia(
    string Url, string? ProxyUrl = null, int? Height = null, int? Width = null, string? ContentType = null, Snowflake? AttachmentId = null);
