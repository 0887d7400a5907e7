using System.Diagnostics.Metrics;

namespace Usher.Discord.Gateway;

/// <summary>What the gateway counts, on the meter <c>Usher.Discord</c>.</summary>
internal static class GatewayMetrics
{
    private static readonly Meter Meter = new("Usher.Discord");

    public static readonly Counter<long> Events =
        Meter.CreateCounter<long>("usher.discord.gateway.events", "{event}", "Events handed to the reader, by name.");

    public static readonly Counter<long> Dropped =
        Meter.CreateCounter<long>("usher.discord.gateway.dropped", "{event}", "Events dropped by the filter before they were read, by name.");

    public static readonly Counter<long> Reconnects =
        Meter.CreateCounter<long>("usher.discord.gateway.reconnects", "{connection}", "Connections lost, by reason.");

    public static readonly Counter<long> Gaps =
        Meter.CreateCounter<long>("usher.discord.gateway.gaps", "{gap}", "Jumps in the sequence of a session.");

    public static readonly Histogram<double> Latency =
        Meter.CreateHistogram<double>("usher.discord.gateway.latency", "s", "From a heartbeat to its answer.");
}
