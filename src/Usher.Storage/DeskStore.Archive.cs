using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    private const int MessagesInPage = 200;

    // Of a ticket with more of them than most have more are read at once: the ways to the database would take longer than the messages.
    private const int MessagesInLaterPage = 1000;

    /// <summary>Keeps a message. One that is kept already stays as it is.</summary>
    public Task SaveMessageAsync(ArchivedMessage message, CancellationToken cancellationToken) =>
        WriteAsync(db => SaveMessageAsync(db, message), cancellationToken);

    /// <summary>Keeps an edit, and what the message was before as an earlier version. An edit that changes nothing adds none.</summary>
    /// <returns>False when the message is not kept, and so the edit is not either: save the message instead.</returns>
    /// <param name="guild">The ticket's guild.</param>
    /// <param name="ticket">The ticket's number.</param>
    /// <param name="message">The message.</param>
    /// <param name="payload">The whole message after the edit, UTF-8 JSON.</param>
    /// <param name="attachments">The files that hang on it now; those that no longer do stay in the archive.</param>
    /// <param name="text">What it says to whoever searches.</param>
    /// <param name="at">When it was edited.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task<bool> SaveEditAsync(
        GuildId guild, long ticket, MessageId message, ReadOnlyMemory<byte> payload, ValueList<ArchivedAttachment> attachments, string text, DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var told = new ArchivedMessage(guild, ticket, default, message, default, at, payload, attachments) { Text = text };
        return WriteAsync(
            async db =>
            {
                if (await IsRedactedAsync(db, guild, ticket, message)) return true;
                var edited = await WithoutTakenAsync(db, told);
                if (!await ReplacePayloadAsync(db, new TicketKey(guild, ticket), message, Encoding.UTF8.GetString(edited.Payload.Span), edited.Text, at)) return false;
                await SaveAttachmentsAsync(db, guild, ticket, message, edited.Attachments, at);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Remembers that messages were deleted on Discord. What they said stays, but is not found any more.</summary>
    public Task SaveDeletionAsync(GuildId guild, long ticket, IReadOnlyList<MessageId> messages, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(
            async db =>
            {
                foreach (var message in messages)
                {
                    await db.ExecuteAsync($"update messages set deleted_at = {at} where guild_id = {guild} and ticket = {ticket} and id = {message} and deleted_at is null");
                    await RemoveFromIndexAsync(db, new TicketKey(guild, ticket), FindingKind.Message, unchecked((long)message.Value));
                }
                return true;
            },
            cancellationToken);

    /// <summary>A message as it was last, UTF-8 JSON; null when it is not kept.</summary>
    public Task<byte[]?> FindMessageAsync(GuildId guild, long ticket, MessageId message, CancellationToken cancellationToken) =>
        FindAsync($"select payload from messages where guild_id = {guild} and ticket = {ticket} and id = {message}", row => row.Utf8(0), cancellationToken);

    /// <summary>The newest message that is kept of a ticket; null when none is.</summary>
    public Task<MessageId?> LastMessageAsync(GuildId guild, long ticket, CancellationToken cancellationToken) =>
        FindAsync(
            $"select max(id) from messages where guild_id = {guild} and ticket = {ticket}",
            row => row.IsDBNull(0) ? (MessageId?)null : row.Id<MessageId>(0),
            cancellationToken);

    /// <summary>A ticket's messages, oldest first, read page by page so that a long ticket takes no more memory than a short one.</summary>
    public async IAsyncEnumerable<StoredMessage> MessagesAsync(GuildId guild, long ticket, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The next page is read while this one is dealt with: the database and whoever writes the page work side by side.
        Task<List<StoredMessage>>? ahead = ReadFrom(0, MessagesInPage);
        try
        {
            for (var size = MessagesInPage; ahead is not null; size = MessagesInLaterPage)
            {
                var page = await ahead;
                ahead = page.Count < size ? null : ReadFrom(unchecked((long)page[^1].Id.Value), MessagesInLaterPage);
                foreach (var message in page) yield return message;
            }
        }
        finally
        {
            // Whoever stopped reading need not hear how the page ended that they did not want.
            if (ahead is not null) await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Task<List<StoredMessage>> ReadFrom(long after, int size) => ReadAsync((db, token) => ReadPageAsync(db, guild, ticket, after, size, token), cancellationToken);
    }

    private static async Task<List<StoredMessage>> ReadPageAsync(StoreConnection db, GuildId guild, long ticket, long after, int limit, CancellationToken cancellationToken)
    {
        var messages = await db.ListAsync(
            $"select id, payload, deleted_at, redacted_at, redacted_by from messages where guild_id = {guild} and ticket = {ticket} and id > {after} order by id limit {limit}",
            row => (Id: row.Id<MessageId>(0), Payload: row.Utf8(1), DeletedAt: row.InstantOrNull(2), Redacted: RedactionIn(row, 3)),
            cancellationToken);
        if (messages.Count == 0) return [];
        var (first, last) = (messages[0].Id, messages[^1].Id);
        var versions = await db.ListAsync(
            $"""
            select message_id, payload, at from message_versions
            where guild_id = {guild} and ticket = {ticket} and message_id >= {first} and message_id <= {last} order by message_id, version
            """,
            row => (Message: row.Id<MessageId>(0), Row: new MessageVersionRow(row.Utf8(1), row.Instant(2))),
            cancellationToken);
        var attachments = await db.ListAsync(
            $"""
            select id, message_id, file_name, content_type, size, url, state, hash, attempts from attachments
            where guild_id = {guild} and ticket = {ticket} and message_id >= {first} and message_id <= {last} order by message_id, id
            """,
            row => ReadAttachment(row, 0),
            cancellationToken);
        var versionsOf = versions.ToLookup(v => v.Message, v => v.Row);
        var attachmentsOf = attachments.ToLookup(a => a.Message);
        return [.. messages.Select(m => new StoredMessage(m.Id, m.Payload, m.DeletedAt, [.. versionsOf[m.Id]], [.. attachmentsOf[m.Id]]) { Redacted = m.Redacted })];
    }

    private static Redaction? RedactionIn(DbDataReader row, int first) => row.IsDBNull(first) ? null : new Redaction(row.Instant(first), row.TextOrNull(first + 1) ?? "");

    private async Task<bool> SaveMessageAsync(StoreConnection db, ArchivedMessage message)
    {
        message = await WithoutTakenAsync(db, message);
        var isNew = await db.ChangesAsync(InsertOf(message));
        // Told again after its words were taken away, it brings none of them back.
        if (isNew || !await IsRedactedAsync(db, message.Guild, message.Ticket, message.Id))
            await SaveAttachmentsAsync(db, message.Guild, message.Ticket, message.Id, message.Attachments, message.At);
        if (isNew) await IndexMessageAsync(db, new TicketKey(message.Guild, message.Ticket), message.Id, message.Author, message.At, message.Text);
        return isNew;
    }

    // Of a ticket that nobody had before, nothing can be there already: nobody need be asked, and all of it goes in one turn.
    private async Task AddMessageAsync(StoreConnection db, ArchivedMessage message)
    {
        await db.PutAsync(InsertOf(message));
        await SaveAttachmentsAsync(db, message.Guild, message.Ticket, message.Id, message.Attachments, message.At);
        await IndexMessageAsync(db, new TicketKey(message.Guild, message.Ticket), message.Id, message.Author, message.At, message.Text);
    }

    private static Sql InsertOf(ArchivedMessage message)
    {
        var json = Encoding.UTF8.GetString(message.Payload.Span);
        return Begin(
            $"""
            insert into messages (guild_id, ticket, id, channel_id, author_id, at, payload)
            values ({message.Guild}, {message.Ticket}, {message.Id}, {message.Channel}, {message.Author}, {message.At}, {json})
            on conflict (guild_id, ticket, id) do nothing
            """);
    }

    private static async Task<bool> IsRedactedAsync(StoreConnection db, GuildId guild, long ticket, MessageId message) =>
        await db.FindAsync($"select count(*) from messages where guild_id = {guild} and ticket = {ticket} and id = {message} and redacted_at is not null", row => row.GetInt64(0)) > 0;

    private async Task<bool> ReplacePayloadAsync(StoreConnection db, TicketKey key, MessageId message, string json, string text, DateTimeOffset at)
    {
        var (guild, ticket) = (key.Guild, key.Number);
        var (old, author, said, isDeleted) = await db.FindAsync(
            $"select payload, author_id, at, deleted_at from messages where guild_id = {guild} and ticket = {ticket} and id = {message}",
            row => (row.GetString(0), row.Id<UserId>(1), row.Instant(2), !row.IsDBNull(3)));
        if (old is null) return false;
        if (SaysTheSame(old, json)) return true;
        await db.ExecuteAsync(
            $"""
            insert into message_versions (guild_id, ticket, message_id, version, payload, at)
            select {guild}, {ticket}, {message}, count(*) + 1, {old}, {at} from message_versions
            where guild_id = {guild} and ticket = {ticket} and message_id = {message}
            """);
        await db.ExecuteAsync($"update messages set payload = {json} where guild_id = {guild} and ticket = {ticket} and id = {message}");
        if (!isDeleted) await IndexMessageAsync(db, key, message, author, said, text);
        return true;
    }

    // An event and a fetched message may name the same things in another order.
    private static bool SaysTheSame(string one, string other)
    {
        if (one == other) return true;
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
