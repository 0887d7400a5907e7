using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Usher.Discord.Rest;

/// <summary>What the REST client tells OpenTelemetry: a span and a count per attempt, by route template and status, and the time spent waiting for limits.</summary>
internal static class RestTelemetry
{
    public const string Name = "Usher.Discord";
    private const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("usher.discord.rest.calls", "{call}", "Attempts at Discord's REST API.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("usher.discord.rest.duration", "s", "Time an attempt took.");
    private static readonly Histogram<double> LimitWait = Meter.CreateHistogram<double>("usher.discord.rest.limit_wait", "s", "Time waited for a limit.");

    /// <summary>The span of an attempt, named by its template: paths have ids in them, and tokens. Null when nobody listens.</summary>
    /// <remarks>https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span</remarks>
    /// <param name="route">Which call.</param>
    /// <param name="server">Where to.</param>
    /// <param name="number">The how manieth attempt it is, from 1.</param>
    /// <param name="waited">How long it waited for a limit.</param>
    public static Activity? Begin(Route route, Uri server, int number = 1, TimeSpan waited = default)
    {
        var span = Source.StartActivity(route.Label, ActivityKind.Client);
        if (span is null) return null;
        span.SetTag("http.request.method", route.Method.Method).SetTag("url.template", route.Template).SetTag("server.address", server.Host).SetTag("server.port", server.Port);
        if (number > 1) span.SetTag("http.request.resend_count", number - 1);
        if (waited > TimeSpan.Zero) span.SetTag("usher.discord.limit_wait", waited.TotalSeconds);
        return span;
    }

    /// <summary>No answer came to an attempt, or none that can be read.</summary>
    public static void Failed(Activity? span, Exception failure) => span?.SetTag(ErrorType, failure.GetType().FullName).SetStatus(ActivityStatusCode.Error);

    /// <summary>What an attempt was answered with.</summary>
    public static void Answered(Activity? span, int status)
    {
        if (span is null) return;
        span.SetTag("http.response.status_code", status);
        if (status >= 400) span.SetTag(ErrorType, status.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
    }

    public static void Waited(Route route, TimeSpan waited)
    {
        if (waited > TimeSpan.Zero) LimitWait.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("http.route", route.Label));
    }

    /// <summary>Counts an attempt.</summary>
    /// <param name="route">Which call.</param>
    /// <param name="status">The HTTP status; 0 when no answer came.</param>
    /// <param name="took">How long it took.</param>
    public static void End(Route route, int status, TimeSpan took)
    {
        var tags = new TagList { { "http.route", route.Label }, { "http.response.status_code", status } };
        Calls.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
    }
}
