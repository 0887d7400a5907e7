using System.Globalization;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;

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
/// <param name="ClosedInPeriod">How many were closed in it, those that their openers took back included.</param>
/// <param name="MeanResolutionSeconds">How long those that staff closed were open; null when there are none.</param>
/// <param name="AnsweredInPeriod">How many got their first answer in it.</param>
/// <param name="MeanFirstResponseSeconds">How long those waited for it; null when there are none.</param>
/// <param name="FirstResponse">First answers of staff: how many, how long.</param>
/// <param name="NextResponse">Their later answers.</param>
/// <param name="OpenerResponse">Openers' answers: how long staff waited.</param>
/// <param name="Resolution">From opening to closing, without the time in between when it was closed.</param>
/// <param name="Kpis">Figures with their targets.</param>
internal sealed record StatisticsView(
    DateTimeOffset From, DateTimeOffset Until, long Total, long Open, long Unassigned, long OpenCritical, IReadOnlyDictionary<string, long> OpenByPriority,
    IReadOnlyDictionary<string, DepartmentCount> ByDepartment, long OpenedInPeriod, long ClosedInPeriod, long? MeanResolutionSeconds, long AnsweredInPeriod, long? MeanFirstResponseSeconds,
    SpreadView FirstResponse, SpreadView NextResponse, SpreadView OpenerResponse, SpreadView Resolution, IReadOnlyList<KpiView> Kpis);

/// <summary>How many tickets a department has.</summary>
/// <param name="Total">All that there ever were.</param>
/// <param name="Open">Those that are worked on now.</param>
internal sealed record DepartmentCount(long Total, long Open);

/// <summary>How often something happened and how long it took, in seconds. Percentiles are right to a quarter of a percent.</summary>
/// <param name="Count">How often.</param>
/// <param name="MeanSeconds">On average; null when it never happened.</param>
/// <param name="MedianSeconds">Half of it in that time.</param>
/// <param name="P90Seconds">Nine of ten in that time.</param>
/// <param name="P95Seconds">Nineteen of twenty in that time.</param>
internal sealed record SpreadView(long Count, long? MeanSeconds, long? MedianSeconds, long? P90Seconds, long? P95Seconds)
{
    internal static SpreadView Of(Spread spread) => new(
        spread.Count, Seconds(spread.Mean), Seconds(spread.Median), Seconds(spread.Percentile(90)), Seconds(spread.Percentile(95)));

    private static long? Seconds(TimeSpan? time) => time is { } known ? (long)Math.Round(known.TotalSeconds) : null;
}

/// <summary>A figure with its target.</summary>
/// <param name="Name">first_response, resolution (both seconds, means of the period), satisfaction (the mean score of the period), unassigned, open_critical (tickets, now).</param>
/// <param name="Value">What it is; null when there is nothing to measure.</param>
/// <param name="Target">What it should be at most, or surpass in the case of satisfaction; null when the settings say nothing.</param>
/// <param name="IsMet">Whether it is; null when it cannot be said.</param>
internal sealed record KpiView(string Name, double? Value, double? Target, bool? IsMet);

/// <summary>A period of a desk, by department, person and time.</summary>
/// <param name="From">The beginning of the period.</param>
/// <param name="Until">Its end.</param>
/// <param name="Kpis">Figures with their targets.</param>
/// <param name="Total">Everything in it.</param>
/// <param name="Departments">The same by department.</param>
/// <param name="People">The same by person of staff, whoever did most first.</param>
/// <param name="Parts">The same by day, week or month (UTC; weeks begin on Monday), oldest first; absent when not asked for.</param>
internal sealed record PeriodView(
    DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<KpiView> Kpis, CountsView Total, IReadOnlyList<DepartmentFigures> Departments, IReadOnlyList<PersonFigures> People, IReadOnlyList<PartFigures>? Parts);

