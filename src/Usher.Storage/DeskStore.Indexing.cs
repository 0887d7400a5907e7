using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

// What search looks at is written with what it is about, in the same transaction.
public sealed partial class DeskStore
{
    private const int DocumentsAtOnce = 200;

    /// <summary>The language of a guild: by it PostgreSQL knows the other forms of a word. Told by whoever knows the settings.</summary>
    public Func<GuildId, Language> LanguageOf { get; set; } = static _ => Language.English;

    /// <summary>
    /// Makes a few of the messages searchable that were kept before there was a search. What is said meanwhile is searchable at once; this can be stopped and
    /// gone on with at any time.
    /// </summary>
    /// <returns>False when there is nothing more to do.</returns>
    /// <param name="textOf">The words of a message object, UTF-8 JSON.</param>
    /// <param name="cancellationToken">Takes it back.</param>
    public Task<bool> IndexMoreAsync(Func<byte[], string> textOf, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            for (var done = 0; done < DocumentsAtOnce;)
            {
                // The newest first: they are what is sought most.
                var next = await db.FindAsync(
                    $"select guild_id, ticket, after_id from search_backlog order by guild_id desc, ticket desc limit 1",
                    row => (Key: new TicketKey(row.Id<GuildId>(0), row.GetInt64(1)), After: row.GetInt64(2)));
                if (next.Key.Number == 0) return false;
                done += 1 + await IndexBacklogAsync(db, next.Key, next.After, textOf);
            }
            return true;
        },
        cancellationToken);

    /// <summary>Whether everything that is kept of a guild is searchable already.</summary>
    public async Task<bool> IsIndexedAsync(GuildId guild, CancellationToken cancellationToken) =>
        await FindAsync($"select 1 from search_backlog where guild_id = {guild} limit 1", _ => true, cancellationToken) is false;

    private async Task<int> IndexBacklogAsync(StoreConnection db, TicketKey key, long after, Func<byte[], string> textOf)
    {
        if (after == 0 && await db.FindAsync($"select {TicketColumns} from tickets where guild_id = {key.Guild} and number = {key.Number}", ReadTicket) is { } ticket)
        {
            await IndexTicketAsync(db, null, ticket);
        }
        var messages = await db.ListAsync(
            $"""
            select id, author_id, at, payload from messages
            where guild_id = {key.Guild} and ticket = {key.Number} and id > {after} and deleted_at is null order by id limit {DocumentsAtOnce}
            """,
            row => (Id: row.Id<MessageId>(0), Author: row.Id<UserId>(1), At: row.Instant(2), Payload: row.Utf8(3)));
        foreach (var message in messages) await IndexMessageAsync(db, key, message.Id, message.Author, message.At, textOf(message.Payload));
        if (messages.Count < DocumentsAtOnce) await db.ExecuteAsync($"delete from search_backlog where guild_id = {key.Guild} and ticket = {key.Number}");
        else await db.ExecuteAsync($"update search_backlog set after_id = {messages[^1].Id} where guild_id = {key.Guild} and ticket = {key.Number}");
        return messages.Count;
    }

    private Task IndexMessageAsync(StoreConnection db, TicketKey ticket, MessageId message, UserId author, DateTimeOffset at, string text) =>
        IndexAsync(db, ticket, FindingKind.Message, unchecked((long)message.Value), author, ArchivePlace.Of(at, message), text);

    private async Task IndexTicketAsync(StoreConnection db, Ticket? before, Ticket after)
    {
        if (before is null || !TicketWords.AreSame(before, after))
            await IndexAsync(db, after.Key, FindingKind.Ticket, 0, after.Opener, ArchivePlace.Of(after.OpenedAt), TicketWords.Of(after));
        if (before is not null && before.Department != after.Department) await MoveInIndexAsync(db, after.Key, before.Department, after.Department);
        var had = before?.Notes ?? [];
        if (had == after.Notes) return;
        // Notes are only ever added, unless one is taken out: then what follows it moves up.
        for (var i = 0; i < after.Notes.Count; i++)
        {
            var note = after.Notes[i];
            if (i >= had.Count || had[i] != note) await IndexAsync(db, after.Key, FindingKind.Note, i, note.By, ArchivePlace.Of(note.At), note.Text);
        }
        for (var i = after.Notes.Count; i < had.Count; i++) await RemoveFromIndexAsync(db, after.Key, FindingKind.Note, i);
    }

    // What was said stays where it is, and is found in the department that answers for it now.
    private async Task MoveInIndexAsync(StoreConnection db, TicketKey ticket, string from, string to)
    {
        var sql = Begin($"update search set words = ");
        db.Dialect.AddMoved(sql, SearchTokens.OfDepartment(from), SearchTokens.OfDepartment(to));
        sql.Add($" where guild_id = {ticket.Guild} and ticket = {ticket.Number}");
        await db.PutAsync(sql);
    }

    private async Task IndexAsync(StoreConnection db, TicketKey ticket, FindingKind kind, long item, UserId author, long place, string text)
    {
        var words = SearchTokens.Of(text);
        if (words.Length == 0)
        {
            await RemoveFromIndexAsync(db, ticket, kind, item);
            return;
        }
        var sql = Begin(
            $"""
            insert into search (guild_id, ticket, kind, item, author_id, place, words)
            select t.guild_id, t.number, {(long)kind}, {item}, {author}, {place},
            """);
        db.Dialect.AddIndexed(sql, words + " " + SearchTokens.Beside(ticket.Guild, author, place), words, LanguageOf(ticket.Guild));
        sql.Add(
            $"""
             from tickets t where t.guild_id = {ticket.Guild} and t.number = {ticket.Number}
            on conflict (guild_id, ticket, kind, item) do update set author_id = excluded.author_id, place = excluded.place, words = excluded.words
            """);
        await db.PutAsync(sql);
    }

    private static Task RemoveFromIndexAsync(StoreConnection db, TicketKey ticket, FindingKind kind, long item) =>
        db.PutAsync($"delete from search where guild_id = {ticket.Guild} and ticket = {ticket.Number} and kind = {(long)kind} and item = {item}");
}
