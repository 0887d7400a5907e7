using System.Globalization;
using Usher.Discord.Model;
using Usher.Web.Transcripts.Markdown;

namespace Usher.Web.Transcripts;

/// <summary>Writes a message's text as HTML, with the names of whom and what it mentions.</summary>
internal static class MarkdownHtml
{
    /// <summary>Writes a whole text as blocks; nothing when it is empty.</summary>
    public static void Write(Page page, string? text, ReadOnlySpan<byte> className)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        page.Html.Raw("<div class=\""u8).Raw(className).Raw(EmojiOnly.Matches(text) ? " jumbo"u8 : default).Raw("\" dir=\"auto\">"u8);
        WriteAll(page, BlockParser.Parse(text));
        page.Html.Raw("</div>"u8);
    }

    /// <summary>Writes a text that has no blocks, such as an embed's title or a field's name.</summary>
    public static void WriteInline(Page page, string? text) => WriteAll(page, InlineParser.Parse(text.AsMemory()));

    public static void WriteAll(Page page, IReadOnlyList<MarkdownNode> nodes)
    {
        for (var index = 0; index < nodes.Count; index++) Write(page, nodes[index]);
    }

    private static void Write(Page page, MarkdownNode node)
    {
        switch (node)
        {
            case TextNode text: page.Html.Text(text.Text.Span); break;
            case ParagraphNode paragraph: Wrap(page, "<p>"u8, paragraph.Children, "</p>"u8); break;
            case StyledNode styled: WriteStyled(page, styled); break;
            case InlineCodeNode code: page.Html.Raw("<code>"u8).Text(code.Code.Span).Raw("</code>"u8); break;
            case LinkNode link: WriteLink(page, link); break;
            case MentionNode mention: WriteMention(page, mention); break;
            case NamedMentionNode mention: WriteNamed(page, mention); break;
            case EmojiNode emoji: page.Html.Raw("<span class=\"emoji\">:"u8).Text(emoji.Name.Span).Raw(":</span>"u8); break;
            case TimestampNode timestamp: WriteTimestamp(page, timestamp); break;
            case HeadingNode heading: WriteHeading(page, heading); break;
            case SubtextNode subtext: Wrap(page, "<p class=\"sub\">"u8, subtext.Children, "</p>"u8); break;
            case QuoteNode quote: Wrap(page, "<blockquote>"u8, quote.Children, "</blockquote>"u8); break;
            case ListNode list: WriteList(page, list); break;
            case CodeBlockNode code: WriteCode(page, code); break;
            default: throw new InvalidOperationException($"There is no HTML for {node.GetType().Name}.");
        }
    }

    private static void Wrap(Page page, ReadOnlySpan<byte> open, IReadOnlyList<MarkdownNode> children, ReadOnlySpan<byte> close)
    {
        page.Html.Raw(open);
        WriteAll(page, children);
        page.Html.Raw(close);
    }

    private static void WriteStyled(Page page, StyledNode styled)
    {
        switch (styled.Style)
        {
            case TextStyle.Bold: Wrap(page, "<strong>"u8, styled.Children, "</strong>"u8); break;
            case TextStyle.Italic: Wrap(page, "<em>"u8, styled.Children, "</em>"u8); break;
            case TextStyle.Underline: Wrap(page, "<u>"u8, styled.Children, "</u>"u8); break;
            case TextStyle.Strikethrough: Wrap(page, "<s>"u8, styled.Children, "</s>"u8); break;
            default:
                page.Html.Raw("<span class=\"spoiler\"><input type=\"checkbox\""u8).Attribute("aria-label"u8, page.Texts.ShowSpoiler);
                Wrap(page, "><span>"u8, styled.Children, "</span></span>"u8);
                break;
        }
    }

    private static void WriteLink(Page page, LinkNode link)
    {
        page.Html.OpenLink(link.Address.Span);
        if (link.Label is null) page.Html.Text(link.Address.Span);
        else WriteAll(page, link.Label);
        page.Html.Raw("</a>"u8);

        // Words can lie about where they lead: on paper the address stands beside them.
        if (link.Label is not null) page.Html.Raw("<span class=\"to\"> ("u8).Text(link.Address.Span).Raw(")</span>"u8);
    }

    private static void WriteMention(Page page, MentionNode mention)
    {
        var id = new Snowflake(mention.Id);
        switch (mention.Kind)
        {
            case MentionKind.User:
                WriteUser(page, page.NameOf(id), id);
                break;
            case MentionKind.Role:
                var role = page.Head.Names.Roles.GetValueOrDefault(id);
                page.Html.Raw("<span class=\"mention role"u8);
                NameColours.WriteClass(page.Html, role?.Colour);
                page.Html.Raw("\">@"u8).Text(role?.Name ?? page.Texts.UnknownRole).Raw("</span>"u8);
                break;
            default:
                var channel = page.Head.Names.Channels.GetValueOrDefault(id);
                page.Html.Raw("<span class=\"mention\">#"u8).Text(channel ?? page.Texts.UnknownChannel).Raw("</span>"u8);
                break;
        }
    }

    /// <summary>Writes a user as Discord's mention shows one; the id is the hover text, so that staff can tell namesakes apart.</summary>
    public static void WriteUser(Page page, string? name, Snowflake id)
    {
        page.Html.Raw("<span class=\"mention\" title=\""u8).Number(id.Value).Raw("\">@<bdi>"u8);
        page.Html.Text(name ?? page.Texts.UnknownUser).Raw("</bdi></span>"u8);
    }

    private static void WriteNamed(Page page, NamedMentionNode mention) =>
        page.Html.Raw("<span class=\"mention\">"u8).Text([mention.Sign]).Text(mention.Name.Span).Raw("</span>"u8);

    private static void WriteTimestamp(Page page, TimestampNode timestamp)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(timestamp.Seconds);
        page.Html.Time(moment, page.Dates.InStyle(moment, timestamp.Style), page.Dates.FullDateTime(moment), " class=\"stamp\""u8);
    }

    // A message's headings stand below the page's own: days are h2, authors h3.
    private static void WriteHeading(Page page, HeadingNode heading)
    {
        var level = (heading.Level + 3).ToString(CultureInfo.InvariantCulture);
        page.Html.Raw("<h"u8).Text(level).Raw(">"u8);
        WriteAll(page, heading.Children);
        page.Html.Raw("</h"u8).Text(level).Raw(">"u8);
    }

    private static void WriteList(Page page, ListNode list)
    {
        if (list.Start is { } start) page.Html.Raw("<ol start=\""u8).Number((long)start).Raw("\">"u8);
        else page.Html.Raw("<ul>"u8);
        foreach (var item in list.Items) Wrap(page, "<li>"u8, item, "</li>"u8);
        page.Html.Raw(list.Start is null ? "</ul>"u8 : "</ol>"u8);
    }

    private static void WriteCode(Page page, CodeBlockNode code)
    {
        page.Html.Raw("<pre tabindex=\"0\""u8);
        if (!code.Language.IsEmpty) page.Html.Attribute("data-language"u8, code.Language.Span);
        page.Html.Raw("><code>"u8).Text(code.Code.Span).Raw("</code></pre>"u8);
    }
}
