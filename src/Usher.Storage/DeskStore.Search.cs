using System.Data.Common;
using System.Globalization;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>
    /// What was said with those words, the newest first; at most a page of it, and less where little is found in a time that somebody waits: then it goes on there. Words that must follow upon each other
    /// are only known to be there: whoever has the texts sees to the rest (<see cref="SearchTerms.StandIn"/>).
    /// </summary>
    public async Task<SearchFindings> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var terms = query.Terms.WithStems(await StemsAsync(query, cancellationToken));
        var top = query.Before is { } before ? ArchivePlace.Of(before) : long.MaxValue;
        if (query.After is { } after) top = Math.Min(top, after.Place + 1);
        var whole = new Stretch(query.From is { } from ? ArchivePlace.Of(from) : 0, top);
        var walk = new SearchWalk(query.Limit, whole.Bottom);
        var found = new List<FoundItem>();
        // What one person opened is little enough.
        if (query.Opener is not null) found.AddRange((await LookAsync(query, terms, whole, [SearchTokens.OfGuild(query.Guild)], cancellationToken)).Found);
        else found.AddRange(await LookAtNewestAsync(query, terms, whole, query.LookedAtFirst, walk, cancellationToken));
        for (var isFirst = true; query.Opener is null && !walk.IsOver && (isFirst || _time.GetElapsedTime(began) <= query.Patience); isFirst = false)
        {
            var left = query with { Limit = query.Limit - found.Count };
            if (isFirst && walk.ThingsLeft <= query.LookedAtNext) found.AddRange(await LookAtNewestAsync(left, terms, whole with { Top = walk.At }, query.LookedAtNext, walk, cancellationToken));
            else found.AddRange(await SeekAsync(left, terms, walk, cancellationToken));
        }
        if (found.Count >= query.Limit) return new SearchFindings(found, terms, found[^1].Place);
        return new SearchFindings(found, terms, query.Opener is not null || walk.IsOver ? null : new FindingPlace(walk.At, 0, 0, 0));
    }

    private async Task<IReadOnlyList<FoundItem>> SeekAsync(SearchQuery query, SearchTerms terms, SearchWalk walk, CancellationToken cancellationToken)
    {
        var stretch = walk.Next();
        var (found, fitting) = await LookAsync(query, terms, stretch, SearchTokens.Of(query.Guild, stretch), cancellationToken);
        walk.Add(new Looked(stretch, fitting, found.Count));
        return found;
    }

    // A word that many say stands in every list of the index a hundred thousand times. Among the newest thousand it is found sooner by looking, and how often it is there tells how far back to look for the rest.
    private async Task<IReadOnlyList<FoundItem>> LookAtNewestAsync(SearchQuery query, SearchTerms terms, Stretch whole, int most, SearchWalk walk, CancellationToken cancellationToken)
    {
        var sql = Begin($"with fitting as materialized (select s.guild_id, s.kind, s.place, s.ticket, s.item, s.author_id, ");
        _readers.Dialect.AddFits(sql, terms, PeopleIn(query));
        sql.Add($" as fits from search s where s.guild_id = {query.Guild} and s.place >= {whole.Bottom} and s.place < {whole.Top}");
        if (query.After is { } after) sql.Add($" and (s.place, s.ticket, s.kind, s.item) < ({after.Place}, {after.Ticket}, {after.Kind}, {after.Item})");
        // Said as it is: a statement that is prepared for any number would be prepared for a tenth of everything.
        sql.AppendLiteral(string.Create(CultureInfo.InvariantCulture, $" order by s.place desc limit {most})"));
        sql.IsWalk = true;
        var (found, fitting, looked, lowest, highest) = await FittingAsync(sql, query, cancellationToken);
        var isAll = looked < most;
        // Of what stands at the lowest place there may be more.
        var sure = isAll ? found : [.. found.Where(item => item.Place.Place > lowest)];
        // From the newest thing on: in a guild that is quiet just now as much is said in an hour as ever, when it is not.
        walk.Add(new Looked(new Stretch(isAll ? whole.Bottom : lowest + 1, highest + 1), fitting, sure.Count, looked));
        return sure;
    }

    private async Task<(IReadOnlyList<FoundItem> Found, long Fitting)> LookAsync(SearchQuery query, SearchTerms terms, Stretch stretch, IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        var sql = Begin($"with fitting as materialized (select s.guild_id, s.kind, s.place, s.ticket, s.item, s.author_id, 1 = 1 as fits ");
        _readers.Dialect.AddSearch(sql, terms, [tokens, .. PeopleIn(query).Select(person => (IReadOnlyList<string>)[person])]);
        // The words lead; by its place alone everything that was ever said would be read.
        sql.Add($" and s.guild_id = {query.Guild} and s.place + 0 >= {stretch.Bottom} and s.place + 0 < {stretch.Top}");
        if (query.After is { } after) sql.Add($" and (s.place + 0, s.ticket, s.kind, s.item) < ({after.Place}, {after.Ticket}, {after.Kind}, {after.Item})");
        sql.AppendLiteral(")");
        var (found, fitting, _, _, _) = await FittingAsync(sql, query, cancellationToken);
        return (found, fitting);
    }

    private static List<string> PeopleIn(SearchQuery query)
    {
        var people = new List<string>();
        if (query.Author is { } author) people.Add(SearchTokens.OfAuthor(author));
        if (query.Opener is { } opener) people.Add(SearchTokens.OfOpener(opener));
        return people;
    }

    private async Task<IReadOnlyDictionary<string, string>> StemsAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = string.Join(' ', query.Terms.Terms.Where(term => !term.IsPair).Select(term => term.Text));
        if (words.Length == 0 || _readers.Dialect.StemsOf(words, LanguageOf(query.Guild)) is not { } sql) return stems;
        foreach (var (word, stem) in await ListAsync(sql, row => (row.GetString(0), row.GetString(1)), cancellationToken)) stems[word] = stem;
        return stems;
    }

    // The page is chosen before anything long is read for it.
    private async Task<(List<FoundItem> Found, long Fitting, long Looked, long Lowest, long Highest)> FittingAsync(Sql sql, SearchQuery query, CancellationToken cancellationToken)
    {
        sql.Add(
            $"""
             select c.looked, c.fitting, c.lowest, c.highest, f.kind, f.place, f.ticket, f.item, f.author_id, m.payload, {TicketColumns}
            from (select count(*) as looked, count(case when fits then 1 end) as fitting, min(place) as lowest, max(place) as highest from fitting) c
            left join (select * from fitting s where s.fits
            """);
        NarrowTickets(sql, query);
        sql.Add(
            $"""
             order by s.place desc, s.ticket desc, s.kind desc, s.item desc limit {(long)query.Limit}) f on 1 = 1
            left join tickets on tickets.guild_id = f.guild_id and tickets.number = f.ticket
            left join messages m on f.kind = {(long)FindingKind.Message} and m.guild_id = f.guild_id and m.ticket = f.ticket and m.id = f.item
            order by f.place desc, f.ticket desc, f.kind desc, f.item desc
            """);
        var rows = await ListAsync(
            sql,
            row => (Looked: row.GetInt64(0), Fitting: row.GetInt64(1), Lowest: row.IsDBNull(2) ? 0 : row.GetInt64(2), Highest: row.IsDBNull(3) ? 0 : row.GetInt64(3), Item: row.IsDBNull(4) || row.IsDBNull(10) ? null : ReadFinding(row, 4)),
            cancellationToken);
        return ([.. rows.Select(row => row.Item).OfType<FoundItem>()], rows[0].Fitting, rows[0].Looked, rows[0].Lowest, rows[0].Highest);
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

    private static FoundItem ReadFinding(DbDataReader row, int first)
    {
        var kind = (FindingKind)row.GetInt64(first);
        var place = new FindingPlace(row.GetInt64(first + 1), row.GetInt64(first + 2), (long)kind, row.GetInt64(first + 3));
        var ticket = ReadTicket(row, first + 6);
        var words = kind switch
        {
            FindingKind.Ticket => TicketWords.Of(ticket),
            FindingKind.Note => place.Item < ticket.Notes.Count ? ticket.Notes[(int)place.Item].Text : "",
            _ => null,
        };
        return new FoundItem(kind, place, ArchivePlace.TimeOf(place.Place), row.Id<UserId>(first + 4), ticket, row.IsDBNull(first + 5) ? null : row.Utf8(first + 5), words);
    }
}
