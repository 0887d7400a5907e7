using System.Globalization;
using System.Text.Json;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Engine.Archive;
using Usher.Storage;

namespace Usher.Web.Exports;

/// <summary>What a message said before an edit.</summary>
/// <param name="Text">The words.</param>
/// <param name="Until">When the edit replaced them.</param>
internal sealed record EarlierText(string Text, DateTimeOffset Until);

/// <summary>A file of a message.</summary>
/// <param name="Id">Discord's id of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Hash">The SHA-256 of the bytes that are kept; null when none are.</param>
/// <param name="Url">Where Usher's own copy is; null when there is none.</param>
internal sealed record ExportedFile(string Id, string Name, string? ContentType, long Size, string? Hash, string? Url);

/// <summary>A message as it is given away.</summary>
internal sealed record ExportedMessage(
    string Id, string AuthorId, string AuthorName, bool IsBot, string Text, DateTimeOffset At, DateTimeOffset? EditedAt, DateTimeOffset? DeletedAt, IReadOnlyList<EarlierText> Earlier,
    IReadOnlyList<ExportedFile> Files)
{
    /// <summary>A message of the archive.</summary>
    /// <param name="stored">The message.</param>
    /// <param name="address">The address of its ticket's transcript, under which its files are.</param>
    internal static ExportedMessage Of(StoredMessage stored, string address)
    {
        var message = Read(stored.Payload);
        return new ExportedMessage(
            message.Id.ToString(), message.Author.Id.ToString(), message.Member?.Nick ?? message.Author.DisplayName, message.Author.IsBot, MessageWords.WithoutFiles(message), message.Timestamp,
            message.EditedTimestamp, stored.DeletedAt,
            [.. stored.Earlier.Select(version => new EarlierText(MessageWords.WithoutFiles(Read(version.Payload)), version.At))],
            [.. stored.Attachments.Select(file => FileOf(file, address))]);
    }

    private static Message Read(byte[] payload) => JsonSerializer.Deserialize(payload, DiscordJson.Default.Message)!;

    private static ExportedFile FileOf(AttachmentRow file, string address)
    {
        var id = file.Id.ToString(CultureInfo.InvariantCulture);
        var url = file.State == AttachmentState.Stored ? $"{address}/files/{id}/{Uri.EscapeDataString(file.FileName)}" : null;
        return new ExportedFile(id, file.FileName, file.ContentType, file.Size, file.Hash, url);
    }
}
