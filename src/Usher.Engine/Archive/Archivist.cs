using System.Text.Json;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Json;
using Usher.Discord.Model;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Turns Discord's messages into rows of the archive.</summary>
public static class Archivist
{
    /// <summary>A message as the archive keeps it: Discord's own object, byte for byte, and its attachments apart.</summary>
    public static ArchivedMessage RowOf(TicketKey ticket, Message message, byte[] payload) => new(
        ticket.Guild, ticket.Number, new ChannelId(message.ChannelId.Value), new MessageId(message.Id.Value),
        new UserId(message.Author.Id.Value), message.Timestamp, payload, AttachmentsOf(message))
    {
        Text = MessageWords.ForSearch(message),
    };

    /// <summary>A message that was fetched rather than heard.</summary>
    public static ArchivedMessage RowOf(TicketKey ticket, Message message) =>
        RowOf(ticket, message, JsonSerializer.SerializeToUtf8Bytes(message, DiscordJson.Default.Message));

    /// <summary>The files of a message.</summary>
    public static ValueList<ArchivedAttachment> AttachmentsOf(Message message) =>
        message.Attachments
            .Concat((message.MessageSnapshots ?? []).SelectMany(snapshot => snapshot.Message?.Attachments ?? []))
            .DistinctBy(attachment => attachment.Id)
            .Select(attachment => new ArchivedAttachment(attachment.Id.Value, attachment.Filename, attachment.ContentType, attachment.Size, attachment.Url))
            .ToValueList();
}
