using Usher.Discord.Model;
using Usher.Storage;

namespace Usher.Web.Transcripts.Parts;

/// <summary>One message with all that belongs to it.</summary>
internal static class MessageHtml
{
    /// <summary>Writes a message.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="entry">The message.</param>
    /// <param name="isContinued">Whether it follows its author's last one closely enough to stand below the same name.</param>
    public static void Write(Page page, TranscriptMessage entry, bool isContinued)
    {
        var message = entry.Message;
        var isSystem = SystemMessageHtml.IsSystem(message.Type);
        var html = page.Html;
        html.Raw("<article class=\"m"u8).Raw(isContinued ? " more"u8 : default).Raw(isSystem ? " system"u8 : default);
        html.Raw(entry.IsStaff ? " by-staff"u8 : default).Raw(entry.DeletedAt is null ? "\""u8 : " deleted\""u8);
        html.Raw(" id=\"m"u8).Number(message.Id.Value).Raw("\">"u8);
        if (isSystem) SystemMessageHtml.Write(page, message);
        else Written(page, entry, isContinued);
        html.Raw("</article>\n"u8);
    }

    private static void Written(Page page, TranscriptMessage entry, bool isContinued)
    {
        var message = entry.Message;
        if (isContinued)
        {
            page.Html.Time(message.Timestamp, page.Dates.ShortTime(message.Timestamp), page.Dates.FullDateTime(message.Timestamp), " class=\"at\""u8);
        }
        else
        {
            ReplyHtml.Write(page, message);
            AuthorHtml.Avatar(page, message.Author.Id, AuthorHtml.DisplayName(page, message.Author));
            page.Html.Raw("<h3>"u8);
            AuthorHtml.Name(page, message.Author);
            AuthorHtml.Badges(page, message.Author, entry.IsStaff);
            page.Html.Time(message.Timestamp, page.Dates.ShortTime(message.Timestamp), page.Dates.FullDateTime(message.Timestamp));
            if (message.Pinned) page.Html.Raw("<span class=\"pinned\"><svg aria-hidden=\"true\"><use href=\"#i-pin\"/></svg>"u8).Text(page.Texts.Pinned).Raw("</span>"u8);
            page.Html.Raw("</h3>"u8);
        }

        page.Html.Raw("<div class=\"body\">"u8);
        if (entry.Redacted is { } redacted)
        {
            Redacted(page, redacted);
        }
        else
        {
            if (entry.DeletedAt is { } deletedAt) Deleted(page, deletedAt);
            Content(page, entry);
            Earlier(page, entry.Earlier);
        }
        page.Html.Raw("</div>"u8);
    }

    private static void Content(Page page, TranscriptMessage entry)
    {
        var message = entry.Message;
        var source = new MediaSource(message, entry.Copies);
        MarkdownHtml.Write(page, message.Content, "text"u8);
        foreach (var snapshot in message.MessageSnapshots ?? []) Forwarded(page, snapshot.Message, source);
        Stickers(page, message.StickerItems);
        PollHtml.Write(page, message.Poll);
        var isAllComponents = message.Flags.HasFlag(MessageFlags.IsComponentsV2);
        if (isAllComponents) ComponentHtml.WriteAll(page, message.Components, source);
        MediaHtml.Attachments(page, message.Attachments, source);
        if (!message.Flags.HasFlag(MessageFlags.SuppressEmbeds)) EmbedHtml.WriteAll(page, message.Embeds, source);
        if (!isAllComponents) ComponentHtml.WriteAll(page, message.Components, source);
        Reactions(page, message.Reactions);
    }

    private static void Forwarded(Page page, SnapshotMessage snapshot, MediaSource source)
    {
        page.Html.Raw("<section class=\"forward\"><p class=\"aside\"><svg aria-hidden=\"true\"><use href=\"#i-forward\"/></svg>"u8).Text(page.Texts.Forwarded).Raw("</p>"u8);
        MarkdownHtml.Write(page, snapshot.Content, "text"u8);
        Stickers(page, snapshot.StickerItems);
        MediaHtml.Attachments(page, snapshot.Attachments, source);
        EmbedHtml.WriteAll(page, snapshot.Embeds, source);
        ComponentHtml.WriteAll(page, snapshot.Components, source);
        page.Html.Raw("<p class=\"foot\">"u8).Time(snapshot.Timestamp, page.Dates.LongDateTime(snapshot.Timestamp), default).Raw("</p></section>"u8);
    }

    private static void Stickers(Page page, IReadOnlyList<StickerItem>? stickers)
    {
        foreach (var sticker in stickers ?? [])
            page.Html.Raw("<p class=\"sticker\"><span class=\"aside\">"u8).Text(page.Texts.Sticker).Raw("</span> <bdi>"u8).Text(sticker.Name).Raw("</bdi></p>"u8);
    }

    private static void Reactions(Page page, IReadOnlyList<Reaction>? reactions)
    {
        if (reactions is null or []) return;
        page.Html.Raw("<p class=\"reactions\">"u8);
        foreach (var reaction in reactions)
        {
            page.Html.Raw("<span>"u8);
            ComponentHtml.WriteEmoji(page, reaction.Emoji);
            page.Html.Number((long)reaction.Count).Raw("</span>"u8);
        }

        page.Html.Raw("</p>"u8);
    }

    private static void Deleted(Page page, DateTimeOffset moment)
    {
        page.Html.Raw("<p class=\"gone\"><svg aria-hidden=\"true\"><use href=\"#i-bin\"/></svg>"u8);
        page.Template(page.Texts.DeletedAt, () => page.Html.Time(moment, page.Dates.LongDateTime(moment), default));
        page.Html.Raw("</p>"u8);
    }

    private static void Redacted(Page page, Redaction redaction)
    {
        page.Html.Raw("<p class=\"gone\"><svg aria-hidden=\"true\"><use href=\"#i-bin\"/></svg>"u8);
        page.Template(page.Texts.RedactedBy, () => page.Html.Raw("<bdi>"u8).Text(redaction.By).Raw("</bdi>"u8), () => page.Html.Time(redaction.At, page.Dates.LongDateTime(redaction.At), default));
        page.Html.Raw("</p>"u8);
    }

    private static void Earlier(Page page, IReadOnlyList<MessageVersion> versions)
    {
        if (versions is []) return;
        page.Html.Raw("<details class=\"edits\"><summary>("u8).Text(page.Texts.Edited).Raw(")</summary><ol"u8).Attribute("aria-label"u8, page.Texts.Earlier).Raw(">"u8);
        foreach (var version in versions)
        {
            page.Html.Raw("<li>"u8).Time(version.WrittenAt, page.Dates.LongDateTime(version.WrittenAt), default);
            if (string.IsNullOrWhiteSpace(version.Content)) page.Html.Raw("<p><em>"u8).Text(page.Texts.NoText).Raw("</em></p>"u8);
            else MarkdownHtml.Write(page, version.Content, "text"u8);
            page.Html.Raw("</li>"u8);
        }

        page.Html.Raw("</ol></details>"u8);
    }
}
