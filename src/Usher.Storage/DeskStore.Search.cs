using System.Data.Common;
using System.Globalization;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    // Behind what is found itself, which the ticket's two columns end.
    private const int FirstCount = 11;

    private const int LeastSteps = 2;

    private static readonly TimeSpan SizeHolds = TimeSpan.FromMinutes(10);

    private KnownSize _sizeOfIndex = new(0, DateTimeOffset.MinValue);

    /// <summary>
    /// What was said with those words, the newest first; at most a page of it, and less where little is found in a time that somebody waits: then it goes on there. Words that must follow upon each other
    /// are only known to be there: whoever has the texts sees to the rest (<see cref="SearchTerms.StandIn"/>).
    /// </summary>
    public async Task<SearchFindings> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var words = query.Terms.WithStems(await StemsAsync(query, cancellationToken));
        IReadOnlyList<SearchTerm> terms = [.. BesideWords(query), .. words.Terms];
        var top = query.Before is { } before ? ArchivePlace.Of(before) : long.MaxValue;
        if (query.After is { } after) top = Math.Min(top, after.Place + 1);
        var bottom = query.From is { } from ? ArchivePlace.Of(from) : 0;
        // Among the newest things hardly any are of one opener.
        var (size, first) = query.Opener is null ? (await SizeOfIndexAsync(cancellationToken), query.LookedAtFirst) : (0, 0);
        var walk = new SearchWalk(query.Limit, terms, size, new Stretch(bottom, top), ArchivePlace.Of(_time.GetUtcNow()), first);
        var found = new List<FoundItem>();
        // A member would have to go through what they may not see to learn where the archive begins, and has few things of their own.
        var (steps, isBeginningKnown) = (0, query.Opener is not null);
        // The first may come to nothing but a place at which more stands than it looks at.
        while (!walk.IsOver && (steps < LeastSteps || _time.GetElapsedTime(began) <= query.Patience))
        {
            var (step, left) = (walk.Next(query.LookedAtNext), query with { Limit = query.Limit - found.Count });
            if (step.IsSample)
            {
                await LookAtNewestAsync(query with { After = null, Limit = 0 }, terms, step, walk, cancellationToken);
            }
            else if (step.Things == 0 && !isBeginningKnown)
            {
                walk.EndAt(await OldestAsync(query.Guild, cancellationToken));
                isBeginningKnown = true;
            }
            else
            {
                found.AddRange(step.Things > 0 ? await LookAtNewestAsync(left, terms, step, walk, cancellationToken) : await SeekAsync(left, terms, step, walk, cancellationToken));
                steps++;
            }
        }
        if (found.Count >= query.Limit) return new SearchFindings(found, words, found[^1].Place);
        return new SearchFindings(found, words, walk.IsOver ? null : new FindingPlace(walk.At, 0, 0, 0));
    }

    // A word that many say stands in every list of the index a hundred thousand times. Among the newest thousand it is found sooner by looking, and how often it is there tells how far back to look for the rest.
    private async Task<IReadOnlyList<FoundItem>> LookAtNewestAsync(SearchQuery query, IReadOnlyList<SearchTerm> terms, SearchStep step, SearchWalk walk, CancellationToken cancellationToken)
    {
        var sql = Begin($"with fitting as materialized (select s.guild_id, s.kind, s.place, s.ticket, s.item, s.author_id");
        AddFits(sql, terms);
        sql.Add($" from search s where s.guild_id = {query.Guild} and s.place >= {step.Stretch.Bottom} and s.place < {step.Stretch.Top}");
        if (query.After is { } after) sql.Add($" and (s.place, s.ticket, s.kind, s.item) < ({after.Place}, {after.Ticket}, {after.Kind}, {after.Item})");
        // Said as it is: a statement that is prepared for any number would be prepared for a tenth of everything.
        sql.AppendLiteral(string.Create(CultureInfo.InvariantCulture, $" order by s.place desc limit {step.Things})"));
        sql.IsWalk = true;
        var (found, fitting) = await FittingAsync(sql, query, terms.Count, cancellationToken);
        var isAll = fitting.Things < step.Things;
        // Of what stands at the lowest place there may be more.
        var sure = isAll ? found : [.. found.Where(item => item.Place.Place > fitting.Lowest)];
        // From the newest thing on: in a guild that is quiet just now as much is said in an hour as ever, when it is not.
        var looked = new Looked(new Stretch(isAll ? step.Stretch.Bottom : fitting.Lowest + 1, fitting.Highest + 1), fitting.Count, sure.Count) { Things = fitting.Things, Each = fitting.Each };
        if (step.IsSample) walk.Learn(looked);
        else walk.Add(looked);
        return sure;
    }

    private async Task<IReadOnlyList<FoundItem>> SeekAsync(SearchQuery query, IReadOnlyList<SearchTerm> terms, SearchStep step, SearchWalk walk, CancellationToken cancellationToken)
    {
        IReadOnlyList<Stretch> parts = step.PartedAt is { } middle ? [step.Stretch with { Bottom = middle }, step.Stretch with { Top = middle }] : [step.Stretch];
        var sought = await Task.WhenAll(parts.Select(part => SeekAsync(query, terms, part, step.Leading, cancellationToken)));
        foreach (var (part, (found, fitting)) in parts.Zip(sought))
            walk.Add(new Looked(part, fitting.Count, found.Count) { ByTokens = step.Leading.Any(term => term.IsBeginning) ? null : fitting.Things });
        return [.. sought.SelectMany(part => part.Found).Take(query.Limit)];
    }

    private Task<(IReadOnlyList<FoundItem> Found, Fitting Fitting)> SeekAsync(
        SearchQuery query, IReadOnlyList<SearchTerm> terms, Stretch stretch, IReadOnlyList<SearchTerm> leading, CancellationToken cancellationToken)
    {
        var sql = Begin($"with fitting as materialized (select s.guild_id, s.kind, s.place, s.ticket, s.item, s.author_id");
        IReadOnlyList<SearchTerm> checkedAfter = [.. terms.Except(leading)];
        AddFits(sql, checkedAfter);
        sql.AppendLiteral(" ");
        _readers.Dialect.AddSearch(sql, SearchTokens.PeriodsOf(query.Guild, stretch), SearchTokens.DaysOf(query.Guild, stretch), leading);
        // The words lead; by its place alone everything that was ever said would be read.
        sql.Add($" and s.guild_id = {query.Guild} and s.place + 0 >= {stretch.Bottom} and s.place + 0 < {stretch.Top}");
        if (query.After is { } after) sql.Add($" and (s.place + 0, s.ticket, s.kind, s.item) < ({after.Place}, {after.Ticket}, {after.Kind}, {after.Item})");
        sql.AppendLiteral(")");
        return FittingAsync(sql, query, checkedAfter.Count, cancellationToken);
    }

    private void AddFits(Sql sql, IReadOnlyList<SearchTerm> terms)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            sql.AppendLiteral(", ");
            _readers.Dialect.AddFits(sql, terms[i]);
            sql.AppendLiteral(" as " + Fits(i));
        }
    }

    private static string Fits(int term) => "fits_" + term.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<SearchTerm> BesideWords(SearchQuery query)
    {
        if (query.Author is { } author) yield return SearchTerm.Beside(SearchTokens.OfAuthor(author));
        if (query.Opener is { } opener) yield return SearchTerm.Beside(SearchTokens.OfOpener(opener));
        if (query.Department is { } department) yield return SearchTerm.Beside(SearchTokens.OfDepartment(department));
        if (query.Within is not { } departments) yield break;
        // Staff may see these, and their own wherever they are.
        List<string> seen = [.. departments.Select(SearchTokens.OfDepartment)];
        if (query.Self is { } self) seen.Add(SearchTokens.OfOpener(self));
        if (seen.Count > 0) yield return SearchTerm.BesideAnyOf(seen);
    }

    private Task<long> OldestAsync(GuildId guild, CancellationToken cancellationToken) =>
        FindAsync($"select place from search where guild_id = {guild} order by place limit 1", row => row.GetInt64(0), cancellationToken);

    private async Task<long> SizeOfIndexAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (now - _sizeOfIndex.At < SizeHolds) return _sizeOfIndex.Things;
        var things = await FindAsync(_readers.Dialect.SizeOfIndex, row => row.GetInt64(0), cancellationToken);
        _sizeOfIndex = new KnownSize(things, now);
        return things;
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
    private async Task<(IReadOnlyList<FoundItem> Found, Fitting Fitting)> FittingAsync(Sql sql, SearchQuery query, int terms, CancellationToken cancellationToken)
    {
        var each = Enumerable.Range(0, terms).Select(Fits).ToList();
        var all = each.Count == 0 ? "1 = 1" : string.Join(" and ", each);
        sql.Add($" select c.things, c.lowest, c.highest, f.kind, f.place, f.ticket, f.item, f.author_id, m.payload, {TicketColumns}, c.fitting");
        foreach (var fits in each) sql.AppendLiteral(", c." + fits);
        sql.AppendLiteral($"\nfrom (select count(*) as things, min(place) as lowest, max(place) as highest, count(case when {all} then 1 end) as fitting");
        foreach (var fits in each) sql.AppendLiteral($", count(case when {fits} then 1 end) as {fits}");
        sql.AppendLiteral($" from fitting) c left join (select * from fitting s where {all}");
        NarrowTickets(sql, query);
        sql.Add(
            $"""
             order by s.place desc, s.ticket desc, s.kind desc, s.item desc limit {(long)query.Limit}) f on 1 = 1
            left join tickets on tickets.guild_id = f.guild_id and tickets.number = f.ticket
            left join messages m on f.kind = {(long)FindingKind.Message} and m.guild_id = f.guild_id and m.ticket = f.ticket and m.id = f.item
            order by f.place desc, f.ticket desc, f.kind desc, f.item desc
            """);
        var rows = await ListAsync(sql, row => (Fitting: ReadFitting(row, terms), Item: row.IsDBNull(3) || row.IsDBNull(9) ? null : ReadFinding(row, 3)), cancellationToken);
        return ([.. rows.Select(row => row.Item).OfType<FoundItem>()], rows[0].Fitting);
    }

    private static Fitting ReadFitting(DbDataReader row, int terms) => new(
        row.GetInt64(0), row.NumberOrNull(1) ?? 0, row.NumberOrNull(2) ?? 0, row.GetInt64(FirstCount), [.. Enumerable.Range(FirstCount + 1, terms).Select(row.GetInt64)]);

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

    private sealed record KnownSize(long Things, DateTimeOffset At);

    // What was looked at: how much, from where to where, how much of it fits, and how much fits each of what was compared.
    private sealed record Fitting(long Things, long Lowest, long Highest, long Count, IReadOnlyList<long> Each);
}
