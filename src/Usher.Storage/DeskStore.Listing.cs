using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// What is read for somebody: every statement here carries the guild, and what the asker may see of it.
public sealed partial class DeskStore
{
    /// <summary>A page of tickets.</summary>
    public async Task<IReadOnlyList<Ticket>> TicketsAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        if (query.Within is { Count: 0 }) return [];
        var sql = Begin($"select {TicketColumns} from (");
        if (query is { Within: { Count: > 1 } within, Department: null, Opener: null, Claimer: null } && !IsFew(query))
        {
            // Each department's are walked in their order, and no further than a page needs: together they would be read whole, or sought among everybody's.
            for (var i = 0; i < within.Count; i++)
            {
                sql.AppendLiteral(i == 0 ? "select * from (" : ") as d union all select * from (");
                AddPage(sql, query with { Within = null, Department = within[i] });
            }
            sql.AppendLiteral(") as d");
        }
        else
        {
            AddPage(sql, query);
        }
        sql.Add($") as page join tickets on tickets.guild_id = page.guild_id and tickets.number = page.number order by {OrderOf(query, "page")} limit {query.Limit}");
        return await ListAsync(sql, ReadTicket, cancellationToken);
    }

    /// <summary>A page of a ticket's messages, oldest first, behind a message.</summary>
    public async Task<IReadOnlyList<StoredMessage>> MessagesAfterAsync(TicketKey key, MessageId after, int limit, CancellationToken cancellationToken)
    {
        var messages = await ListAsync(
            $"select id, payload, deleted_at, redacted_at, redacted_by from messages where guild_id = {key.Guild} and ticket = {key.Number} and id > {after} order by id limit {limit}",
            row => (Id: row.Id<MessageId>(0), Payload: row.Utf8(1), DeletedAt: row.InstantOrNull(2), Redacted: RedactionIn(row, 3)),
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
        return [.. messages.Select(m => new StoredMessage(m.Id, m.Payload, m.DeletedAt, [], [.. filesOf[m.Id]]) { Redacted = m.Redacted })];
    }

    // What is worked on is little, however much there is of the rest.
    private static bool IsFew(TicketQuery query) => query is { IsOpen: true } or { Order: TicketOrder.MostUrgent } or { Status: TicketStatus.Failed };

    private static void AddPage(Sql sql, TicketQuery query)
    {
        sql.Add($"select guild_id, number, opened_at, priority from tickets where guild_id = {query.Guild}");
        Narrow(sql, query);
        if (query.After is { } after) GoOn(sql, query.Order, after);
        sql.Add($" order by {OrderOf(query, "tickets")} limit {query.Limit}");
    }

    private static void Narrow(Sql sql, TicketQuery query)
    {
        if (query.Within is { } within) sql.AddAmong(within);
        if (query.Department is { } department)
        {
            if (IsFew(query)) sql.AddAmong([department], walked: false);
            else sql.Add($" and department = {department}");
        }
        if (query.Opener is { } opener) sql.Add($" and opener_id = {opener}");
        if (query.Claimer is { } claimer) sql.Add($" and claimed_by = {claimer}");
        if (query.IsClaimed is { } claimed) sql.AppendLiteral(claimed ? " and claimed_by is not null" : " and claimed_by is null");
        if (query.IsOpen is { } open) sql.AppendLiteral(open ? " and slot is not null" : " and slot is null");
        else if (query.Order == TicketOrder.MostUrgent) sql.AppendLiteral(" and slot is not null");
        // Said as it is, since an index has these alone.
        if (query.Status == TicketStatus.Failed) sql.AppendLiteral(" and status = 'failed'");
        else if (query.Status is { } status) sql.Add($" and status = {NameOf(status)}");
        if (query.Priority is { } priority) sql.Add($" and priority = {(long)priority}");
        if (query.OpenedFrom is { } from) sql.Add($" and opened_at >= {from}");
        if (query.OpenedBefore is { } before) sql.Add($" and opened_at < {before}");
    }

    private static SqlWords OrderOf(TicketQuery query, string of) => (query.Order, of) switch
    {
        (TicketOrder.Oldest, "page") => new("page.opened_at, page.number"),
        (TicketOrder.Oldest, _) when IsFew(query) => new("opened_at + 0, number"),
        (TicketOrder.Oldest, _) => new("opened_at, number"),
        (TicketOrder.MostUrgent, "page") => new("page.priority desc, page.number"),
        (TicketOrder.MostUrgent, _) => new("priority desc, number"),
        (_, "page") => new("page.opened_at desc, page.number desc"),
        // What an index holds alone is sorted; walking all tickets in their order for the sake of these few would take a thousand times as long.
        (TicketOrder.Newest, _) when IsFew(query) => new("opened_at + 0 desc, number desc"),
        _ => new("opened_at desc, number desc"),
    };

    private static void GoOn(Sql sql, TicketOrder order, TicketPlace after)
    {
        if (order == TicketOrder.Oldest) sql.Add($" and (opened_at, number) > ({after.OpenedAt}, {after.Number})");
        else if (order == TicketOrder.MostUrgent) sql.Add($" and (priority < {(long)after.Priority} or (priority = {(long)after.Priority} and number > {after.Number}))");
        else sql.Add($" and (opened_at, number) < ({after.OpenedAt}, {after.Number})");
    }

    private static Sql Begin(Sql sql) => sql;
}
