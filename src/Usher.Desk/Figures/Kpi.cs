using Usher.Desk.Settings;
using Usher.Desk.Tickets;

namespace Usher.Desk.Figures;

/// <summary>A figure with its target.</summary>
/// <param name="Name">What programs call it.</param>
/// <param name="Value">Seconds, tickets, or a score; null when there is nothing to measure.</param>
/// <param name="Target">What it should be at most, or what it should surpass where more is better; null when nobody said.</param>
/// <param name="MoreIsBetter">Which of the two.</param>
public sealed record Kpi(string Name, double? Value, double? Target, bool MoreIsBetter = false)
{
    /// <summary>The first answer to an opener, in seconds.</summary>
    public const string FirstResponse = "first_response";

    /// <summary>From opening to closing, in seconds.</summary>
    public const string Resolution = "resolution";

    /// <summary>Open tickets that nobody has.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>Open tickets that cannot wait.</summary>
    public const string OpenCritical = "open_critical";

    /// <summary>How content openers were, from 1 to 5.</summary>
    public const string Satisfaction = "satisfaction";

    /// <summary>Whether the target is met; null when there is none, or nothing to measure.</summary>
    public bool? IsMet => Value is not { } value || Target is not { } target ? null : MoreIsBetter ? value > target : value <= target;
}

/// <summary>How a desk does against its targets.</summary>
public static class Kpis
{
    /// <summary>What a first response should take at most where the settings say nothing.</summary>
    public static readonly TimeSpan UsualFirstResponse = TimeSpan.FromHours(4);

    /// <summary>The figures that people watch, each with its target.</summary>
    public static IReadOnlyList<Kpi> Of(Statistics statistics, DeskSettings settings) =>
    [
        Mean(Kpi.FirstResponse, MeasureKind.FirstResponse, statistics, department => FirstResponseOf(department, settings)),
        Mean(Kpi.Resolution, MeasureKind.Closed, statistics, department => ResolutionOf(department, settings)),
        new(Kpi.Satisfaction, Figures.Satisfaction.Of(statistics.Of).Mean, Figures.Satisfaction.Target, MoreIsBetter: true),
        new(Kpi.Unassigned, statistics.OpenNow(open => !open.IsClaimed), 0),
        new(Kpi.OpenCritical, statistics.OpenNow(open => open.Priority == Priority.Critical), 0),
    ];

    /// <summary>The target of a department's first responses.</summary>
    public static TimeSpan FirstResponseOf(string department, DeskSettings settings) =>
        settings.Department(department)?.Targets.FirstResponse ?? settings.Targets.FirstResponse ?? UsualFirstResponse;

    /// <summary>The target of a department's resolutions; null when it has none.</summary>
    public static TimeSpan? ResolutionOf(string department, DeskSettings settings) => settings.Department(department)?.Targets.Resolution ?? settings.Targets.Resolution;

    // Departments have targets of their own: each counts as often as it was measured. Those without one are left out, unless none has any.
    private static Kpi Mean(string name, MeasureKind kind, Statistics statistics, Func<string, TimeSpan?> targetOf)
    {
        var departments = statistics.Departments.Select(department => (Spread: statistics.Of(kind, department), Target: targetOf(department))).Where(d => d.Spread.Mean is not null).ToList();
        var targeted = departments.Where(d => d.Target is not null).ToList();
        if (targeted.Count == 0) return new Kpi(name, Weighted(departments.Select(d => (d.Spread.Mean!.Value, d.Spread.Count))), null);
        return new Kpi(name, Weighted(targeted.Select(d => (d.Spread.Mean!.Value, d.Spread.Count))), Weighted(targeted.Select(d => (d.Target!.Value, d.Spread.Count))));
    }

    private static double? Weighted(IEnumerable<(TimeSpan Time, long Count)> times)
    {
        var (sum, count) = times.Aggregate((0.0, 0L), (all, one) => (all.Item1 + one.Time.TotalSeconds * one.Count, all.Item2 + one.Count));
        return count == 0 ? null : Math.Round(sum / count);
    }
}
