namespace Usher.Desk.Figures;

/// <summary>How often something happened and how long it took: count, mean and percentiles.</summary>
public sealed class Spread
{
    private readonly List<ushort> _codes = [];
    private TimeSpan _total;
    private bool _isSorted = true;

    /// <summary>How often.</summary>
    public long Count { get; private set; }

    /// <summary>How long it took on average; null when it never happened or takes no time.</summary>
    public TimeSpan? Mean => _codes.Count == 0 ? null : _total / _codes.Count;

    /// <summary>In how long half of it was done.</summary>
    public TimeSpan? Median => Percentile(50);

    /// <summary>In how long so many percent of it were done (the nearest rank); null when it never happened or takes no time.</summary>
    public TimeSpan? Percentile(int percent)
    {
        if (_codes.Count == 0) return null;
        Sort();
        var rank = (int)Math.Ceiling(percent / 100.0 * _codes.Count);
        return Durations.Of(_codes[Math.Clamp(rank, 1, _codes.Count) - 1]);
    }

    /// <summary>Takes in what one figure says.</summary>
    public void Add(Figure figure)
    {
        Count += figure.Count;
        _total += figure.Total;
        if (figure.Durations.Length == 0) return;
        Durations.Read(figure.Durations, _codes);
        _isSorted = false;
    }

    /// <summary>Takes in all that another says.</summary>
    public void Add(Spread other)
    {
        Count += other.Count;
        _total += other._total;
        _codes.AddRange(other._codes);
        _isSorted = false;
    }

    // Few different values, many of each: counting them is faster than comparing them.
    private void Sort()
    {
        if (_isSorted) return;
        _isSorted = true;
        if (_codes.Count < Durations.Codes)
        {
            _codes.Sort();
            return;
        }
        var counts = new int[Durations.Codes];
        foreach (var code in _codes) counts[code]++;
        var at = 0;
        for (var code = 0; code < counts.Length; code++)
            for (var left = counts[code]; left > 0; left--) _codes[at++] = (ushort)code;
    }
}
