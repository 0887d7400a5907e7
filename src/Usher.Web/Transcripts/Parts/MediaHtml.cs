using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>
/// Files and pictures. What Usher keeps a copy of is shown from there; anything else is named and, where that is safe, linked, never loaded: opening a transcript
/// tells nobody that it was opened.
/// </summary>
internal static class MediaHtml
{
    private const int Kibi = 1024;

    /// <summary>A file as far as a message, an embed or a component describes it.</summary>
    /// <param name="Name">Its name, or <c>null</c>.</param>
    /// <param name="Description">Its alternative text, or <c>null</c>.</param>
    /// <param name="ContentType">What Discord took it for.</param>
    /// <param name="Size">Bytes, 0 when unknown.</param>
    /// <param name="Width">Pixels, 0 when unknown.</param>
    /// <param name="Height">Pixels, 0 when unknown.</param>
    /// <param name="IsSpoiler">Whether it shows only after a click.</param>
    public sealed record Media(string? Name, string? Description, string? ContentType, long Size = 0, int Width = 0, int Height = 0, bool IsSpoiler = false);

    public static void Attachments(Page page, IReadOnlyList<Attachment>? attachments, MediaSource source)
    {
        if (attachments is null or []) return;
        page.Html.Raw("<div class=\"files\">"u8);
        foreach (var attachment in attachments)
        {
            if (!source.WasShown(attachment.Id)) Write(page, Describe(attachment), source.Show(attachment.Id));
        }

        page.Html.Raw("</div>"u8);
    }

    public static Media Describe(Attachment attachment) => new(
        string.IsNullOrWhiteSpace(attachment.Title) ? attachment.Filename : attachment.Title,
        attachment.Description,
        attachment.ContentType,
        attachment.Size,
        attachment.Width ?? 0,
        attachment.Height ?? 0,
        attachment.Filename.StartsWith("SPOILER_", StringComparison.Ordinal) || attachment.Flags?.HasFlag(AttachmentFlags.IsSpoiler) == true);

    public static void Write(Page page, Media media, AttachmentCopy? copy)
    {
        if (media.IsSpoiler) page.Html.Raw("<details class=\"veil\"><summary>"u8).Text(page.Texts.Spoiler).Raw("</summary>"u8);
        if (IsShown(page, copy)) Picture(page, media, copy!);
        else if (IsPlayed(page, copy)) Player(page, media, copy!);
        else Card(page, media, copy);
        if (media.IsSpoiler) page.Html.Raw("</details>"u8);
    }

    /// <summary>A picture that lies elsewhere: its description and where it is, not the picture.</summary>
    public static void Elsewhere(Page page, string? address, string? description)
    {
        page.Html.Raw("<p class=\"elsewhere\"><svg aria-hidden=\"true\"><use href=\"#i-image\"/></svg>"u8);
        if (address is not null && WebAddress.IsWeb(address))
        {
            page.Html.OpenLink(address);
            page.Template(page.Texts.NotLoaded, () => page.Html.Text(new Uri(address).Host));
            page.Html.Raw("</a>"u8);
        }
        else
        {
            page.Html.Text(page.Texts.Image);
        }

        if (!string.IsNullOrWhiteSpace(description)) page.Html.Raw(" <span dir=\"auto\">"u8).Text(description).Raw("</span>"u8);
        page.Html.Raw("</p>"u8);
    }

    private static bool IsShown(Page page, AttachmentCopy? copy)
    {
        if (copy?.ContentType is not ("image/png" or "image/jpeg" or "image/gif" or "image/webp" or "image/avif")) return false;
        return page.Head.Standalone ? !copy.Image.IsEmpty : WebAddress.IsLocal(copy.Address);
    }

