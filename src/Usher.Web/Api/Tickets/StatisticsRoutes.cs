using Usher.Desk.Tickets;
using Usher.Storage;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>How many tickets there are, and how long they took.</summary>
/// <param name="From">The beginning of the period.</param>
/// <param name="Until">Its end.</param>
/// <param name="Total">All tickets that there ever were.</param>
/// <param name="Open">Those that are worked on now.</param>
/// <param name="Unassigned">Those of them that nobody has.</param>
/// <param name="OpenCritical">Those of them that cannot wait.</param>
/// <param name="OpenByPriority">Those of them by priority.</param>
/// <param name="ByDepartment">All of them by department.</param>
/// <param name="OpenedInPeriod">How many were opened in the period.</param>
/// <param name="ClosedInPeriod">How many were closed in it.</param>
/// <param name="MeanResolutionSeconds">How long those took from opening to closing; null when there are none.</param>
/// <param name="AnsweredInPeriod">How many of those opened in it staff has answered.</param>
/// <param name="MeanFirstResponseSeconds">How long their first answers took; null when there are none.</param>
internal sealed record StatisticsView(
    DateTimeOffset From, DateTimeOffset Until, long Total, long Open, long Unassigned, long OpenCritical, IReadOnlyDictionary<string, long> OpenByPriority,
    IReadOnlyDictionary<string, DepartmentCount> ByDepartment, long OpenedInPeriod, long ClosedInPeriod, long? MeanResolutionSeconds, long AnsweredInPeriod, long? MeanFirstResponseSeconds);

/// <summary>How many tickets a department has.</summary>
/// <param name="Total">All that there ever were.</param>
/// <param name="Open">Those that are worked on now.</param>
internal sealed record DepartmentCount(long Total, long Open);

internal static class StatisticsRoutes
{
    private static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(30);

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/tickets/stats", "getStatistics", Scopes.Read, "Counts tickets and says how long they took: staff those of their departments, managers all. For staff.", ApiJson.Default.StatisticsView, CountAsync)
        {
            Query = [new("from", "The beginning of the period; 30 days before its end when not said."), new("until", "Its end; now when not said.")],
        },
    ];

    private static async Task<ApiAnswer> CountAsync(ApiCall call)
    {
        var caller = call.Caller;
        if (!caller.IsStaff) throw new Problem(403, "access.denied", "Statistics are for staff.").AsException();
        var until = ListQuery.MomentIn(call, "until") ?? call.Host.Time.GetUtcNow();
        var from = ListQuery.MomentIn(call, "from") ?? until - UsualPeriod;
        if (from >= until) throw ApiCall.Faulty("from", "is not before until");
        var counts = await call.Host.Store.CountTicketsAsync(caller.Guild, caller.Departments, call.Stop);
        var times = await call.Host.Store.TicketTimesAsync(caller.Guild, caller.Departments, from, until, call.Stop);
        return ApiAnswer.Of(Told(from, until, counts, times), ApiJson.Default.StatisticsView);
    }

    private static StatisticsView Told(DateTimeOffset from, DateTimeOffset until, IReadOnlyList<TicketCount> counts, TicketTimes times)
    {
        var open = counts.Where(count => count.IsOpen).ToList();
        return new StatisticsView(
            from, until, Sum(counts), Sum(open), Sum(open.Where(count => !count.IsClaimed)), Sum(open.Where(count => count.Priority == Priority.Critical)),
            Priorities.Names.ToDictionary(name => name, name => Sum(open.Where(count => count.Priority == Priorities.Named(name)))),
            counts.GroupBy(count => count.Department).ToDictionary(group => group.Key, group => new DepartmentCount(Sum(group), Sum(group.Where(count => count.IsOpen)))),
            times.Opened, times.Closed, Seconds(times.MeanResolution), times.Answered, Seconds(times.MeanFirstResponse));
    }

    private static long Sum(IEnumerable<TicketCount> counts) => counts.Sum(count => count.Count);

    private static long? Seconds(TimeSpan? time) => time is { } known ? (long)Math.Round(known.TotalSeconds) : null;
}
