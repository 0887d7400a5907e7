using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

// Taking away what messages say. That they were written, by whom and when, stays.
public sealed partial class DeskStore
{
    // What is left of a message: who and when. Everything else can hold somebody's words.
    private static readonly string[] Left = ["id", "channel_id", "guild_id", "author", "member", "timestamp", "webhook_id"];

    /// <summary>What is known of a kept message without reading it; null when it is not kept.</summary>
    public Task<KeptMessage?> FindKeptAsync(GuildId guild, long ticket, MessageId message, CancellationToken cancellationToken) => FindAsync(
        $"select channel_id, author_id, deleted_at, redacted_at from messages where guild_id = {guild} and ticket = {ticket} and id = {message}",
        row => new KeptMessage(row.Id<ChannelId>(0), row.Id<UserId>(1), !row.IsDBNull(2), !row.IsDBNull(3)),
        cancellationToken);

    /// <summary>Bytes that may be nobody's any more, the longest waiting first.</summary>
    public Task<IReadOnlyList<string>> DiscardedFilesAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync($"select hash from discarded_files order by at, hash limit {limit}", row => row.GetString(0), cancellationToken);

    /// <summary>Says that bytes which were stored are wanted by nobody.</summary>
    public Task DiscardFileAsync(string hash, DateTimeOffset at, CancellationToken cancellationToken) =>
        ChangeAsync($"insert into discarded_files (hash, at) values ({hash}, {at}) on conflict (hash) do nothing", cancellationToken);

    /// <summary>Whether an attachment of any guild refers to bytes.</summary>
    public async Task<bool> IsFileWantedAsync(string hash, CancellationToken cancellationToken) =>
        await FindAsync($"select count(*) from attachments where hash = {hash}", row => row.GetInt64(0), cancellationToken) > 0;

