using System.Runtime.CompilerServices;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A message that somebody wrote, in whichever ticket.</summary>
/// <param name="Ticket">The ticket's number.</param>
/// <param name="Message">The message.</param>
public sealed record WrittenMessage(long Ticket, StoredMessage Message);

// What is kept of one person.
public sealed partial class DeskStore
{
    /// <summary>Every ticket that somebody opened, or that was opened for them, oldest first.</summary>
    public Task<IReadOnlyList<Ticket>> TicketsOfAsync(GuildId guild, UserId opener, CancellationToken cancellationToken) =>
        ListAsync($"select {TicketColumns} from tickets where guild_id = {guild} and opener_id = {opener} order by number", ReadTicket, cancellationToken);

    /// <summary>Every message that somebody wrote in any ticket, by ticket, oldest first, read page by page.</summary>
    public async IAsyncEnumerable<WrittenMessage> MessagesByAsync(GuildId guild, UserId author, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (ticket, message) = (0L, 0L);
        while (true)
        {
            var (afterTicket, afterMessage) = (ticket, message);
            var page = await ListAsync(
                $"""
                select ticket, id from messages
                where guild_id = {guild} and author_id = {author} and (ticket > {afterTicket} or (ticket = {afterTicket} and id > {afterMessage}))
                order by ticket, id limit {MessagesInPage}
                """,
                row => (Ticket: row.GetInt64(0), Id: row.GetInt64(1)),
                cancellationToken);
            foreach (var written in page)
            {
                if (await FindWholeAsync(guild, written.Ticket, written.Id, cancellationToken) is { } whole) yield return new WrittenMessage(written.Ticket, whole);
            }
            if (page.Count < MessagesInPage) yield break;
            (ticket, message) = page[^1];
        }
    }

    private async Task<StoredMessage?> FindWholeAsync(GuildId guild, long ticket, long message, CancellationToken cancellationToken)
    {
        var found = await ReadAsync((db, token) => ReadPageAsync(db, guild, ticket, message - 1, limit: 1, token), cancellationToken);
        return found is [var only] && unchecked((long)only.Id.Value) == message ? only : null;
    }
}
