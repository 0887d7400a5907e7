using System.Text.Json.Nodes;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Erasing;

namespace Usher.Storage;

/// <summary>A page of messages from which somebody was erased.</summary>
/// <param name="Last">The last message; null when there are no more.</param>
/// <param name="Changed">How many were changed.</param>
public sealed record ErasedPage(MessageId? Last, int Changed);

// Taking somebody out of what was written in tickets, a page of messages at a time.
public sealed partial class DeskStore
{
    private const int ErasedAtOnce = 50;

    // Who took the words away, as the transcript says it.
    private const string Eraser = "Usher";

    /// <summary>Erases somebody from the next messages of a ticket: their own are emptied, others' say no more who they are and quote nothing of them.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="who">Who.</param>
    /// <param name="after">The message after which to begin.</param>
    /// <param name="at">What time it is.</param>
    /// <param name="textOf">The words of a message object for the search.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task<ErasedPage> EraseMessagesAsync(Ticket ticket, ErasedMember who, MessageId after, DateTimeOffset at, Func<byte[], string> textOf, CancellationToken cancellationToken)
    {
        var said = ticket.Opener == who.User ? ErasedMember.SaidIn(ticket) : null;
        return WriteAsync(
            async db =>
            {
                var page = await db.ListAsync(
                    $"""
                    select id, author_id, at, payload, deleted_at from messages
                    where guild_id = {ticket.Guild} and ticket = {ticket.Number} and id > {after} order by id limit {ErasedAtOnce}
                    """,
                    row => new Written(row.Id<MessageId>(0), row.Id<UserId>(1), row.Instant(2), row.GetString(3), !row.IsDBNull(4)));
                var changed = 0;
                foreach (var message in page)
                {
                    if (await EraseMessageAsync(db, ticket, who, said, message, at, textOf)) changed++;
                }
                return new ErasedPage(page.Count < ErasedAtOnce ? null : page[^1].Id, changed);
            },
            cancellationToken);
    }

    private async Task<bool> EraseMessageAsync(StoreConnection db, Ticket ticket, ErasedMember who, IReadOnlyList<string>? said, Written message, DateTimeOffset at, Func<byte[], string> textOf)
    {
        var (guild, number) = (ticket.Guild, ticket.Number);
        if (message.Author == who.User)
        {
            var own = JsonNode.Parse(EmptyOf(message.Payload))!.AsObject();
            own.Remove("member");
            ErasedPayload.Clean(own, who, forwardsTheirs: false);
            await EmptyAsync(db, guild, number, message.Id, own.ToJsonString(), at, Eraser);
            await db.ExecuteAsync($"update messages set author_id = {Nobody.Id} where guild_id = {guild} and ticket = {number} and id = {message.Id}");
            return true;
        }
        // Whoever is not named in it, and whose words it can have in no other way, is not in it.
        if (said is null && !message.Payload.Contains(who.User.ToString(), StringComparison.Ordinal) && !message.Payload.Contains("\"message_snapshots\"", StringComparison.Ordinal))
            return await EraseVersionsAsync(db, ticket, who, message.Id);
        var node = JsonNode.Parse(message.Payload)!.AsObject();
        if (said is not null && ErasedPayload.IsByProgram(node) && (message.Id == ticket.Card || message.Id == ticket.Information || ErasedPayload.Quotes(node, who, said)))
        {
            var empty = JsonNode.Parse(EmptyOf(message.Payload))!.AsObject();
            ErasedPayload.Clean(empty, who, forwardsTheirs: false);
            await EmptyAsync(db, guild, number, message.Id, empty.ToJsonString(), at, Eraser);
            return true;
        }
        var older = await EraseVersionsAsync(db, ticket, who, message.Id);
        var forwardsTheirs = await ForwardsTheirsAsync(db, ticket, node, who.User);
        if (!ErasedPayload.Clean(node, who, forwardsTheirs)) return older;
        var left = node.ToJsonString();
        await db.ExecuteAsync($"update messages set payload = {left} where guild_id = {guild} and ticket = {number} and id = {message.Id}");
        if (forwardsTheirs) await EraseFilesAsync(db, guild, number, message.Id, at);
        if (!message.IsDeleted) await IndexMessageAsync(db, ticket.Key, message.Id, message.Author, message.At, textOf(System.Text.Encoding.UTF8.GetBytes(left)));
        return true;
    }

    private static async Task<bool> EraseVersionsAsync(StoreConnection db, Ticket ticket, ErasedMember who, MessageId message)
    {
        var versions = await db.ListAsync(
            $"select version, payload from message_versions where guild_id = {ticket.Guild} and ticket = {ticket.Number} and message_id = {message}",
            row => (Version: row.GetInt64(0), Payload: row.GetString(1)));
        var changed = false;
        foreach (var (version, payload) in versions)
        {
            var node = JsonNode.Parse(payload)!.AsObject();
            if (!ErasedPayload.Clean(node, who, await ForwardsTheirsAsync(db, ticket, node, who.User))) continue;
            var left = node.ToJsonString();
            await db.ExecuteAsync($"update message_versions set payload = {left} where guild_id = {ticket.Guild} and ticket = {ticket.Number} and message_id = {message} and version = {version}");
            changed = true;
        }
        return changed;
    }

    // A forwarded message says not whose it was: that is looked up where it stood.
    private static async Task<bool> ForwardsTheirsAsync(StoreConnection db, Ticket ticket, JsonObject message, UserId member) =>
        ErasedPayload.ForwardedIn(message) is { } original
        && await db.FindAsync(
            $"""
            select count(*) from messages where guild_id = {ticket.Guild} and id = {original.Message} and author_id in ({member}, {Nobody.Id}) and ticket in (
              select {ticket.Number} union select number from tickets where guild_id = {ticket.Guild} and home_channel_id = {original.Channel}
              union select ticket from further_homes where guild_id = {ticket.Guild} and channel_id = {original.Channel})
            """,
            row => row.GetInt64(0)) > 0;

    private sealed record Written(MessageId Id, UserId Author, DateTimeOffset At, string Payload, bool IsDeleted);
}
