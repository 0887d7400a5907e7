using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Figures;

/// <summary>What was measured of one kind, by one person in one department, on one day (UTC) or a part of it.</summary>
/// <param name="Day">The day.</param>
/// <param name="Kind">What.</param>
/// <param name="Department">The key of the department; it may be gone from the settings.</param>
/// <param name="Person">Whose doing; zero for nobody's.</param>
/// <param name="Count">How often.</param>
/// <param name="Total">How long it took in all.</param>
/// <param name="Durations">How long each time (<see cref="Figures.Durations"/>); empty for what takes no time.</param>
public sealed record Figure(DateOnly Day, MeasureKind Kind, string Department, UserId Person, long Count, TimeSpan Total, string Durations);

/// <summary>How many open tickets there are of one kind.</summary>
/// <param name="Department">Their department.</param>
/// <param name="IsClaimed">Whether somebody has them.</param>
/// <param name="Priority">How urgent they are.</param>
/// <param name="Count">How many.</param>
public sealed record OpenCount(string Department, bool IsClaimed, Priority Priority, long Count);

/// <summary>All that was measured in a period, and what is open now.</summary>
/// <param name="From">The beginning of the period.</param>
/// <param name="Until">Its end, which is not in it any more.</param>
/// <param name="Figures">What was measured in it.</param>
/// <param name="Open">The tickets that are open now.</param>
/// <param name="Totals">How many tickets there ever were, by department.</param>
public sealed record Statistics(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Figure> Figures, IReadOnlyList<OpenCount> Open, IReadOnlyDictionary<string, long> Totals)
{
    /// <summary>How often something happened in the period, and how long it took.</summary>
    public Spread Of(MeasureKind kind) => Of(kind, static _ => true);

    /// <summary>The same in one department.</summary>
    public Spread Of(MeasureKind kind, string department) => Of(kind, figure => figure.Department == department);

    /// <summary>The same of one person.</summary>
    public Spread Of(MeasureKind kind, UserId person) => Of(kind, figure => figure.Person == person);

    /// <summary>Everybody of staff of whom something was measured, whoever did most first; not the bot, which stands for programs.</summary>
    public IEnumerable<UserId> People(UserId bot) => Figures
        .Where(figure => figure.Person != default && figure.Person != bot && figure.Kind is not (MeasureKind.Cancelled or MeasureKind.Reopened or MeasureKind.OpenerResponse))
        .GroupBy(figure => figure.Person)
        .OrderByDescending(figures => figures.Where(figure => figure.Kind is MeasureKind.FirstResponse or MeasureKind.NextResponse or MeasureKind.Closed).Sum(figure => figure.Count))
        .ThenBy(figures => figures.Key.Value)
        .Select(figures => figures.Key);

    /// <summary>The departments in which there is anything to say, in the order of their keys.</summary>
    public IEnumerable<string> Departments => Totals.Keys.Concat(Figures.Select(figure => figure.Department)).Concat(Open.Select(open => open.Department))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>How many tickets are open of which this holds.</summary>
    public long OpenNow(Func<OpenCount, bool> which) => Open.Where(which).Sum(open => open.Count);

    /// <summary>The same of a part of the period that begins and ends with a day, or with the period.</summary>
    public Statistics Part(DateTimeOffset from, DateTimeOffset until) =>
        this with { From = from, Until = until, Figures = [.. Figures.Where(figure => figure.Day >= DayOf(from) && figure.Day <= DayOf(until.AddTicks(-1)))] };

    private Spread Of(MeasureKind kind, Func<Figure, bool> which)
    {
        var spread = new Spread();
        foreach (var figure in Figures)
            if (figure.Kind == kind && which(figure)) spread.Add(figure);
        return spread;
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
