using System.Data.Common;
using System.Globalization;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// What is read for somebody: every statement here carries the guild, and what the asker may see of it.
public sealed partial class DeskStore
{
    /// <summary>A page of tickets.</summary>
    public Task<IReadOnlyList<Ticket>> TicketsAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        var sql = Begin($"select {TicketColumns} from tickets where guild_id = {query.Guild}");
        Narrow(sql, query);
        if (query.After is { } after) GoOn(sql, query.Order, after);
        if (query.Order == TicketOrder.Oldest) sql.Add($" order by number limit {query.Limit}");
        else if (query.Order == TicketOrder.MostUrgent) sql.Add($" and slot is not null order by priority desc, number limit {query.Limit}");
        else sql.Add($" order by number desc limit {query.Limit}");
        return ListAsync(sql, ReadTicket, cancellationToken);
    }

    /// <summary>A page of a ticket's messages, oldest first, behind a message.</summary>
    public async Task<IReadOnlyList<StoredMessage>> MessagesAfterAsync(TicketKey key, MessageId after, int limit, CancellationToken cancellationToken)
    {
        var messages = await ListAsync(
            $"select id, payload, deleted_at from messages where guild_id = {key.Guild} and ticket = {key.Number} and id > {after} order by id limit {limit}",
            row => (Id: row.Id<MessageId>(0), Payload: row.Utf8(1), DeletedAt: row.InstantOrNull(2)),
            cancellationToken);
        if (messages.Count == 0) return [];
        var (first, last) = (messages[0].Id, messages[^1].Id);
        var attachments = await ListAsync(
            $"""
            select id, message_id, file_name, content_type, size, url, state, hash, attempts from attachments
            where guild_id = {key.Guild} and ticket = {key.Number} and message_id >= {first} and message_id <= {last} order by message_id, id
            """,
            row => ReadAttachment(row, 0),
            cancellationToken);
        var filesOf = attachments.ToLookup(file => file.Message);
        return [.. messages.Select(m => new StoredMessage(m.Id, m.Payload, m.DeletedAt, [], [.. filesOf[m.Id]]))];
    }

    /// <summary>How many tickets there are, by department, state and priority.</summary>
    public Task<IReadOnlyList<TicketCount>> CountTicketsAsync(GuildId guild, ValueList<string>? within, CancellationToken cancellationToken)
    {
        var sql = Begin($"select department, slot is not null, claimed_by is not null, priority, count(*) from tickets where guild_id = {guild}");
        if (within is { } departments) sql.AddAmong(departments);
        sql.Add($" group by 1, 2, 3, 4 order by 1, 2, 3, 4");
        return ListAsync(sql, row => new TicketCount(row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), (Priority)row.GetInt64(3), row.GetInt64(4)), cancellationToken);
    }

    /// <summary>How long the tickets of a period took.</summary>
    public async Task<TicketTimes> TicketTimesAsync(GuildId guild, ValueList<string>? within, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var closed = Begin($"select count(*), avg(closed_at - opened_at) from tickets where guild_id = {guild} and closed_at >= {from} and closed_at < {until}");
        if (within is { } some) closed.AddAmong(some);
        var (ended, resolution) = await FindAsync(closed, row => (row.GetInt64(0), MillisecondsOrNull(row, 1)), cancellationToken);
        // The first of staff's answers is a fact; facts have no more than one row a change of turn.
        var opened = Begin(
            $"""
            select count(*), count(answered), avg(answered - opened_at) from (
              select t.opened_at, (select min(f.at) from facts f where f.guild_id = t.guild_id and f.ticket = t.number and f.name = 'staff_replied') as answered
              from tickets t where t.guild_id = {guild} and t.opened_at >= {from} and t.opened_at < {until}
            """);
        if (within is { } those) opened.AddAmong(those);
        opened.Add($") as first_answers");
        var (begun, answered, response) = await FindAsync(opened, row => (row.GetInt64(0), row.GetInt64(1), MillisecondsOrNull(row, 2)), cancellationToken);
        return new TicketTimes(begun, ended, resolution, answered, response);
    }

    private static TimeSpan? MillisecondsOrNull(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : TimeSpan.FromMilliseconds(Math.Round(Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture)));

    private static void Narrow(Sql sql, TicketQuery query)
    {
        if (query.Within is { } within) sql.AddAmong(within);
        if (query.Department is { } department) sql.Add($" and department = {department}");
        if (query.Opener is { } opener) sql.Add($" and opener_id = {opener}");
        if (query.Claimer is { } claimer) sql.Add($" and claimed_by = {claimer}");
        if (query.IsClaimed is { } claimed) sql.AppendLiteral(claimed ? " and claimed_by is not null" : " and claimed_by is null");
        if (query.IsOpen is { } open) sql.AppendLiteral(open ? " and slot is not null" : " and slot is null");
        if (query.Status is { } status) sql.Add($" and status = {NameOf(status)}");
        if (query.Priority is { } priority) sql.Add($" and priority = {(long)priority}");
        if (query.OpenedFrom is { } from) sql.Add($" and opened_at >= {from}");
        if (query.OpenedBefore is { } before) sql.Add($" and opened_at < {before}");
    }

    private static void GoOn(Sql sql, TicketOrder order, TicketPlace after)
    {
        if (order == TicketOrder.Oldest) sql.Add($" and number > {after.Number}");
        else if (order == TicketOrder.MostUrgent) sql.Add($" and (priority < {(long)after.Priority} or (priority = {(long)after.Priority} and number > {after.Number}))");
        else sql.Add($" and number < {after.Number}");
    }

    private static Sql Begin(Sql sql) => sql;
}
