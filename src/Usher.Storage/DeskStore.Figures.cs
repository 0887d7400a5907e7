using System.Data.Common;
using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Storage;

// Statistics: written with the facts that they come of, so that no question has to go through a year of tickets.
public sealed partial class DeskStore
{
    private const long DayLength = 24L * 60 * 60 * 1000;

    private static readonly Dictionary<MeasureKind, string> NamesOfKinds = new()
    {
        [MeasureKind.Opened] = "opened",
        [MeasureKind.FirstResponse] = "first_response",
        [MeasureKind.NextResponse] = "next_response",
        [MeasureKind.OpenerResponse] = "opener_response",
        [MeasureKind.Claimed] = "claimed",
        [MeasureKind.Closed] = "closed",
        [MeasureKind.Cancelled] = "cancelled",
        [MeasureKind.Reopened] = "reopened",
        [MeasureKind.Left] = "left",
        [MeasureKind.Arrived] = "arrived",
        [MeasureKind.Rated1] = "rated_1",
        [MeasureKind.Rated2] = "rated_2",
        [MeasureKind.Rated3] = "rated_3",
        [MeasureKind.Rated4] = "rated_4",
        [MeasureKind.Rated5] = "rated_5",
    };

    private static readonly Dictionary<string, MeasureKind> KindsByName = NamesOfKinds.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>What was measured in a period, and what is open now.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="within">Only in these departments; null for all.</param>
    /// <param name="from">The beginning of the period.</param>
    /// <param name="until">Its end, which is not in it any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Statistics> StatisticsAsync(GuildId guild, ValueList<string>? within, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (open, totals, figures) = (OpenCountsAsync(guild, within, cancellationToken), TotalsAsync(guild, within, cancellationToken), FiguresAsync(guild, within, from, until, byDay: false, cancellationToken));
        return new Statistics(from, until, await figures, await open, await totals);
    }

    /// <summary>What was measured on each day of a period, or on the part of a day with which it begins or ends, by all people together.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="within">Only in these departments; null for all.</param>
    /// <param name="from">The beginning of the period.</param>
    /// <param name="until">Its end, which is not in it any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Figure>> FiguresByDayAsync(GuildId guild, ValueList<string>? within, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        FiguresAsync(guild, within, from, until, byDay: true, cancellationToken);

    private async Task<IReadOnlyList<Figure>> FiguresAsync(GuildId guild, ValueList<string>? within, DateTimeOffset from, DateTimeOffset until, bool byDay, CancellationToken cancellationToken)
    {
        var figures = new List<Task<IReadOnlyList<Figure>>>();
        var (first, last) = (FirstWholeDay(from), DayNumber(until));
        if (first < last)
        {
            foreach (var stretch in FigureStretch.Of(first, last, await AddedUpAsync(guild, first, last, cancellationToken))) figures.Add(CountedAsync(guild, within, stretch, byDay, cancellationToken));
            figures.Add(MeasuredAsync(guild, within, from, StartOf(first), cancellationToken));
            figures.Add(MeasuredAsync(guild, within, StartOf(last), until, cancellationToken));
        }
        else
        {
            figures.Add(MeasuredAsync(guild, within, from, until, cancellationToken));
        }
        return [.. (await Task.WhenAll(figures)).SelectMany(some => some)];
    }

    // The database puts together what need not be told apart: fewer rows are sent than are read.
    private Task<IReadOnlyList<Figure>> CountedAsync(GuildId guild, ValueList<string>? within, FigureStretch stretch, bool byDay, CancellationToken cancellationToken)
    {
        var (length, first, end) = stretch;
        var together = _readers.Dialect.Joined("durations");
        var sql = (stretch.IsOfSpans, byDay) switch
        {
            (true, true) => Begin($"select day, kind, department, cast(0 as bigint), times, total, durations from figures_by_day where guild_id = {guild} and day >= {first} and day < {end}"),
            (true, false) => Begin($"select first_day, kind, department, person_id, times, total, durations from figures_by_span where guild_id = {guild} and days = {length} and first_day >= {first} and first_day < {end}"),
            (false, true) => Begin($"select day, kind, department, cast(0 as bigint), cast(sum(times) as bigint), cast(sum(total) as bigint), {together} from figures where guild_id = {guild} and day >= {first} and day < {end}"),
            (false, false) => Begin($"select {first}, kind, department, person_id, cast(sum(times) as bigint), cast(sum(total) as bigint), {together} from figures where guild_id = {guild} and day >= {first} and day < {end}"),
        };
        if (within is { } some) sql.AddAmong(some);
        if (!stretch.IsOfSpans) sql.AppendLiteral(byDay ? " group by day, kind, department" : " group by kind, department, person_id");
        return ListAsync(sql, ReadFigure, cancellationToken);
    }

    // The days at the ends of a period, of which it has a part: moment by moment.
    private async Task<IReadOnlyList<Figure>> MeasuredAsync(GuildId guild, ValueList<string>? within, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (from >= until) return [];
        var sql = Begin($"select at, kind, department, person_id, took from measures where guild_id = {guild} and at >= {from} and at < {until}");
        if (within is { } some) sql.AddAmong(some);
        return await ListAsync(sql, ReadMeasure, cancellationToken);
    }

    private Task<IReadOnlyList<OpenCount>> OpenCountsAsync(GuildId guild, ValueList<string>? within, CancellationToken cancellationToken)
    {
        var sql = Begin($"select department, claimed_by is not null, priority, count(*) from tickets where guild_id = {guild} and slot is not null");
        if (within is { } some) sql.AddAmong(some);
        sql.Add($" group by 1, 2, 3");
        return ListAsync(sql, row => new OpenCount(row.GetString(0), row.GetBoolean(1), (Priority)row.GetInt64(2), row.GetInt64(3)), cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, long>> TotalsAsync(GuildId guild, ValueList<string>? within, CancellationToken cancellationToken)
    {
        var sql = Begin($"select department, tickets from ticket_totals where guild_id = {guild} and tickets > 0");
        if (within is { } some) sql.AddAmong(some);
        var totals = await ListAsync(sql, row => (Department: row.GetString(0), Tickets: row.GetInt64(1)), cancellationToken);
        return totals.ToDictionary(total => total.Department, total => total.Tickets, StringComparer.Ordinal);
    }

    /// <summary>Writes what a fact adds to the statistics.</summary>
    private static async Task MeasureAsync(StoreConnection db, Commit commit, long factId, ValueList<Measure> measures)
    {
        await MeasureAsync(db, commit.Guild, commit.After!.Number, factId, measures);
        await ReopenSpansAsync(db, commit.Guild, commit.At, measures);
    }

    /// <summary>The same for a database whose days nobody has added up yet.</summary>
    internal static async Task MeasureAsync(StoreConnection db, GuildId guild, long number, long factId, ValueList<Measure> measures)
    {
        foreach (var measure in measures)
        {
            var kind = NamesOfKinds[measure.Kind];
            long? took = measure.Took is { } time ? (long)time.TotalMilliseconds : null;
            var durations = measure.Took is { } length ? Durations.Write(length) : "";
            var day = DayNumber(measure.At);
            if (measure.Undone)
            {
                await db.PutAsync($"delete from measures where guild_id = {guild} and ticket = {number} and kind = {kind} and at = {measure.At}");
                await db.PutAsync(
                    $"""
                    update figures set times = times - 1
                    where guild_id = {guild} and day = {day} and kind = {kind} and department = {measure.Department} and person_id = {measure.Person}
                    """);
                continue;
            }
            await db.PutAsync(
                $"""
                insert into measures (guild_id, ticket, fact_id, kind, department, person_id, at, took)
                values ({guild}, {number}, {factId}, {kind}, {measure.Department}, {measure.Person}, {measure.At}, {took})
                """);
            await db.PutAsync(
                $"""
                insert into figures (guild_id, day, kind, department, person_id, times, total, durations)
                values ({guild}, {day}, {kind}, {measure.Department}, {measure.Person}, 1, {took ?? 0}, {durations})
                on conflict (guild_id, day, kind, department, person_id) do update
                  set times = figures.times + 1, total = figures.total + excluded.total, durations = figures.durations || excluded.durations
                """);
            if (Adds(measure.Kind) is var adds && adds != 0)
            {
                await db.PutAsync(
                    $"""
                    insert into ticket_totals (guild_id, department, tickets) values ({guild}, {measure.Department}, {adds})
                    on conflict (guild_id, department) do update set tickets = ticket_totals.tickets + excluded.tickets
                    """);
            }
        }
    }

    private static long Adds(MeasureKind kind) => kind switch
    {
        MeasureKind.Opened or MeasureKind.Arrived => 1,
        MeasureKind.Left => -1,
        _ => 0,
    };

    private static long FirstWholeDay(DateTimeOffset from) => (from.ToUnixTimeMilliseconds() + DayLength - 1) / DayLength;

    private static long DayNumber(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / DayLength;

    private static DateTimeOffset StartOf(long day) => DateTimeOffset.FromUnixTimeMilliseconds(day * DayLength);

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private static Figure ReadFigure(DbDataReader row) => new(
        DayOf(StartOf(row.GetInt64(0))), KindsByName[row.GetString(1)], row.GetString(2), row.Id<UserId>(3), row.GetInt64(4), TimeSpan.FromMilliseconds(row.GetInt64(5)), row.GetString(6));

    private static Figure ReadMeasure(DbDataReader row)
    {
        var took = row.NumberOrNull(4) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        return new Figure(
            DayOf(row.Instant(0)), KindsByName[row.GetString(1)], row.GetString(2), row.Id<UserId>(3), 1, took ?? TimeSpan.Zero, took is { } length ? Durations.Write(length) : "");
    }
}
