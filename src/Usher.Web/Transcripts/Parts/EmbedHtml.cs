using System.Globalization;
using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>Embeds, every part of them. See <see href="https://discord.com/developers/docs/resources/message#embed-object"/>.</summary>
internal static class EmbedHtml
{
    public static void WriteAll(Page page, IReadOnlyList<Embed>? embeds, MediaSource source)
    {
        foreach (var embed in embeds ?? []) Write(page, embed, source);
    }

    private static void Write(Page page, Embed embed, MediaSource source)
    {
        var html = page.Html;
        html.Raw("<section class=\"embed\">"u8);
        Stripe(page, embed.Color);
        if (!string.IsNullOrWhiteSpace(embed.Provider?.Name)) html.Raw("<p class=\"provider\" dir=\"auto\">"u8).Text(embed.Provider.Name).Raw("</p>"u8);
        Line(page, "<p class=\"by\" dir=\"auto\">"u8, embed.Author?.Name, embed.Author?.Url, "</p>"u8);
        if (!string.IsNullOrWhiteSpace(embed.Title)) Title(page, embed);
        MarkdownHtml.Write(page, embed.Description, "text"u8);
        Fields(page, embed.Fields);
        Media(page, embed.Image ?? embed.Video, source);
        if (embed.Image is not null && embed.Video is not null) Media(page, embed.Video, source);
        Media(page, embed.Thumbnail, source, " class=\"thumb\""u8);
        Footer(page, embed);
        html.Raw("</section>"u8);
    }

    /// <summary>The coloured edge of an embed or container, drawn so that no style attribute is needed.</summary>
    public static void Stripe(Page page, int? colour)
    {
        if (colour is not (>= 0 and <= 0xffffff)) return;
        page.Html.Raw("<svg class=\"stripe\" aria-hidden=\"true\"><rect width=\"100%\" height=\"100%\" fill=\"#"u8);
        page.Html.Text(colour.Value.ToString("x6", CultureInfo.InvariantCulture)).Raw("\"/></svg>"u8);
    }

    private static void Title(Page page, Embed embed)
    {
        // A title may hold links itself; then it is not made one, since links do not nest.
        page.Html.Raw("<p class=\"title\" dir=\"auto\">"u8);
        if (embed.Url is { } url && WebAddress.IsWeb(url)) page.Html.OpenLink(url).Text(embed.Title).Raw("</a>"u8);
        else MarkdownHtml.WriteInline(page, embed.Title);
        page.Html.Raw("</p>"u8);
    }

    private static void Line(Page page, ReadOnlySpan<byte> open, string? words, string? address, ReadOnlySpan<byte> close)
    {
        if (string.IsNullOrWhiteSpace(words)) return;
        page.Html.Raw(open);
        if (address is not null && WebAddress.IsWeb(address)) page.Html.OpenLink(address).Text(words).Raw("</a>"u8);
        else page.Html.Text(words);
        page.Html.Raw(close);
    }

    private static void Fields(Page page, IReadOnlyList<EmbedField>? fields)
    {
        if (fields is null or []) return;
        page.Html.Raw("<dl class=\"fields\">"u8);
        foreach (var field in fields)
        {
            page.Html.Raw(field.Inline == true ? "<div>"u8 : "<div class=\"wide\">"u8).Raw("<dt dir=\"auto\">"u8);
            MarkdownHtml.WriteInline(page, field.Name);
            page.Html.Raw("</dt><dd>"u8);
            MarkdownHtml.Write(page, field.Value, "text"u8);
            page.Html.Raw("</dd></div>"u8);
        }

        page.Html.Raw("</dl>"u8);
    }

    private static void Media(Page page, EmbedMedia? media, MediaSource source, ReadOnlySpan<byte> attributes = default)
    {
        if (media is null) return;
        page.Html.Raw("<div"u8).Raw(attributes).Raw(">"u8);
        if (source.AttachmentOf(media.Url) is { } id && source.Show(id) is { } copy)
            MediaHtml.Write(page, new(null, media.Description, media.ContentType, Width: media.Width ?? 0, Height: media.Height ?? 0), copy);
        else
            MediaHtml.Elsewhere(page, media.Url, media.Description);
        page.Html.Raw("</div>"u8);
    }

    private static void Footer(Page page, Embed embed)
    {
        var hasText = !string.IsNullOrWhiteSpace(embed.Footer?.Text);
        if (!hasText && embed.Timestamp is null) return;
        page.Html.Raw("<p class=\"foot\" dir=\"auto\">"u8);
        if (hasText) page.Html.Text(embed.Footer!.Text);
        if (hasText && embed.Timestamp is not null) page.Html.Raw(" · "u8);
        if (embed.Timestamp is { } moment) page.Html.Time(moment, page.Dates.LongDateTime(moment), default);
        page.Html.Raw("</p>"u8);
    }
}
