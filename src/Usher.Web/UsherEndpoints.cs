using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;
using Usher.Web.Transcripts;

namespace Usher.Web;

/// <summary>What Usher serves over HTTP.</summary>
public static class UsherEndpoints
{
    /// <summary>Maps health and transcripts.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="desk">The running desk; null while it is starting.</param>
    public static void MapUsher(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", async (CancellationToken cancellation) =>
        {
            var why = desk() is not { } host ? "Usher is starting" : host.NotReadyBecause ?? await DatabaseTroubleAsync(host, cancellation);
            return why is null ? Results.Text("ready") : Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable);
        });
        // Browsers ask for it beside every page.
        routes.MapGet("/favicon.ico", () => Results.NoContent());
        routes.MapTranscripts(desk);
    }

    private static async Task<string?> DatabaseTroubleAsync(DeskHost host, CancellationToken cancellation) =>
        await host.Store.PingAsync(cancellation) ? null : "the database does not answer";
}
