namespace Usher.Benchmarks.Reading;

/// <summary>How long the same kind of request took, each time.</summary>
internal sealed class Latencies(string what)
{
    private readonly List<double> _milliseconds = [];

    internal string What => what;

    internal int Count => _milliseconds.Count;

    internal void Add(TimeSpan took) => _milliseconds.Add(took.TotalMilliseconds);

    /// <summary>In milliseconds.</summary>
    internal double Percentile(double share)
    {
        _milliseconds.Sort();
        return _milliseconds.Count == 0 ? 0 : _milliseconds[(int)Math.Min(_milliseconds.Count - 1, Math.Ceiling(_milliseconds.Count * share) - 1)];
    }
}
