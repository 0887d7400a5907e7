using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Figures;

/// <summary>What was measured of one kind, by one person in one department or by all of them together, on one day (UTC) or a part of it, or in a row of days.</summary>
/// <param name="Day">The day; the first of several.</param>
/// <param name="Kind">What.</param>
/// <param name="Department">The key of the department; it may be gone from the settings.</param>
/// <param name="Person">Whose doing; zero for nobody's, and for everybody's.</param>
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
/// <param name="from">The beginning of the period.</param>
/// <param name="until">Its end, which is not in it any more.</param>
/// <param name="figures">What was measured in it.</param>
/// <param name="open">The tickets that are open now.</param>
/// <param name="totals">How many tickets there ever were, by department.</param>
public sealed class Statistics(DateTimeOffset from, DateTimeOffset until, IReadOnlyList<Figure> figures, IReadOnlyList<OpenCount> open, IReadOnlyDictionary<string, long> totals)
{
    // Means, targets and tables ask for the same of a department, which is made of a million durations.
    private readonly Dictionary<(MeasureKind, string), Spread> _ofDepartments = [];
    private readonly Lazy<ILookup<MeasureKind, Cell>> _cells = new(() => Grouped(figures), LazyThreadSafetyMode.None);
    private ILookup<(MeasureKind, UserId), Cell>? _ofPeople;

    /// <summary>The beginning of the period.</summary>
    public DateTimeOffset From => from;

    /// <summary>Its end, which is not in it any more.</summary>
    public DateTimeOffset Until => until;

    /// <summary>What was measured in it.</summary>
    public IReadOnlyList<Figure> Figures => figures;

    /// <summary>The tickets that are open now.</summary>
    public IReadOnlyList<OpenCount> Open => open;

    /// <summary>How many tickets there ever were, by department.</summary>
    public IReadOnlyDictionary<string, long> Totals => totals;

    /// <summary>How often something happened in the period, and how long it took.</summary>
    public Spread Of(MeasureKind kind)
    {
        var all = new Spread();
        foreach (var department in _cells.Value[kind].Select(cell => cell.Department).Distinct(StringComparer.Ordinal)) all.Add(Of(kind, department));
        return all;
    }

    /// <summary>The same in one department.</summary>
    public Spread Of(MeasureKind kind, string department)
    {
        if (!_ofDepartments.TryGetValue((kind, department), out var spread)) _ofDepartments[(kind, department)] = spread = Of(_cells.Value[kind].Where(cell => cell.Department == department));
        return spread;
    }

    /// <summary>The same of one person.</summary>
    public Spread Of(MeasureKind kind, UserId person)
    {
        _ofPeople ??= _cells.Value.SelectMany(cells => cells).ToLookup(cell => (cell.Kind, cell.Person));
        return Of(_ofPeople[(kind, person)]);
    }

    /// <summary>Everybody of staff of whom something was measured, whoever did most first; not the bot, which stands for programs.</summary>
    public IEnumerable<UserId> People(UserId bot) => _cells.Value
        .Where(cells => cells.Key is not (MeasureKind.Cancelled or MeasureKind.Reopened or MeasureKind.OpenerResponse))
        .SelectMany(cells => cells)
        .Where(cell => cell.Person != default && cell.Person != bot)
        .GroupBy(cell => cell.Person)
        .OrderByDescending(cells => cells.Where(cell => cell.Kind is MeasureKind.FirstResponse or MeasureKind.NextResponse or MeasureKind.Closed).Sum(cell => cell.Figures.Sum(figure => figure.Count)))
        .ThenBy(cells => cells.Key.Value)
        .Select(cells => cells.Key);

    /// <summary>The departments in which there is anything to say, in the order of their keys.</summary>
    public IEnumerable<string> Departments => Totals.Keys.Concat(_cells.Value.SelectMany(cells => cells).Select(cell => cell.Department)).Concat(Open.Select(one => one.Department))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>How many tickets are open of which this holds.</summary>
    public long OpenNow(Func<OpenCount, bool> which) => Open.Where(which).Sum(one => one.Count);

    /// <summary>The same of parts of the period, one behind the other, each of which begins and ends with a day, or with the period.</summary>
    /// <param name="parts">Where they begin and end.</param>
    /// <param name="days">What was measured on each day of the period.</param>
    public IReadOnlyList<Statistics> Parts(IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> parts, IReadOnlyList<Figure> days)
    {
        var ends = parts.Select(part => DayOf(part.Until.AddTicks(-1))).ToList();
        var ofEach = parts.Select(_ => new List<Figure>()).ToList();
        foreach (var figure in days)
        {
            // The first part that ends no earlier.
            var part = ends.BinarySearch(figure.Day);
            if (part < 0) part = ~part;
            if (part < parts.Count && figure.Day >= DayOf(parts[part].From)) ofEach[part].Add(figure);
        }
        return [.. parts.Select((part, index) => new Statistics(part.From, part.Until, ofEach[index], open, totals))];
    }

    private static Spread Of(IEnumerable<Cell> cells)
    {
        var spread = new Spread();
        foreach (var figure in cells.SelectMany(cell => cell.Figures)) spread.Add(figure);
        return spread;
    }

    // Of one kind, person and department there are as many figures as days: who and where is asked once for all of them.
    private static ILookup<MeasureKind, Cell> Grouped(IReadOnlyList<Figure> figures)
    {
        var cells = new Dictionary<(MeasureKind, string, UserId), Cell>();
        foreach (var figure in figures)
        {
            var key = (figure.Kind, figure.Department, figure.Person);
            if (!cells.TryGetValue(key, out var cell)) cells[key] = cell = new Cell(figure.Kind, figure.Department, figure.Person, []);
            cell.Figures.Add(figure);
        }
        return cells.Values.ToLookup(cell => cell.Kind);
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);

    private sealed record Cell(MeasureKind Kind, string Department, UserId Person, List<Figure> Figures);
}