    /// <summary>Deletes bytes, unless an attachment of any guild refers to them.</summary>
    /// <param name="hash">Their name.</param>
    /// <param name="delete">Deletes them; doing so twice does no harm.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task DropFileAsync(string hash, Action<string> delete, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            // In the writer's turn, and so never between the storing of the same bytes and the row that says so.
            if (await db.FindAsync($"select count(*) from attachments where hash = {hash}", row => row.GetInt64(0)) == 0) delete(hash);
            return await db.ChangesAsync($"delete from discarded_files where hash = {hash}");
        },
        cancellationToken);

    private static async Task<int> EmptyMessageAsync(StoreConnection db, GuildId guild, MessageEmptied change)
    {
        var (ticket, message) = (change.Ticket, change.Message);
        if (await db.FindAsync($"select payload from messages where guild_id = {guild} and ticket = {ticket} and id = {message}", row => row.GetString(0)) is not { } payload) return 0;
        await EmptyQuotesAsync(db, guild, ticket, message);
        return await EmptyAsync(db, guild, ticket, message, EmptyOf(payload), change.At, change.By);
    }

    // What is left is what it says from now on; that the message was taken away, and who did it, stands beside it.
    private static async Task<int> EmptyAsync(StoreConnection db, GuildId guild, long ticket, MessageId message, string left, DateTimeOffset at, string by)
    {
        await db.ExecuteAsync($"delete from message_versions where guild_id = {guild} and ticket = {ticket} and message_id = {message}");
        await EraseFilesAsync(db, guild, ticket, message, at);
        await ForgetWordsAsync(db, guild, ticket, message);
        return await db.ExecuteAsync(
            $"""
            update messages set payload = {left}, redacted_at = {at}, redacted_by = {by}
            where guild_id = {guild} and ticket = {ticket} and id = {message}
            """);
    }

    private static async Task EraseFilesAsync(StoreConnection db, GuildId guild, long ticket, MessageId message, DateTimeOffset at)
    {
        var files = await db.ListAsync($"select hash from attachments where guild_id = {guild} and ticket = {ticket} and message_id = {message} and hash is not null", row => row.GetString(0));
        // Bytes belong to no guild: two may have the same.
        foreach (var hash in files) await db.ExecuteAsync($"insert into discarded_files (hash, at) values ({hash}, {at}) on conflict (hash) do nothing");
        await db.ExecuteAsync(
            $"""
            update attachments set state = 'erased', hash = null, file_name = 'erased', content_type = null, size = 0, url = '', error = null
            where guild_id = {guild} and ticket = {ticket} and message_id = {message}
            """);
    }

    // An answer to a message carries that message whole, and so does a forwarded one.
    private static async Task EmptyQuotesAsync(StoreConnection db, GuildId guild, long ticket, MessageId message)
    {
        var sign = $"%\"{message}\"%";
        var quoting = await db.ListAsync(
            $"select id, payload from messages where guild_id = {guild} and ticket = {ticket} and id > {message} and payload like {sign}",
            row => (Id: row.Id<MessageId>(0), Payload: row.GetString(1)));
        foreach (var quote in quoting)
        {
            if (WithoutQuote(quote.Payload, message) is not { } rest) continue;
            // What was forwarded is found by its words; an answer only by its own.
            if (quote.Payload.Contains("\"message_snapshots\"", StringComparison.Ordinal)) await ForgetWordsAsync(db, guild, ticket, quote.Id);
            await db.ExecuteAsync($"update messages set payload = {rest} where guild_id = {guild} and ticket = {ticket} and id = {quote.Id}");
        }
        var versions = await db.ListAsync(
            $"select message_id, version, payload from message_versions where guild_id = {guild} and ticket = {ticket} and message_id > {message} and payload like {sign}",
            row => (Id: row.Id<MessageId>(0), Version: row.GetInt64(1), Payload: row.GetString(2)));
        foreach (var quote in versions)
        {
            if (WithoutQuote(quote.Payload, message) is { } rest)
                await db.ExecuteAsync($"update message_versions set payload = {rest} where guild_id = {guild} and ticket = {ticket} and message_id = {quote.Id} and version = {quote.Version}");
        }
    }

    // What was taken away here may still stand on Discord, and whoever answers to it, or forwards it, sends it along.
    private static async Task<ArchivedMessage> WithoutTakenAsync(StoreConnection db, ArchivedMessage message)
    {
        if (message.Payload.Span.IndexOf("\"message_reference\""u8) < 0) return message;
        var payload = Encoding.UTF8.GetString(message.Payload.Span);
        if (JsonNode.Parse(payload)!.AsObject()["message_reference"] is not JsonObject reference || IdIn(reference["message_id"]) is not { } id) return message;
        if (!await IsTakenAsync(db, message.Guild, message.Ticket, IdIn(reference["channel_id"]), id) || WithoutQuote(payload, new MessageId(id)) is not { } left) return message;
        var isForwarded = payload.Contains("\"message_snapshots\"", StringComparison.Ordinal);
        // What was forwarded is found by its words, and its files are the message's; an answer has its own.
        return message with { Payload = Encoding.UTF8.GetBytes(left), Text = isForwarded ? "" : message.Text, Attachments = isForwarded ? [] : message.Attachments };
    }

    private static async Task<bool> IsTakenAsync(StoreConnection db, GuildId guild, long ticket, ulong? channel, ulong message) =>
        await db.FindAsync(
            $"""
            select count(*) from messages where guild_id = {guild} and id = {message} and redacted_at is not null and ticket in (
              select {ticket} union select number from tickets where guild_id = {guild} and home_channel_id = {channel ?? 0}
              union select ticket from further_homes where guild_id = {guild} and channel_id = {channel ?? 0})
            """,
            row => row.GetInt64(0)) > 0;

    private static ulong? IdIn(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String && ulong.TryParse((string)node!, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= long.MaxValue ? id : null;

    private static Task<int> ForgetWordsAsync(StoreConnection db, GuildId guild, long ticket, MessageId message) =>
        db.ExecuteAsync($"delete from search where guild_id = {guild} and ticket = {ticket} and kind = {(long)FindingKind.Message} and item = {message}");

    private static string EmptyOf(string payload)
    {
        var (from, to) = (JsonNode.Parse(payload)!.AsObject(), new JsonObject());
        foreach (var name in Left)
        {
            if (from[name] is { } value) to[name] = value.DeepClone();
        }
        (to["type"], to["content"]) = (0, "");
        return to.ToJsonString();
    }

    // Null when nothing of it is in there.
    private static string? WithoutQuote(string payload, MessageId message)
    {
        var node = JsonNode.Parse(payload)!.AsObject();
        if (node["message_reference"]?["message_id"]?.GetValueKind() != JsonValueKind.String || (string?)node["message_reference"]!["message_id"] != message.ToString()) return null;
        var had = node.Remove("referenced_message");
        return node.Remove("message_snapshots") || had ? node.ToJsonString() : null;
    }
}
