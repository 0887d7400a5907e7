using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;
using Usher.Web.Api;
using Usher.Web.Exports;
using Usher.Web.Transcripts;

namespace Usher.Web;

/// <summary>What Usher serves over HTTP.</summary>
public static class UsherEndpoints
{
    private const string DatabaseSilent = "the database does not answer";
    private static readonly TimeSpan DatabaseAnswersWithin = TimeSpan.FromSeconds(2);

    /// <summary>Maps health, transcripts and the API.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="desk">The running desk; null while it is starting.</param>
    public static void MapUsher(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        routes.MapGet("/health/live", () => Results.Text("alive"));
        routes.MapGet("/health/ready", async (CancellationToken cancellation) =>
        {
            var why = desk() is not { } host ? "Usher is starting" : host.NotReadyBecause ?? await DatabaseTroubleAsync(host, cancellation);
            if (why is not null) return Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable);
            return Results.Text(desk()?.NotServed is { } trouble ? $"ready, but {trouble}" : "ready");
        });
        // Browsers ask for it beside every page.
        routes.MapGet("/favicon.ico", () => Results.NoContent());
        routes.MapTranscripts(desk);
        routes.MapData(desk);
        routes.MapApi(desk);
    }

    // Whoever watches over the program asks every few seconds and gives up sooner than a locked database does.
    private static async Task<string?> DatabaseTroubleAsync(DeskHost host, CancellationToken cancellation)
    {
        try
        {
            return await host.Store.PingAsync(cancellation).WaitAsync(DatabaseAnswersWithin, cancellation) ? null : DatabaseSilent;
        }
        catch (TimeoutException)
        {
            return DatabaseSilent;
        }
    }
}
