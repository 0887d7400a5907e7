using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Usher.Web.Api;

/// <summary>The spans of requests to the API: named by route, without ids, what was asked or who asked. While nobody listens none is made.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span</remarks>
internal static class ApiTraces
{
    private static readonly ActivitySource Source = new("Usher.Web");

    /// <summary>A request came: a trace begins, or whoever asks says in <c>traceparent</c> which one it is of.</summary>
    public static Activity? Begin(HttpRequest request, ApiRoute route)
    {
        if (!Source.HasListeners()) return null;
        // The web server has a span of its own that nobody sees, and that would be taken for the parent.
        Activity.Current = null;
        _ = ActivityContext.TryParse(request.Headers.TraceParent.ToString(), request.Headers.TraceState.ToString(), isRemote: true, out var cause);
        return Source.StartActivity($"{route.Method} {route.Path}", ActivityKind.Server, cause)?.SetTag("http.request.method", route.Method).SetTag("http.route", route.Path);
    }

    /// <summary>It is not done, and why, by the name that programs are told.</summary>
    public static void Refused(Activity? span, Problem problem) => span?.SetTag("usher.refusal", problem.Code);

    /// <summary>What it is answered with. That somebody asked for what cannot be is no error of the server's.</summary>
    public static void Answered(Activity? span, int status)
    {
        if (span is null) return;
        span.SetTag("http.response.status_code", status);
        if (status >= 500) span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
    }
}
