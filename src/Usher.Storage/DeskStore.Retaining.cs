using Usher.Desk.Engine;
using Usher.Desk.Features.Retaining;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// What is over for long enough goes: first what was said, later the ticket itself. In steps that are short, and harmless when they are done again.
public sealed partial class DeskStore
{
    private const int RemovedAtOnce = 100;

    /// <summary>The departments that ever had tickets in a guild, also those that are gone from the settings.</summary>
    public Task<IReadOnlyList<string>> DepartmentsWithTicketsAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync($"select department from ticket_totals where guild_id = {guild} order by department", row => row.GetString(0), cancellationToken);

    /// <summary>Tickets of a department that ended before then, the longest over first; those that could not be opened count from when they were asked for.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="department">The department's key.</param>
    /// <param name="before">That moment.</param>
    /// <param name="withContent">Only those of which what was said is still kept.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<long>> TicketsOverAsync(GuildId guild, string department, DateTimeOffset before, bool withContent, int limit, CancellationToken cancellationToken) => ListAsync(
        $"""
        select number from tickets
        where guild_id = {guild} and department = {department} and slot is null and coalesce(closed_at, opened_at) <= {before} and ({withContent} = 0 or content_removed < coalesce(closed_at, opened_at))
        order by coalesce(closed_at, opened_at) limit {limit}
        """,
        row => row.GetInt64(0),
        cancellationToken);

    /// <summary>Removes some of a ticket's messages, with their versions, files and what search knows of them.</summary>
    /// <returns>Whether there are more.</returns>
    public Task<bool> RemoveMessagesAsync(TicketKey ticket, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(db => RemoveSomeAsync(db, ticket.Guild, ticket.Number, at), cancellationToken);

    /// <summary>Removes a ticket whose messages are removed already, with its history. What statistics counted of it stays; that it was removed stands in the audit log.</summary>
    public Task RemoveTicketAsync(TicketKey ticket, AuditSignature by, CancellationToken cancellationToken)
    {
        var named = $"%\"{TicketIds.Of(ticket.Number)}\"%";
        return WriteAsync(
            async db =>
            {
                await db.ExecuteAsync($"delete from api_answers where guild_id = {ticket.Guild} and status is not null and body like {named}");
                if (!await db.ChangesAsync($"delete from tickets where guild_id = {ticket.Guild} and number = {ticket.Number} and slot is null")) return false;
                await AuditAsync(db, ticket.Guild, by, [new Deed("ticket_removed", ticket.Number, Detail: "retention")]);
                _recent.Forget(ticket);
                return true;
            },
            cancellationToken);
    }

    private async Task EmptyHistoryAsync(StoreConnection db, GuildId guild, HistoryEmptied change)
    {
        var number = change.Ticket;
        // What came since the last step would never be looked at again.
        while (await RemoveSomeAsync(db, guild, number, _time.GetUtcNow())) { }
        await RewriteHistoryAsync(db, guild, number, static (fact, by) => (ContentRemoval.Of(fact), by), static written => written);
        await db.ExecuteAsync($"delete from effects where guild_id = {guild} and ticket = {number}");
        await db.ExecuteAsync($"delete from webhook_deliveries where guild_id = {guild} and ticket = {number} and state <> 'owed'");
        var named = $"%\"{TicketIds.Of(number)}\"%";
        await db.ExecuteAsync($"delete from api_answers where guild_id = {guild} and status is not null and body like {named}");
    }

    private static async Task<bool> RemoveSomeAsync(StoreConnection db, GuildId guild, long ticket, DateTimeOffset at)
    {
        var page = await db.ListAsync($"select id from messages where guild_id = {guild} and ticket = {ticket} order by id limit {RemovedAtOnce}", row => row.Id<MessageId>(0));
        if (page.Count == 0) return false;
        var last = page[^1];
        var files = await db.ListAsync(
            $"select distinct hash from attachments where guild_id = {guild} and ticket = {ticket} and message_id <= {last} and hash is not null", row => row.GetString(0));
        foreach (var hash in files) await db.ExecuteAsync($"insert into discarded_files (hash, at) values ({hash}, {at}) on conflict (hash) do nothing");
        await db.ExecuteAsync($"delete from messages where guild_id = {guild} and ticket = {ticket} and id <= {last}");
        return page.Count == RemovedAtOnce;
    }
}
