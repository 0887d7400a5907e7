using System.Diagnostics.Metrics;
using System.Text;

namespace Usher.Web.Metrics;

/// <summary>Collects what Usher measures, and what the web server, HTTP and PostgreSQL measure for it, from its making on, and writes it as Prometheus reads it.</summary>
/// <remarks>https://prometheus.io/docs/instrumenting/exposition_formats/ and, for names, https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/</remarks>
public sealed class MetricsPage : IDisposable
{
    /// <summary>The media type of the page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Ours = "Usher.";

    /// <summary>The meters of others that are on the page, and are sent to collectors: with OpenTelemetry's own names.</summary>
    public static IReadOnlyList<string> Others { get; } = ["Microsoft.AspNetCore.Hosting", "System.Net.Http", "Npgsql", "System.Runtime"];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    public MetricsPage()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith(Ours, StringComparison.Ordinal) || Others.Contains(instrument.Meter.Name)) listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>The page as it is now.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var page = new StringBuilder();
        lock (_gate)
        {
            foreach (var family in _families.Values) family.Write(page);
        }
        return page.ToString();
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => _listener.Dispose();

    // Two instruments of one name, such as two servers in one process have, are one family.
    private MetricFamily FamilyOf(Instrument instrument)
    {
        var name = MetricNames.Of(instrument);
        lock (_gate)
        {
            if (!_families.TryGetValue(name, out var family)) _families[name] = family = new MetricFamily(name, instrument);
            return family;
        }
    }
}