    private static bool IsPlayed(Page page, AttachmentCopy? copy) =>
        !page.Head.Standalone && copy?.ContentType is { } type && WebAddress.IsLocal(copy.Address)
        && (type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal));

    private static void Picture(Page page, Media media, AttachmentCopy copy)
    {
        var html = page.Html;
        var isLinked = IsReachable(copy);
        if (isLinked) html.OpenLink(copy.Address, " class=\"picture\""u8);
        html.Raw("<img loading=\"lazy\" decoding=\"async\""u8).Attribute("alt"u8, media.Description ?? media.Name ?? page.Texts.Image);
        if (!string.IsNullOrWhiteSpace(media.Description)) html.Attribute("title"u8, media.Description);
        if (media is { Width: > 0, Height: > 0 }) html.Raw(" width=\""u8).Number((long)media.Width).Raw("\" height=\""u8).Number((long)media.Height).Raw("\""u8);
        if (page.Head.Standalone) html.Raw(" src=\"data:"u8).Text(copy.ContentType).Raw(";base64,"u8).Base64(copy.Image.Span).Raw("\">"u8);
        else html.Attribute("src"u8, copy.Address).Raw(">"u8);
        if (isLinked) html.Raw("</a>"u8);
    }

    private static void Player(Page page, Media media, AttachmentCopy copy)
    {
        var isVideo = copy.ContentType!.StartsWith("video/", StringComparison.Ordinal);
        page.Html.Raw(isVideo ? "<video controls preload=\"none\""u8 : "<audio controls preload=\"none\""u8);
        page.Html.Attribute("aria-label"u8, media.Description ?? media.Name ?? page.Texts.File).Attribute("src"u8, copy.Address);
        page.Html.Raw(isVideo ? "></video>"u8 : "></audio>"u8);
        Card(page, media, copy);
    }

    private static void Card(Page page, Media media, AttachmentCopy? copy)
    {
        var html = page.Html;
        var isReachable = IsReachable(copy);
        html.Raw(isReachable ? "<div class=\"file\">"u8 : "<div class=\"file lost\">"u8);
        html.Raw("<svg aria-hidden=\"true\"><use href=\"#i-file\"/></svg><p><bdi>"u8);
        var name = string.IsNullOrWhiteSpace(media.Name) ? page.Texts.File : media.Name;
        if (isReachable) html.OpenLink(copy!.Address).Text(name).Raw("</a>"u8);
        else html.Text(name);
        html.Raw("</bdi> <span class=\"size\">"u8).Text(SizeInWords(page, copy is { Size: > 0 } ? copy.Size : media.Size)).Raw("</span>"u8);
        if (!string.IsNullOrWhiteSpace(media.Description)) html.Raw("<span class=\"about\" dir=\"auto\">"u8).Text(media.Description).Raw("</span>"u8);
        if (!isReachable) html.Raw("<span class=\"why\">"u8).Text(WhyMissing(page, copy?.Missing)).Raw("</span>"u8);
        html.Raw("</p></div>"u8);
    }

    private static bool IsReachable(AttachmentCopy? copy) =>
        copy is { Missing: MissingCopy.None, Address: { } address } && (WebAddress.IsLocal(address) || WebAddress.IsWeb(address));

    private static string WhyMissing(Page page, MissingCopy? missing) => missing switch
    {
        MissingCopy.Pending => page.Texts.CopyPending,
        MissingCopy.TooLarge => page.Texts.CopyTooLarge,
        MissingCopy.Gone => page.Texts.CopyGone,
        MissingCopy.Failed => page.Texts.CopyFailed,
        MissingCopy.Erased => page.Texts.CopyErased,
        MissingCopy.Refused => page.Texts.CopyRefused,
        MissingCopy.NoRoom => page.Texts.CopyNoRoom,
        _ => page.Texts.NotKept,
    };

    private static string SizeInWords(Page page, long bytes)
    {
        if (bytes <= 0) return "";
        var (words, unit) = bytes switch
        {
            < Kibi => (page.Texts.Bytes, 1.0),
            < Kibi * Kibi => (page.Texts.Kilobytes, Kibi),
            _ => (page.Texts.Megabytes, Kibi * Kibi),
        };
        return words.Replace("{0}", (bytes / unit).ToString("#,0.#", page.Texts.Culture), StringComparison.Ordinal);
    }
}
