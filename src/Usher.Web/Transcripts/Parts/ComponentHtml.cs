using Usher.Discord.Components;
using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>
/// Components as they looked; nothing of them works any more. Discord nests them at most three deep (container, section, text), and so does this.
/// See <see href="https://discord.com/developers/docs/components/reference"/>.
/// </summary>
internal static class ComponentHtml
{
    private const int Deepest = 6;

    public static void WriteAll(Page page, IReadOnlyList<Component>? components, MediaSource source) => WriteAll(page, components, source, 1);

    private static void WriteAll(Page page, IReadOnlyList<Component>? components, MediaSource source, int depth)
    {
        if (components is null || depth > Deepest) return;
        foreach (var component in components) Write(page, component, source, depth);
    }

    private static void Write(Page page, Component component, MediaSource source, int depth)
    {
        switch (component)
        {
            case ActionRow row:
                page.Html.Raw("<div class=\"row\">"u8);
                WriteAll(page, row.Components, source, depth + 1);
                page.Html.Raw("</div>"u8);
                break;
            case Button button: WriteButton(page, button); break;
            case StringSelect select: WriteSelect(page, ChosenOf(select) ?? select.Placeholder); break;
            case UserSelect select: WriteSelect(page, select.Placeholder); break;
            case RoleSelect select: WriteSelect(page, select.Placeholder); break;
            case MentionableSelect select: WriteSelect(page, select.Placeholder); break;
            case ChannelSelect select: WriteSelect(page, select.Placeholder); break;
            case TextDisplay text: MarkdownHtml.Write(page, text.Content, "text"u8); break;
            case Section section: WriteSection(page, section, source, depth); break;
            case Thumbnail thumbnail: WriteMedia(page, thumbnail.Media, thumbnail.Description, thumbnail.Spoiler, source); break;
            case MediaGallery gallery: WriteGallery(page, gallery, source); break;
            case FileComponent file: WriteFile(page, file, source); break;
            case Separator separator:
                page.Html.Raw("<hr class=\""u8).Raw(separator.Divider == false ? "gap"u8 : "line"u8);
                page.Html.Raw(separator.Spacing == SeparatorSpacing.Large ? " large\">"u8 : "\">"u8);
                break;
            case Container container: WriteContainer(page, container, source, depth); break;
            default: page.Html.Raw("<p class=\"unknown\">"u8).Text(page.Texts.UnknownComponent).Raw("</p>"u8); break;
        }
    }

    private static void WriteContainer(Page page, Container container, MediaSource source, int depth)
    {
        if (container.Spoiler == true) page.Html.Raw("<details class=\"veil\"><summary>"u8).Text(page.Texts.Spoiler).Raw("</summary>"u8);
        page.Html.Raw("<section class=\"box\">"u8);
        EmbedHtml.Stripe(page, container.AccentColor);
        WriteAll(page, container.Components, source, depth + 1);
        page.Html.Raw("</section>"u8);
        if (container.Spoiler == true) page.Html.Raw("</details>"u8);
    }

    private static void WriteSection(Page page, Section section, MediaSource source, int depth)
    {
        page.Html.Raw("<div class=\"section\"><div>"u8);
        WriteAll(page, section.Components, source, depth + 1);
        page.Html.Raw("</div><div class=\"side\">"u8);
        if (section.Accessory is { } accessory) Write(page, accessory, source, depth + 1);
        page.Html.Raw("</div></div>"u8);
    }

    private static void WriteButton(Page page, Button button)
    {
        var isLink = button is { Style: ButtonStyle.Link, Url: not null } && WebAddress.IsWeb(button.Url);
        var look = button.Style switch
        {
            ButtonStyle.Primary => " class=\"button primary\""u8,
            ButtonStyle.Success => " class=\"button success\""u8,
            ButtonStyle.Danger => " class=\"button danger\""u8,
            _ => " class=\"button\""u8,
        };
        if (isLink) page.Html.OpenLink(button.Url, look);
        else page.Html.Raw("<span"u8).Raw(look).Raw(">"u8);
        WriteEmoji(page, button.Emoji);
        page.Html.Raw("<bdi>"u8).Text(button.Label).Raw("</bdi>"u8);
        if (isLink) page.Html.Raw("<svg aria-hidden=\"true\"><use href=\"#i-out\"/></svg></a>"u8);
        else page.Html.Raw("</span>"u8);
    }

    public static void WriteEmoji(Page page, Emoji? emoji)
    {
        if (string.IsNullOrEmpty(emoji?.Name)) return;
        if (emoji.Id is null) page.Html.Raw("<span>"u8).Text(emoji.Name).Raw("</span> "u8);
        else page.Html.Raw("<span class=\"emoji\">:"u8).Text(emoji.Name).Raw(":</span> "u8);
    }

    private static void WriteSelect(Page page, string? words)
    {
        page.Html.Raw("<span class=\"select\"><bdi>"u8).Text(string.IsNullOrWhiteSpace(words) ? page.Texts.Choose : words);
        page.Html.Raw("</bdi><svg aria-hidden=\"true\"><use href=\"#i-down\"/></svg></span>"u8);
    }

    private static string? ChosenOf(StringSelect select)
    {
        var chosen = select.Options.Where(option => option.Default == true).Select(option => option.Label);
        return string.Join(", ", chosen) is { Length: > 0 } words ? words : null;
    }

    private static void WriteGallery(Page page, MediaGallery gallery, MediaSource source)
    {
        page.Html.Raw("<div class=\"gallery g"u8).Number((long)Math.Min(gallery.Items.Count, 4)).Raw("\">"u8);
        foreach (var item in gallery.Items) WriteMedia(page, item.Media, item.Description, item.Spoiler, source);
        page.Html.Raw("</div>"u8);
    }

    private static void WriteFile(Page page, FileComponent file, MediaSource source)
    {
        var id = file.File?.AttachmentId ?? source.AttachmentOf(file.File?.Url);
        var name = file.Name ?? file.File?.Url?.Split('?')[0].Split('/')[^1];
        MediaHtml.Write(page, new(name, null, file.File?.ContentType, file.Size ?? 0, IsSpoiler: file.Spoiler == true), id is null ? null : source.Show(id.Value));
    }

    private static void WriteMedia(Page page, UnfurledMedia? media, string? description, bool? spoiler, MediaSource source)
    {
        var id = media?.AttachmentId ?? source.AttachmentOf(media?.Url);
        var copy = id is null ? null : source.Show(id.Value);
        if (copy is null && WebAddress.IsWeb(media?.Url)) MediaHtml.Elsewhere(page, media?.Url, description);
        else MediaHtml.Write(page, new(null, description, media?.ContentType, 0, media?.Width ?? 0, media?.Height ?? 0, spoiler == true), copy);
    }
}
