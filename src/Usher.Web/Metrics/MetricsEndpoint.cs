using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;

namespace Usher.Web.Metrics;

/// <summary>Who may read <c>/metrics</c>. Nobody unless somebody said so: what a desk measures is nobody else's business.</summary>
/// <param name="Token">Whoever knows this; null when no token opens it.</param>
/// <param name="FromThisMachine">Whether whoever asks from this machine itself may, without one.</param>
public sealed record MetricsAccess(string? Token, bool FromThisMachine)
{
    private const string Scheme = "Bearer ";

    /// <summary>Whether anybody may.</summary>
    public bool IsOpen => Token is not null || FromThisMachine;

    /// <summary>Whether a request may read it.</summary>
    /// <param name="authorization">Its header of that name.</param>
    /// <param name="from">Where it comes from.</param>
    /// <param name="isForwarded">Whether a proxy says that it passes it on.</param>
    public bool Allows(string? authorization, IPAddress? from, bool isForwarded)
    {
        if (Token is not null && authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return CryptographicOperations.FixedTimeEquals(Hash(authorization[Scheme.Length..].Trim()), Hash(Token));
        // What a proxy on this machine passes on comes from elsewhere.
        return FromThisMachine && !isForwarded && from is not null && IPAddress.IsLoopback(from);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>Serves what Usher measures to Prometheus.</summary>
public static class MetricsEndpoint
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>Maps <c>/metrics</c>.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="access">Who may read it.</param>
    /// <param name="page">What was measured.</param>
    /// <param name="desk">The running desk, which is asked what waits; null while it is starting.</param>
    public static void MapMetrics(this IEndpointRouteBuilder routes, MetricsAccess access, MetricsPage page, Func<DeskHost?> desk) => routes.MapGet("/metrics", async (HttpContext http) =>
    {
        var request = http.Request;
        var authorization = request.Headers.Authorization is [{ } only] ? only : null;
        if (access.Allows(authorization, http.Connection.RemoteIpAddress, ForwardingHeaders.Any(request.Headers.ContainsKey)))
        {
            if (desk() is { } host) await host.Backlog.RefreshAsync(http.RequestAborted);
            return Results.Text(page.Write(), MetricsPage.ContentType);
        }
        if (access.Token is not null) http.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.StatusCode(access.Token is null ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized);
    });
}
