using Usher.Discord.Model;

namespace Usher.Web.Transcripts.Parts;

/// <summary>Discord's own lines: somebody was added, the name changed, a message was pinned.
/// See <see href="https://discord.com/developers/docs/resources/message#message-object-message-types"/>.</summary>
internal static class SystemMessageHtml
{
    /// <summary>Whether Discord itself writes such a message, in words of its own.</summary>
    public static bool IsSystem(MessageType type) =>
        type is not (MessageType.Default or MessageType.Reply or MessageType.ChatInputCommand or MessageType.ContextMenuCommand or MessageType.ThreadStarterMessage
            or MessageType.AutoModerationAction or MessageType.PollResult);

    public static void Write(Page page, Message message)
    {
        var html = page.Html;
        html.Raw("<svg class=\"mark\" aria-hidden=\"true\"><use href=\"#"u8).Raw(Icon(message.Type)).Raw("\"/></svg><p>"u8);
        var (words, second) = Words(page, message);
        page.Template(words, () => AuthorHtml.Name(page, message.Author), second);
        html.Raw(" "u8).Time(message.Timestamp, page.Dates.ShortTime(message.Timestamp), page.Dates.FullDateTime(message.Timestamp)).Raw("</p>"u8);
    }

    private static (string Words, Action Second) Words(Page page, Message message)
    {
        var other = message.Mentions.Count > 0 ? message.Mentions[0] : null;
        Action person = other is null ? () => { } : () => AuthorHtml.Name(page, other);
        Action content = () => page.Html.Raw("<strong dir=\"auto\">"u8).Text(message.Content).Raw("</strong>"u8);
        var isSelf = other is null || other.Id == message.Author.Id;
        return message.Type switch
        {
            MessageType.RecipientAdd => (isSelf ? page.Texts.Joined : page.Texts.Added, person),
            MessageType.RecipientRemove => (isSelf ? page.Texts.Left : page.Texts.Removed, person),
            MessageType.ChannelNameChange => (page.Texts.Renamed, content),
            MessageType.ChannelPinnedMessage => (page.Texts.PinnedMessage, () => PinnedMessage(page, message)),
            MessageType.ThreadCreated => (page.Texts.StartedThread, content),
            MessageType.Call => (page.Texts.StartedCall, content),
            MessageType.UserJoin => (page.Texts.JoinedGuild, content),
            MessageType.GuildBoost or MessageType.GuildBoostTier1 or MessageType.GuildBoostTier2 or MessageType.GuildBoostTier3 => (page.Texts.Boosted, content),
            _ => (string.IsNullOrWhiteSpace(message.Content) ? page.Texts.SystemMessage : page.Texts.SystemMessage + " – {1}", content),
        };
    }

    private static void PinnedMessage(Page page, Message message)
    {
        if (message.MessageReference?.MessageId is { } id) ReplyHtml.Jump(page, id, () => page.Html.Text(page.Texts.AMessage));
        else page.Html.Text(page.Texts.AMessage);
    }

    private static ReadOnlySpan<byte> Icon(MessageType type) => type switch
    {
        MessageType.RecipientAdd or MessageType.UserJoin => "i-in"u8,
        MessageType.RecipientRemove => "i-left"u8,
        MessageType.ChannelNameChange => "i-pen"u8,
        MessageType.ChannelPinnedMessage => "i-pin"u8,
        _ => "i-info"u8,
    };
}
