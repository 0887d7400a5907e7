using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>What was measured, for staff of their departments and for managers of all.</summary>
internal static class StatisticsRoutes
{
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(3660);

    // A table longer than this nobody reads.
    private const int MostParts = 400;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/tickets/stats", "getStatistics", Scopes.Read, "Counts tickets and says how long they took: staff those of their departments, managers all. For staff.", ApiJson.Default.StatisticsView, CountAsync)
        {
            Query = [From, Until],
        },
        new("GET", "/api/statistics", "getFigures", Scopes.Read, "Says how long who waited for whom, by department, person and time. For staff.", ApiJson.Default.PeriodView, FiguresAsync)
        {
            Query =
            [
                From, Until,
                new("by", "Also in parts of that length; at most 400 of them.", "day", "week", "month"),
                new("department", "Only in this department: its key."),
            ],
            Group = "Statistics",
        },
    ];

    private static ApiParameter From => new("from", "The beginning of the period; 30 days before its end when not said.");

    private static ApiParameter Until => new("until", "Its end; now when not said.");

    private static async Task<ApiAnswer> CountAsync(ApiCall call)
    {
        var period = Read(call, department: null);
        var statistics = await call.Store.StatisticsAsync(call.Caller.Guild, period.Within, period.From, period.Until, call.Stop);
        var kpis = Kpis.Of(statistics, call.Caller.Settings).Select(Told).ToList();
        var (first, resolution) = (SpreadView.Of(statistics.Of(MeasureKind.FirstResponse)), SpreadView.Of(statistics.Of(MeasureKind.Closed)));
        var view = new StatisticsView(
            statistics.From, statistics.Until, statistics.Totals.Values.Sum(), statistics.OpenNow(static _ => true), statistics.OpenNow(static open => !open.IsClaimed),
            statistics.OpenNow(static open => open.Priority == Priority.Critical),
            Priorities.Names.ToDictionary(name => name, name => statistics.OpenNow(open => open.Priority == Priorities.Named(name))),
            statistics.Totals.Keys.Concat(statistics.Open.Select(open => open.Department)).Distinct().Order(StringComparer.Ordinal)
                .ToDictionary(key => key, key => new DepartmentCount(statistics.Totals.GetValueOrDefault(key), statistics.OpenNow(open => open.Department == key))),
            statistics.Of(MeasureKind.Opened).Count, resolution.Count + statistics.Of(MeasureKind.Cancelled).Count, resolution.MeanSeconds, first.Count, first.MeanSeconds,
            first, SpreadView.Of(statistics.Of(MeasureKind.NextResponse)), SpreadView.Of(statistics.Of(MeasureKind.OpenerResponse)), resolution, kpis);
        return ApiAnswer.Of(view, ApiJson.Default.StatisticsView);
    }

    private static async Task<ApiAnswer> FiguresAsync(ApiCall call)
    {
        var (period, settings) = (Read(call, call.Query("department")), call.Caller.Settings);
        var (ends, guild) = (EndsOfParts(period, call), settings.Guild);
        var reading = call.Store.StatisticsAsync(guild, period.Within, period.From, period.Until, call.Stop);
        var readingDays = ends is null ? Task.FromResult<IReadOnlyList<Figure>>([]) : call.Store.FiguresByDayAsync(guild, period.Within, period.From, period.Until, call.Stop);
        await Task.WhenAll(reading, readingDays);
        var (statistics, days) = (await reading, await readingDays);
        var departments = statistics.Departments.Select(key => new DepartmentFigures(
            key, settings.Department(key)?.Name, statistics.OpenNow(open => open.Department == key), Seconds(Kpis.FirstResponseOf(key, settings)),
            Kpis.ResolutionOf(key, settings) is { } target ? Seconds(target) : null, CountsView.Of(kind => statistics.Of(kind, key))));
        var people = statistics.People(call.Host.Guilds.Self).Select(person => new PersonFigures(
            person.ToString(), statistics.Of(MeasureKind.Claimed, person).Count, statistics.Of(MeasureKind.Closed, person).Count, Spread(MeasureKind.FirstResponse, person),
            Spread(MeasureKind.NextResponse, person), Spread(MeasureKind.OpenerResponse, person), Spread(MeasureKind.Closed, person),
            SatisfactionView.Of(Satisfaction.Of(kind => statistics.Of(kind, person)))));
        var parts = ends is null ? null : statistics.Parts(ends, days).Select(part => new PartFigures(part.From, part.Until, CountsView.Of(part.Of))).ToList();
        var view = new PeriodView(
            statistics.From, statistics.Until, [.. Kpis.Of(statistics, settings).Select(Told)], CountsView.Of(statistics.Of), [.. departments], [.. people], parts);
        return ApiAnswer.Of(view, ApiJson.Default.PeriodView);

        SpreadView Spread(MeasureKind kind, UserId person) => SpreadView.Of(statistics.Of(kind, person));
    }

    private static Period Read(ApiCall call, string? department)
    {
        var caller = call.Caller;
        if (!caller.IsStaff) throw new Problem(403, "access.denied", "Statistics are for staff.").AsException();
        var until = ListQuery.MomentIn(call, "until") ?? call.Host.Time.GetUtcNow();
        var from = ListQuery.MomentIn(call, "from") ?? until - UsualPeriod;
        if (from >= until) throw ApiCall.Faulty("from", "is not before until");
        if (until - from > LongestPeriod) throw ApiCall.Faulty("from", "is more than ten years before until");
        // Of a department that is not theirs they see what there is of one that does not exist.
        return new Period(from, until, department is null ? caller.Departments : caller.Departments is { } own && !own.Contains(department) ? [] : (ValueList<string>?)[department]);
    }

    private static IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)>? EndsOfParts(Period period, ApiCall call)
    {
        if (call.Query("by") is not { } length) return null;
        var parts = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        for (var from = period.From; from < period.Until;)
        {
            if (parts.Count == MostParts) throw ApiCall.Faulty("by", "makes more than 400 parts of this period");
            var next = NextAfter(from.UtcDateTime.Date, length);
            var until = next < period.Until ? next : period.Until;
            parts.Add((from, until));
            from = until;
        }
        return parts;
    }

    private static DateTimeOffset NextAfter(DateTime day, string length) => new(
        length switch
        {
            "day" => day.AddDays(1),
            "week" => day.AddDays(7 - ((int)day.DayOfWeek + 6) % 7),
            "month" => new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1),
            _ => throw ApiCall.Faulty("by", "is none of day, week, month"),
        },
        TimeSpan.Zero);

    private static KpiView Told(Kpi kpi) => new(kpi.Name, kpi.Value, kpi.Target, kpi.IsMet);

    private static long Seconds(TimeSpan time) => (long)Math.Round(time.TotalSeconds);

    // The departments that the caller may see of those that were asked for; null for all.
    private sealed record Period(DateTimeOffset From, DateTimeOffset Until, ValueList<string>? Within);
}
