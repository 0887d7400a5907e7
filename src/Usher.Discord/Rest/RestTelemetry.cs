using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Usher.Discord.Rest;

/// <summary>What the REST client tells OpenTelemetry: a span and a count per attempt, by route template and status, and the time spent waiting for limits.</summary>
internal static class RestTelemetry
{
    public const string Name = "Usher.Discord";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("usher.discord.rest.calls", "{call}", "Attempts at Discord's REST API.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("usher.discord.rest.duration", "s", "Time an attempt took.");
    private static readonly Histogram<double> LimitWait = Meter.CreateHistogram<double>("usher.discord.rest.limit_wait", "s", "Time waited for a limit.");

    public static Activity? Begin(Route route) => Source.StartActivity(route.Label, ActivityKind.Client)?.SetTag("http.request.method", route.Method.Method);

    public static void Waited(Route route, TimeSpan waited)
    {
        if (waited > TimeSpan.Zero) LimitWait.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("http.route", route.Label));
    }

    /// <param name="activity">The attempt's span.</param>
    /// <param name="route">Which call.</param>
    /// <param name="status">The HTTP status; 0 when no answer came.</param>
    /// <param name="took">How long it took.</param>
    public static void End(Activity? activity, Route route, int status, TimeSpan took)
    {
        var tags = new TagList { { "http.route", route.Label }, { "http.response.status_code", status } };
        Calls.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
        activity?.SetTag("http.response.status_code", status);
        if (status is 0 or >= 400) activity?.SetStatus(ActivityStatusCode.Error);
    }
}
