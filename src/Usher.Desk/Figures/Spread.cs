namespace Usher.Desk.Figures;

/// <summary>How often something happened and how long it took: count, mean and percentiles.</summary>
public sealed class Spread
{
    // Few are sorted sooner than all the different ones that there may be are gone through.
    private const int Few = 200;

    private readonly List<ushort> _few = [];
    private int[]? _ofEach;
    private int _timed;
    private TimeSpan _total;
    private bool _isSorted = true;

    /// <summary>How often.</summary>
    public long Count { get; private set; }

    /// <summary>How long it took on average; null when it never happened or takes no time.</summary>
    public TimeSpan? Mean => _timed == 0 ? null : _total / _timed;

    /// <summary>In how long half of it was done.</summary>
    public TimeSpan? Median => Percentile(50);

    /// <summary>In how long so many percent of it were done (the nearest rank); null when it never happened or takes no time.</summary>
    public TimeSpan? Percentile(int percent)
    {
        if (_timed == 0) return null;
        var rank = (int)Math.Ceiling(percent / 100.0 * _timed);
        return Durations.Of(CodeOf(Math.Clamp(rank, 1, _timed)));
    }

    /// <summary>Takes in what one figure says.</summary>
    public void Add(Figure figure)
    {
        Count += figure.Count;
        _total += figure.Total;
        _timed += figure.Durations.Length / Durations.Width;
        if (_ofEach is null && _timed > Few) _ofEach = Counted(_few);
        if (_ofEach is not null)
        {
            Durations.Count(figure.Durations, _ofEach);
            return;
        }
        Durations.Read(figure.Durations, _few);
        _isSorted = false;
    }

    /// <summary>Takes in what another one has taken in.</summary>
    public void Add(Spread other)
    {
        Count += other.Count;
        _total += other._total;
        _timed += other._timed;
        if (_ofEach is null && (other._ofEach is not null || _timed > Few)) _ofEach = Counted(_few);
        if (_ofEach is null)
        {
            _few.AddRange(other._few);
            _isSorted = false;
        }
        else if (other._ofEach is null)
        {
            foreach (var code in other._few) _ofEach[code]++;
        }
        else
        {
            for (var code = 0; code < Durations.Codes; code++) _ofEach[code] += other._ofEach[code];
        }
    }

    private int CodeOf(int rank)
    {
        if (_ofEach is null)
        {
            if (!_isSorted) _few.Sort();
            _isSorted = true;
            return _few[rank - 1];
        }
        var code = 0;
        for (var upTo = _ofEach[0]; upTo < rank; upTo += _ofEach[code]) code++;
        return code;
    }

    private static int[] Counted(List<ushort> codes)
    {
        var ofEach = new int[Durations.Codes];
        foreach (var code in codes) ofEach[code]++;
        return ofEach;
    }
}
