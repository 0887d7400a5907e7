using System.Data.Common;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>
    /// What was said with those words, the newest first; at most a page of it. Words that must follow upon each other are only known to be there: whoever has the texts sees to the
    /// rest (<see cref="SearchTerms.StandIn"/>).
    /// </summary>
    public async Task<(IReadOnlyList<FoundItem> Found, SearchTerms Terms)> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var terms = query.Terms.WithStems(await StemsAsync(query, cancellationToken));
        var found = new List<FoundItem>();
        var below = query.Before is { } before ? ArchivePlace.Of(before) : long.MaxValue;
        var from = query.From is { } since ? ArchivePlace.Of(since) : 0;
        foreach (var window in WindowsOf(query, Math.Min(below, query.After is { } after ? after.Place + 1 : long.MaxValue)))
        {
            if (window.Bottom < below)
            {
                var sql = StatementOf(query, terms, window.Tokens, Math.Max(window.Bottom, from), below, query.Limit - found.Count);
                found.AddRange(await ListAsync(sql, ReadFinding, cancellationToken));
            }
            below = Math.Min(below, window.Bottom);
            if (found.Count >= query.Limit || below <= from) break;
        }
        return (found, terms);
    }

    // A word that many say would be found a hundred thousand times, and all of it had to be sorted for one page. What was said lately nearly always fills it: days, then months, then
    // everything. A rare word costs two looks more, at short lists.
    private IEnumerable<(long Bottom, IReadOnlyList<string> Tokens)> WindowsOf(SearchQuery query, long below)
    {
        var guild = query.Guild;
        // What one person opened is little enough.
        if (query.Opener is null)
        {
            var newest = Math.Min(below, ArchivePlace.Of(_time.GetUtcNow().AddDays(1)));
            var (day, month) = (SearchTokens.DayAt(newest), SearchTokens.MonthAt(newest));
            if (day >= 2)
            {
                yield return (SearchTokens.BeginningOfDay(day - 2), [SearchTokens.OfDay(guild, day), SearchTokens.OfDay(guild, day - 1), SearchTokens.OfDay(guild, day - 2)]);
                yield return (SearchTokens.BeginningOfMonth(month - 1), [SearchTokens.OfMonth(guild, month), SearchTokens.OfMonth(guild, month - 1)]);
            }
        }
        yield return (0, [SearchTokens.OfGuild(guild)]);
    }

    private async Task<IReadOnlyDictionary<string, string>> StemsAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = string.Join(' ', query.Terms.Terms.Where(term => !term.IsPair).Select(term => term.Text));
        if (words.Length == 0 || _readers.Dialect.StemsOf(words, LanguageOf(query.Guild)) is not { } sql) return stems;
        foreach (var (word, stem) in await ListAsync(sql, row => (row.GetString(0), row.GetString(1)), cancellationToken)) stems[word] = stem;
        return stems;
    }

    private Sql StatementOf(SearchQuery query, SearchTerms terms, IReadOnlyList<string> within, long from, long below, int limit)
    {
        var people = new List<string>();
        if (query.Author is { } author) people.Add(SearchTokens.OfAuthor(author));
        if (query.Opener is { } opener) people.Add(SearchTokens.OfOpener(opener));
        // The page is chosen before anything long is read for it.
        var sql = Begin($"select f.kind, f.place, f.ticket, f.item, f.author_id, m.payload, {TicketColumns} from (select s.guild_id, s.kind, s.place, s.ticket, s.item, s.author_id ");
        _readers.Dialect.AddSearch(sql, terms, [within, .. people.Select(person => (IReadOnlyList<string>)[person])]);
        sql.Add($" and s.guild_id = {query.Guild} and s.place >= {from} and s.place < {below}");
        if (query.After is { } after) sql.Add($" and (s.place, s.ticket, s.kind, s.item) < ({after.Place}, {after.Ticket}, {after.Kind}, {after.Item})");
        NarrowTickets(sql, query);
        sql.Add(
            $"""
             order by s.place desc, s.ticket desc, s.kind desc, s.item desc limit {limit}) f
            join tickets on tickets.guild_id = f.guild_id and tickets.number = f.ticket
            left join messages m on f.kind = {(long)FindingKind.Message} and m.guild_id = f.guild_id and m.ticket = f.ticket and m.id = f.item
            order by f.place desc, f.ticket desc, f.kind desc, f.item desc
            """);
        return sql;
    }

    private static void NarrowTickets(Sql sql, SearchQuery query)
    {
        if (!query.WithNotes) sql.Add($" and s.kind <> {(long)FindingKind.Note}");
        if (query.Opener is { } opener) sql.Add($" and exists (select 1 from tickets t where t.guild_id = s.guild_id and t.number = s.ticket and t.opener_id = {opener})");
        if (query.Within is null && query.Department is null && query.IsOpen is null && query.Status is null) return;
        sql.Add($" and exists (select 1 from tickets t where t.guild_id = s.guild_id and t.number = s.ticket");
        if (query.Department is { } department) sql.Add($" and t.department = {department}");
        if (query.IsOpen is { } open) sql.AppendLiteral(open ? " and t.slot is not null" : " and t.slot is null");
        if (query.Status is { } status) sql.Add($" and t.status = {NameOf(status)}");
        if (query.Within is { } departments)
        {
            sql.AppendLiteral(" and (");
            AddAnyOf(sql, departments);
            // Whose own ticket it is reads its messages, and none of its notes.
            if (query.Self is { } self) sql.Add($" or (t.opener_id = {self} and s.kind <> {(long)FindingKind.Note})");
            sql.AppendLiteral(")");
        }
        sql.AppendLiteral(")");
    }

    private static void AddAnyOf(Sql sql, ValueList<string> departments)
    {
        sql.AppendLiteral("t.department in (");
        for (var i = 0; i < departments.Count; i++)
        {
            if (i > 0) sql.AppendLiteral(", ");
            sql.AppendFormatted(departments[i]);
        }
        sql.AppendLiteral(departments.Count == 0 ? "null)" : ")");
    }

    private static FoundItem ReadFinding(DbDataReader row)
    {
        var kind = (FindingKind)row.GetInt64(0);
        var place = new FindingPlace(row.GetInt64(1), row.GetInt64(2), (long)kind, row.GetInt64(3));
        var ticket = ReadTicket(row, 6);
        var words = kind switch
        {
            FindingKind.Ticket => TicketWords.Of(ticket),
            FindingKind.Note => place.Item < ticket.Notes.Count ? ticket.Notes[(int)place.Item].Text : "",
            _ => null,
        };
        return new FoundItem(kind, place, ArchivePlace.TimeOf(place.Place), row.Id<UserId>(4), ticket, row.IsDBNull(5) ? null : row.Utf8(5), words);
    }
}
