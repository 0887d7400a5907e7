using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Usher.Web.Metrics;

/// <summary>All series of one name. Adding to one that is there allocates nothing.</summary>
internal sealed class MetricFamily(string name, Instrument instrument)
{
    /// <summary>The most series of one name; what comes beyond is put together under the label <c>otel_metric_overflow</c>.</summary>
    public const int MostSeries = 500;

    // Seconds from a millisecond to a minute; of anything else, how many at once.
    private static readonly double[] Seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Counts = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<Series>> _byTags = [];
    private readonly SortedDictionary<string, Series> _byLabels = new(StringComparer.Ordinal);
    private readonly double[] _bounds = !IsOf(instrument, typeof(Histogram<>)) ? [] : instrument.Unit == "s" ? Seconds : Counts;
    private readonly Kind _kind = KindOf(instrument);

    private enum Kind
    {
        Counter,
        UpDown,
        Gauge,
        Histogram,
    }

    // An observed counter tells its sum, an observed gauge what is: neither is added up.
    private bool IsTold => instrument.IsObservable || _kind == Kind.Gauge;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = HashOf(tags);
        lock (_gate)
        {
            var series = Find(hash, tags) ?? Add(hash, tags);
            series.Count++;
            series.Sum = IsTold ? value : series.Sum + value;
            if (_kind != Kind.Histogram) return;
            var bucket = 0;
            while (bucket < _bounds.Length && value > _bounds[bucket]) bucket++;
            series.Buckets[bucket]++;
        }
    }

    public void Write(StringBuilder page)
    {
        lock (_gate)
        {
            if (_byLabels.Count == 0) return;
            if (instrument.Description is { Length: > 0 } description) page.Append("# HELP ").Append(name).Append(' ').Append(MetricNames.Help(description)).Append('\n');
            page.Append("# TYPE ").Append(name).Append(' ').Append(_kind switch { Kind.Histogram => "histogram", Kind.Counter => "counter", _ => "gauge" }).Append('\n');
            foreach (var (labels, series) in _byLabels)
            {
                if (_kind == Kind.Histogram) WriteHistogram(page, labels, series);
                else Line(page, name, labels, series.Sum);
            }
        }
    }

    private void WriteHistogram(StringBuilder page, string labels, Series series)
    {
        var below = 0L;
        for (var bucket = 0; bucket < _bounds.Length; bucket++)
        {
            below += series.Buckets[bucket];
            Line(page, name + "_bucket", With(labels, Text(_bounds[bucket])), below);
        }
        Line(page, name + "_bucket", With(labels, "+Inf"), series.Count);
        Line(page, name + "_sum", labels, series.Sum);
        Line(page, name + "_count", labels, series.Count);
    }

    private Series? Find(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_byTags.TryGetValue(hash, out var some)) return null;
        foreach (var series in some)
            if (series.Has(tags)) return series;
        return null;
    }

    // Told in another order, the same labels are the same series.
    private Series Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = _byLabels.Count < MostSeries ? MetricNames.Labels(tags) : MetricNames.Overflow;
        if (!_byLabels.TryGetValue(labels, out var series)) _byLabels[labels] = series = new Series([.. tags], new long[_kind == Kind.Histogram ? _bounds.Length + 1 : 0]);
        if (labels == MetricNames.Overflow || !series.Has(tags)) return series;
        if (!_byTags.TryGetValue(hash, out var some)) _byTags[hash] = some = [];
        some.Add(series);
        return series;
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (tag, value) in tags)
        {
            hash.Add(tag);
            hash.Add(value);
        }
        return hash.ToHashCode();
    }

    private static string With(string labels, string bound) => labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";

    private static void Line(StringBuilder page, string name, string labels, double value)
    {
        page.Append(name);
        if (labels.Length > 0) page.Append('{').Append(labels).Append('}');
        page.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Text(double value) => double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static Kind KindOf(Instrument instrument) => instrument switch
    {
        _ when IsOf(instrument, typeof(Histogram<>)) => Kind.Histogram,
        _ when IsOf(instrument, typeof(Counter<>)) || IsOf(instrument, typeof(ObservableCounter<>)) => Kind.Counter,
        _ when IsOf(instrument, typeof(UpDownCounter<>)) || IsOf(instrument, typeof(ObservableUpDownCounter<>)) => Kind.UpDown,
        _ => Kind.Gauge,
    };

    private static bool IsOf(Instrument instrument, Type kind) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    private sealed class Series(KeyValuePair<string, object?>[] tags, long[] buckets)
    {
        public long[] Buckets { get; } = buckets;

        public long Count { get; set; }

        public double Sum { get; set; }

        public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> others)
        {
            if (others.Length != tags.Length) return false;
            for (var i = 0; i < tags.Length; i++)
                if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value)) return false;
            return true;
        }
    }
}
