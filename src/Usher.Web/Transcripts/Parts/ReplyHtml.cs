using Usher.Discord.Model;
using Usher.Web.Transcripts.Markdown;

namespace Usher.Web.Transcripts.Parts;

/// <summary>The line above a message that says what it answers, with a jump to it.</summary>
internal static class ReplyHtml
{
    private const int LongestExcerpt = 140;

    public static void Write(Page page, Message message)
    {
        if (message.Type == MessageType.Reply) Reply(page, message);
        else if (message.InteractionMetadata?.User is { } user) Interaction(page, message.InteractionMetadata, user);
    }

    private static void Reply(Page page, Message message)
    {
        page.Html.Raw("<p class=\"reply\"><span class=\"aside\">"u8).Text(page.Texts.ReplyTo).Raw(" </span>"u8);
        if (message.ReferencedMessage is not { } original)
        {
            var target = message.MessageReference is { MessageId: { } id, ChannelId: var channel } && (channel is null || channel == message.ChannelId) ? id : (Snowflake?)null;
            if (target is null) page.Html.Raw("<em>"u8).Text(page.Texts.OriginalGone).Raw("</em>"u8);
            else Jump(page, target.Value, () => page.Html.Text(page.Texts.AMessage));
        }
        else
        {
            Jump(page, original.Id, () =>
            {
                AuthorHtml.Name(page, original.Author);
                page.Html.Raw(" <span class=\"excerpt\" dir=\"auto\">"u8);
                Excerpt(page, original);
                page.Html.Raw("</span>"u8);
            });
        }

        page.Html.Raw("</p>"u8);
    }

    /// <summary>A link to a message of this page.</summary>
    public static void Jump(Page page, Snowflake message, Action words)
    {
        page.Html.Raw("<a href=\"#m"u8).Number(message.Value).Raw("\">"u8);
        words();
        page.Html.Raw("</a>"u8);
    }

    private static void Excerpt(Page page, Message original)
    {
        if (string.IsNullOrWhiteSpace(original.Content))
        {
            page.Html.Raw("<em>"u8).Text(page.Texts.SeeAttachment).Raw("</em>"u8);
            return;
        }

        var text = original.Content.AsMemory();
        if (text.Length > LongestExcerpt)
        {
            var end = char.IsHighSurrogate(text.Span[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt;
            text = text[..end];
        }

        PlainText(page, InlineParser.Parse(text));
        if (text.Length < original.Content.Length) page.Html.Raw("…"u8);
    }

    // Links and check boxes do not nest in a link: of the styles only the words remain. What a spoiler hides stays hidden.
    private static void PlainText(Page page, IReadOnlyList<MarkdownNode> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case StyledNode { Style: TextStyle.Spoiler }: page.Html.Raw("▇▇▇"u8); break;
                case StyledNode styled: PlainText(page, styled.Children); break;
                case LinkNode { Label: { } label }: PlainText(page, label); break;
                case LinkNode link: page.Html.Text(link.Address.Span); break;
                default: MarkdownHtml.WriteAll(page, [node]); break;
            }
        }
    }

    private static void Interaction(Page page, MessageInteractionMetadata interaction, User user)
    {
        var words = interaction.Type switch
        {
            InteractionType.MessageComponent => page.Texts.UsedComponent,
            InteractionType.ModalSubmit => page.Texts.SentForm,
            _ => page.Texts.UsedCommand,
        };
        page.Html.Raw("<p class=\"reply\">"u8);
        page.Template(words, () => AuthorHtml.Name(page, user));
        page.Html.Raw("</p>"u8);
    }
}
