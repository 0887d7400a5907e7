using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>A ticket's thread or channel that is there.</summary>
public readonly record struct KnownHome(ChannelId Channel, TicketKey Ticket);

/// <summary>A fact of a ticket's history.</summary>
/// <param name="Id">The version of the ticket that it brought about, from 1.</param>
/// <param name="At">When it was stored.</param>
/// <param name="By">Who caused it.</param>
/// <param name="Fact">The fact.</param>
public sealed record StoredFact(long Id, DateTimeOffset At, UserId By, Fact Fact);

public sealed partial class DeskStore
{
    private const int HomesInPage = 10_000;

    // Notes are for staff alone and lie apart from the rest of the state: so the database can keep them from whoever reads in a member's name.
    private static readonly SqlWords TicketColumns = new("doc, (select n.doc from ticket_notes n where n.guild_id = tickets.guild_id and n.ticket = tickets.number)");

    /// <summary>The ticket of that number; null when there is none.</summary>
    public async Task<Ticket?> FindTicketAsync(TicketKey key, CancellationToken cancellationToken)
    {
        if (_recent.TryFind(key, out var recent)) return recent;
        var ticket = await FindAsync($"select {TicketColumns} from tickets where guild_id = {key.Guild} and number = {key.Number}", ReadTicket, cancellationToken);
        if (ticket is not null) _recent.Keep(ticket);
        return ticket;
    }

    /// <summary>The newest ticket whose home that thread or channel is or was; null when there is none.</summary>
    public async Task<Ticket?> FindTicketByHomeAsync(ChannelId home, CancellationToken cancellationToken) =>
        await FindAsync($"select {TicketColumns} from tickets where home_channel_id = {home} order by opened_at desc, number desc limit 1", ReadTicket, cancellationToken)
        ?? await FindAsync(
            $"select {TicketColumns} from further_homes h join tickets on tickets.guild_id = h.guild_id and number = h.ticket where h.channel_id = {home} limit 1", ReadTicket, cancellationToken);

    /// <summary>The ticket whose transcript's address ends so; null when there is none.</summary>
    public Task<Ticket?> FindTicketByTokenAsync(string transcriptToken, CancellationToken cancellationToken) =>
        FindAsync($"select {TicketColumns} from tickets where transcript_token = {transcriptToken}", ReadTicket, cancellationToken);

    /// <summary>The tickets of one person that are still worked on, oldest first.</summary>
    public async Task<IReadOnlyList<Ticket>> OpenTicketsOfAsync(GuildId guild, UserId opener, CancellationToken cancellationToken)
    {
        // Asked to sort, SQLite walks through all open tickets of the guild in their order rather than to the few of this person.
        var tickets = await ListAsync($"select {TicketColumns} from tickets where guild_id = {guild} and opener_id = {opener} and slot is not null", ReadTicket, cancellationToken);
        return [.. tickets.OrderBy(ticket => ticket.Number)];
    }

    /// <summary>The tickets of a guild that are still worked on, oldest first.</summary>
    public Task<IReadOnlyList<Ticket>> OpenTicketsAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync($"select {TicketColumns} from tickets where guild_id = {guild} and slot is not null order by number", ReadTicket, cancellationToken);

    /// <summary>Every ticket of every guild whose people have a voice channel.</summary>
    public async Task<IReadOnlyList<Ticket>> CallsAsync(CancellationToken cancellationToken)
    {
        // Calls are few and asked for once at the start; words of people can look like one, so the state itself decides.
        var candidates = await ListAsync($"select {TicketColumns} from tickets where doc like '%\"call\":{{%' order by guild_id, number", ReadTicket, cancellationToken);
        return [.. candidates.Where(ticket => ticket.Call?.Channel is not null)];
    }

    /// <summary>
    /// Every thread and channel of a ticket that is there and not gone, of every guild: what the archive listens to. In the order of the channels, and behind these what
    /// tickets have besides. The threads of what is closed stay, and in time they are a million: an index tells all of it.
    /// </summary>
    public async IAsyncEnumerable<KnownHome> HomesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = default(KnownHome);
        while (true)
        {
            // As a number: the statement is about every guild.
            var (channel, guild, number) = (last.Channel, last.Ticket.Guild.Value, last.Ticket.Number);
            var page = await ListAsync(
                $"""
                select home_channel_id, guild_id, number from tickets
                where home_channel_id is not null and (home_channel_id, guild_id, number) > ({channel}, {guild}, {number}) and home_gone = 0
                order by home_channel_id, guild_id, number limit {HomesInPage}
                """,
                ReadHome,
                cancellationToken);
            foreach (var home in page) yield return home;
            if (page.Count < HomesInPage) break;
            last = page[^1];
        }
        foreach (var home in await ListAsync($"select channel_id, guild_id, ticket from further_homes order by 1, 2, 3", ReadHome, cancellationToken)) yield return home;
    }

    /// <summary>The homes of a guild's tickets that are worked on.</summary>
    public Task<IReadOnlyList<KnownHome>> OpenHomesAsync(GuildId guild, CancellationToken cancellationToken) =>
        ListAsync(
            $"""
            select home_channel_id, guild_id, number
            from tickets where guild_id = {guild} and slot is not null and home_channel_id is not null and home_gone = 0
            union all
            select h.channel_id, t.guild_id, t.number
            from tickets t join further_homes h on t.guild_id = h.guild_id and t.number = h.ticket
            where t.guild_id = {guild} and t.slot is not null
            order by 1, 2, 3
            """,
            ReadHome,
            cancellationToken);

    private static KnownHome ReadHome(DbDataReader row) => new(row.Id<ChannelId>(0), new TicketKey(row.Id<GuildId>(1), row.GetInt64(2)));

    /// <summary>The number for a guild's next ticket, from 1. Given once: a number that is not used is lost.</summary>
    public Task<long> NextNumberAsync(GuildId guild, CancellationToken cancellationToken) => WriteAsync(db => NextNumberAsync(db, guild), cancellationToken);

    private static Task<long> NextNumberAsync(StoreConnection db, GuildId guild) => db.FindAsync(
        $"""
        insert into ticket_numbers (guild_id, last_number) values ({guild}, 1)
        on conflict (guild_id) do update set last_number = ticket_numbers.last_number + 1
        returning last_number
        """,
        row => row.GetInt64(0));

    /// <summary>A ticket's history, oldest first. Applied one after the other the facts give the ticket as it is.</summary>
    public Task<IReadOnlyList<StoredFact>> FactsAsync(TicketKey key, CancellationToken cancellationToken) =>
        ListAsync(
            $"select id, at, by_id, name, data from facts where guild_id = {key.Guild} and ticket = {key.Number} order by id",
            row => new StoredFact(row.GetInt64(0), row.Instant(1), row.Id<UserId>(2), _rules.KindNamed(row.GetString(3)).Read(row.GetString(4))),
            cancellationToken);

    private static Ticket ReadTicket(DbDataReader row) => ReadTicket(row, 0);

    private static Ticket ReadTicket(DbDataReader row, int first)
    {
        var ticket = JsonSerializer.Deserialize(row.Utf8(first), DeskJson.Default.Ticket)!;
        return row.IsDBNull(first + 1) ? ticket : ticket with { Notes = JsonSerializer.Deserialize(row.Utf8(first + 1), DeskJson.Default.ValueListNote) };
    }
}