/// <summary>What happened.</summary>
/// <param name="Opened">Tickets that were opened.</param>
/// <param name="Closed">Tickets that were closed by staff, or by their openers' consent.</param>
/// <param name="Cancelled">Tickets that their openers took back.</param>
/// <param name="Reopened">Tickets that were opened again.</param>
/// <param name="TransferredIn">Tickets that came from another department.</param>
/// <param name="TransferredOut">Tickets that went to another.</param>
/// <param name="FirstResponse">First answers of staff.</param>
/// <param name="NextResponse">Their later answers.</param>
/// <param name="OpenerResponse">Openers' answers.</param>
/// <param name="Resolution">From opening to closing.</param>
/// <param name="Satisfaction">What openers gave for it.</param>
internal sealed record CountsView(
    long Opened, long Closed, long Cancelled, long Reopened, long TransferredIn, long TransferredOut, SpreadView FirstResponse, SpreadView NextResponse, SpreadView OpenerResponse, SpreadView Resolution,
    SatisfactionView Satisfaction)
{
    internal static CountsView Of(Func<MeasureKind, Spread> spreadOf) => new(
        spreadOf(MeasureKind.Opened).Count, spreadOf(MeasureKind.Closed).Count, spreadOf(MeasureKind.Cancelled).Count, spreadOf(MeasureKind.Reopened).Count,
        spreadOf(MeasureKind.Arrived).Count, spreadOf(MeasureKind.Left).Count,
        SpreadView.Of(spreadOf(MeasureKind.FirstResponse)), SpreadView.Of(spreadOf(MeasureKind.NextResponse)),
        SpreadView.Of(spreadOf(MeasureKind.OpenerResponse)), SpreadView.Of(spreadOf(MeasureKind.Closed)),
        SatisfactionView.Of(Desk.Figures.Satisfaction.Of(spreadOf)));
}

/// <summary>How content openers were.</summary>
/// <param name="Count">How many rated.</param>
/// <param name="Mean">The mean score, from 1 to 5; null when nobody rated.</param>
/// <param name="Times">How often each score was given, by score.</param>
internal sealed record SatisfactionView(long Count, double? Mean, IReadOnlyDictionary<string, long> Times)
{
    internal static SatisfactionView Of(Satisfaction satisfaction) => new(
        satisfaction.Count, satisfaction.Mean,
        satisfaction.Times.Select((times, index) => (Score: (index + TicketRating.Lowest).ToString(CultureInfo.InvariantCulture), times)).ToDictionary(one => one.Score, one => one.times));
}

/// <summary>A department.</summary>
/// <param name="Department">Its key.</param>
/// <param name="Name">What people call it; absent when it is gone from the settings.</param>
/// <param name="OpenNow">Its tickets that are worked on now.</param>
/// <param name="FirstResponseTargetSeconds">What its first answers should take on average at most.</param>
/// <param name="ResolutionTargetSeconds">What its resolutions should; absent when nobody said.</param>
/// <param name="Figures">What happened in it.</param>
internal sealed record DepartmentFigures(string Department, string? Name, long OpenNow, long FirstResponseTargetSeconds, long? ResolutionTargetSeconds, CountsView Figures);

/// <summary>A person of staff.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Claimed">Tickets that they took on or were given.</param>
/// <param name="Closed">Tickets that they closed.</param>
/// <param name="FirstResponse">Their first answers.</param>
/// <param name="NextResponse">Their later answers.</param>
/// <param name="OpenerResponse">Openers' answers in tickets that they had.</param>
/// <param name="Resolution">How long the tickets were open that they closed.</param>
/// <param name="Satisfaction">What openers gave for tickets that they had.</param>
internal sealed record PersonFigures(
    string UserId, long Claimed, long Closed, SpreadView FirstResponse, SpreadView NextResponse, SpreadView OpenerResponse, SpreadView Resolution, SatisfactionView Satisfaction);

/// <summary>A part of the period.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end.</param>
/// <param name="Figures">What happened in it.</param>
internal sealed record PartFigures(DateTimeOffset From, DateTimeOffset Until, CountsView Figures);
