using System.Globalization;
using System.Text.Json;
using Usher.Discord.Components;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Storage;

namespace Usher.Web.Api.Tickets;

/// <summary>Who wrote a message.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Bot">Whether it is a bot. What was written over the API or by command is posted by Usher's own, and names its author in the words.</param>
internal sealed record AuthorView(string Id, string Name, bool Bot);

/// <summary>A file of a message.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="FileName">Its name.</param>
/// <param name="ContentType">Its media type as Discord says.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Url">Where Usher's own copy is; null when there is none, or when the link to the ticket's transcript has ended.</param>
/// <param name="Missing">Why there is no copy: pending (it is being made), too_large, refused (of a kind that is not kept), no_room or failed; null when there is one.</param>
internal sealed record FileView(string Id, string FileName, string? ContentType, long Size, string? Url, string? Missing);

/// <summary>A message of a ticket.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Content">What it says, in Discord's markdown; for cards their words.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="DeletedAt">When it was deleted on Discord; the archive keeps what it said.</param>
/// <param name="RedactedAt">When staff took its words away; then the archive keeps nothing of what it said.</param>
/// <param name="Attachments">Its files.</param>
internal sealed record MessageView(
    string Id, AuthorView Author, string Content, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt, DateTimeOffset? RedactedAt,
    IReadOnlyList<FileView> Attachments)
{
    /// <summary>A message of the archive.</summary>
    /// <param name="stored">The message.</param>
    /// <param name="address">The address of the ticket's transcript, under which its files are; null when it has ended.</param>
    internal static MessageView Of(StoredMessage stored, string? address)
    {
        var message = JsonSerializer.Deserialize(stored.Payload, DiscordJson.Default.Message)!;
        var author = new AuthorView(message.Author.Id.ToString(), message.Member?.Nick ?? message.Author.DisplayName, message.Author.IsBot);
        var words = message.Content.Length > 0 ? message.Content : string.Join('\n', message.Components.SelectMany(WordsOf));
        return new MessageView(message.Id.ToString(), author, words, message.Timestamp, message.EditedTimestamp, stored.DeletedAt, stored.Redacted?.At,
            [.. stored.Attachments.Where(file => file.State != AttachmentState.Erased).Select(file => FileOf(file, address))]);
    }

    private static IEnumerable<string> WordsOf(Component component) => component switch
    {
        TextDisplay text => [text.Content],
        Container container => container.Components.SelectMany(WordsOf),
        Section section => section.Components.SelectMany(WordsOf),
        _ => [],
    };

    private static string? MissingOf(AttachmentState state) => state switch
    {
        AttachmentState.Stored => null,
        AttachmentState.Pending => "pending",
        AttachmentState.TooLarge => "too_large",
        AttachmentState.Refused => "refused",
        AttachmentState.NoRoom => "no_room",
        _ => "failed",
    };

    private static FileView FileOf(AttachmentRow file, string? address)
    {
        var id = file.Id.ToString(CultureInfo.InvariantCulture);
        var url = address is not null && file.State == AttachmentState.Stored ? $"{address}/files/{id}/{Uri.EscapeDataString(file.FileName)}" : null;
        return new FileView(id, file.FileName, file.ContentType, file.Size, url, MissingOf(file.State));
    }
}

/// <summary>A page of messages.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="NextAfter">What gives the next page, as after; null on the last.</param>
internal sealed record MessagePage(IReadOnlyList<MessageView> Messages, string? NextAfter);
