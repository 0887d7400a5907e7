using System.Text;
using Usher.Web.Transcripts.Parts;

namespace Usher.Web.Transcripts;

/// <summary>What stands around the conversation: the head with the ticket's facts, and the summary that is known only when the last message is written.</summary>
internal static class FrameHtml
{
    public static void Begin(Page page)
    {
        var (html, head, texts) = (page.Html, page.Head, page.Texts);
        html.Raw("<!DOCTYPE html>\n<html"u8).Attribute("lang"u8, texts.Locale).Raw("><head><meta charset=\"utf-8\">"u8);
        if (head.Standalone) html.Raw("<meta http-equiv=\"Content-Security-Policy\""u8).Attribute("content"u8, TranscriptStyle.Policy(head)).Raw(">"u8);
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"dark light\">"u8);
        html.Raw("<meta name=\"robots\" content=\"noindex, nofollow\"><meta name=\"referrer\" content=\"no-referrer\"><title>"u8);
        html.Text(Ticket(page)).Raw(" · "u8).Text(head.TicketName).Raw(" · "u8).Text(head.GuildName).Raw("</title>"u8);
        html.Raw("<style>"u8).Raw(Encoding.UTF8.GetBytes(TranscriptStyle.Common)).Raw("</style>"u8);
        if (NameColours.StyleSheet(head.Names) is { Length: > 0 } colours) html.Raw("<style>"u8).Raw(Encoding.UTF8.GetBytes(colours)).Raw("</style>"u8);
        html.Raw("</head><body>"u8).Raw(TranscriptStyle.Icons);
        Header(page);
        html.Raw("<main"u8).Attribute("aria-label"u8, texts.Conversation).Raw(">\n"u8);
    }

    public static void End(Page page, Conversation conversation)
    {
        var (html, texts) = (page.Html, page.Texts);
        if (conversation.Count == 0) html.Raw("<p class=\"empty\">"u8).Text(texts.NoMessages).Raw("</p>"u8);
        html.Raw("</main><footer id=\"end\"><h2>"u8).Text(texts.Summary).Raw("</h2>"u8);
        html.Raw("<p class=\"total\">"u8).Text(Messages(page, conversation.Count)).Raw("</p>"u8);
        Participants(page, conversation);
        html.Raw("<p class=\"colophon\">"u8).Text(texts.MadeBy).Raw(" · "u8).Text(texts.TimesAreUtc).Raw(" · <a href=\"#start\">"u8).Text(texts.ToStart);
        html.Raw("</a></p></footer></body></html>\n"u8);
    }

    private static void Header(Page page)
    {
        var (html, head, texts) = (page.Html, page.Head, page.Texts);
        html.Raw("<header id=\"start\"><div class=\"top\"><span class=\"guild\" aria-hidden=\"true\">"u8).Text(AuthorHtml.Initials(head.GuildName));
        html.Raw("</span><div><p class=\"where\"><bdi>"u8).Text(head.GuildName).Raw("</bdi> · <bdi>"u8).Text(head.DepartmentName).Raw("</bdi></p><h1>"u8);
        html.Text(Ticket(page)).Raw(" <bdi>"u8).Text(head.TicketName).Raw("</bdi></h1></div>"u8);
        html.Raw(head.ClosedAt is null ? "<span class=\"state open\">"u8 : "<span class=\"state\">"u8);
        html.Text(head.ClosedAt is null ? texts.Open : texts.Closed).Raw("</span></div><dl"u8).Attribute("aria-label"u8, texts.About).Raw(">"u8);
        Fact(page, texts.OpenedBy, () => MarkdownHtml.WriteUser(page, page.NameOf(head.OpenerId) ?? head.OpenerName, head.OpenerId));
        Fact(page, texts.OpenedAt, () => html.Time(head.OpenedAt, page.Dates.LongDateTime(head.OpenedAt), page.Dates.FullDateTime(head.OpenedAt)));
        if (head.ClosedBy is { } closedBy) Fact(page, texts.ClosedBy, () => html.Raw("<bdi>"u8).Text(closedBy).Raw("</bdi>"u8));
        if (head.ClosedAt is { } closedAt) Fact(page, texts.ClosedAt, () => html.Time(closedAt, page.Dates.LongDateTime(closedAt), page.Dates.FullDateTime(closedAt)));
        if (!string.IsNullOrWhiteSpace(head.CloseReason)) Fact(page, texts.Reason, () => MarkdownHtml.Write(page, head.CloseReason, "text"u8), " class=\"wide\""u8);
        html.Raw("</dl>"u8);
        Gone(page, head.ContentRemovedAt, texts.ContentRemoved);
        Gone(page, head.ErasedAt, texts.OpenerErased);
        html.Raw("<p class=\"aside\">"u8).Text(texts.TimesAreUtc).Raw(" · <a href=\"#end\">"u8).Text(texts.ToEnd).Raw("</a></p></header>"u8);
    }

    // Without it a reader would think that nothing was said.
    private static void Gone(Page page, DateTimeOffset? at, string words)
    {
        if (at is { } moment) page.Html.Raw("<p class=\"gone\">"u8).Text(words.Replace("{0}", page.Dates.LongDateTime(moment), StringComparison.Ordinal)).Raw("</p>"u8);
    }

    private static void Fact(Page page, string name, Action value, ReadOnlySpan<byte> attributes = default)
    {
        page.Html.Raw("<div"u8).Raw(attributes).Raw("><dt>"u8).Text(name).Raw("</dt><dd>"u8);
        value();
        page.Html.Raw("</dd></div>"u8);
    }

    private static void Participants(Page page, Conversation conversation)
    {
        if (conversation.Participants.Count == 0) return;
        var html = page.Html;
        html.Raw("<h3>"u8).Text(page.Texts.Participants).Raw("</h3><ul class=\"people\">"u8);
        foreach (var participant in conversation.Participants.OrderByDescending(participant => participant.Messages))
        {
            html.Raw("<li>"u8);
            AuthorHtml.Avatar(page, participant.User.Id, participant.Name);
            html.Raw("<span>"u8);
            AuthorHtml.Name(page, participant.User);
            AuthorHtml.Badges(page, participant.User, participant.IsStaff);
            html.Raw("<span class=\"aside\">"u8).Text(Messages(page, participant.Messages)).Raw("</span></span></li>"u8);
        }

        html.Raw("</ul>"u8);
        if (conversation.CountOfOthers > 0) html.Raw("<p class=\"aside\">+ "u8).Text(Messages(page, conversation.CountOfOthers)).Raw("</p>"u8);
    }

    private static string Ticket(Page page) => page.Texts.Ticket.Replace("{0}", $"#{page.Head.Number:D4}", StringComparison.Ordinal);

    private static string Messages(Page page, long count) =>
        (count == 1 ? page.Texts.OneMessage : page.Texts.Messages).Replace("{0}", page.Number(count), StringComparison.Ordinal);
}
