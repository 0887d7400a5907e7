using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Usher.Web.Metrics;

namespace Usher.Starting;

/// <summary>Sends metrics and traces out when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. OpenTelemetry's other variables hold as well.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/protocol/exporter/</remarks>
internal sealed class Telemetry : IDisposable
{
    internal const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Ours = "Usher.*";

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private Telemetry(MeterProvider metrics, TracerProvider traces) => (_metrics, _traces) = (metrics, traces);

    /// <summary>Begins to send; null when no endpoint is set.</summary>
    internal static Telemetry? Begin(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(EndpointName, "").Length == 0) return null;
        // The exporter looks at the process's environment alone, and .env is not part of it.
        foreach (var (name, value) in environment)
            if (name.StartsWith("OTEL_", StringComparison.Ordinal)) Environment.SetEnvironmentVariable(name, value);
        return new Telemetry(
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Named(environment)).AddMeter([Ours, .. MetricsPage.Others]).AddOtlpExporter().Build(),
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Named(environment)).AddSource(Ours).AddOtlpExporter().Build());
    }

    private static ResourceBuilder Named(IReadOnlyDictionary<string, string> environment) =>
        environment.ContainsKey("OTEL_SERVICE_NAME")
            ? ResourceBuilder.CreateDefault()
            : ResourceBuilder.CreateDefault().AddService("usher", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3));

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        // A collector that is not there must not use up the time of a clean stop.
        _metrics.Shutdown(1000);
        _traces.Shutdown(1000);
        _metrics.Dispose();
        _traces.Dispose();
    }
}
