using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Usher.Sandbox.Pages;
using Usher.Starting;

namespace Usher.Choosing;

/// <summary>The page of the demo on which people choose a desk. It works without script but for the waiting, and with the keyboard alone.</summary>
/// <param name="choice">What is chosen.</param>
/// <param name="world">The number of the world that this page stands in.</param>
/// <param name="isReady">Whether its desk serves clicks.</param>
/// <param name="another">Begins to end this world, so that the chosen one is made.</param>
internal sealed class DesksPage(DeskChoice choice, int world, Func<bool> isReady, Action another)
{
    private const string Path = "/desks";
    private const string InTheDesk = "/?as=alice";

    private static readonly string Styles = Load("desks.css");
    private static readonly string Script = Load("desks.js");
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; "
        + $"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>How the box's page leads here.</summary>
    internal PageFront Front => new(Path, "Desks", () => !choice.IsMade);

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (HttpContext http) => Answer(http, DesksHtml.Choice(Styles, choice)));
        routes.MapPost(Path, (Delegate)ChooseAsync);
        routes.MapGet(Path + "/world", IResult () => isReady() ? TypedResults.Text(world.ToString(CultureInfo.InvariantCulture)) : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable));
    }

    private async Task<IResult> ChooseAsync(HttpContext http)
    {
        // Another site that is open in the same browser has no say in what is shown here.
        if (http.Request.Headers["Sec-Fetch-Site"] == "cross-site" || !http.Request.HasFormContentType) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Preset.Named(form["preset"].ToString()) is not { } preset) return TypedResults.Redirect(Path);
        if (!choice.Choose(preset)) return TypedResults.Redirect(InTheDesk);
        // The world ends once the browser has its answer.
        http.Response.OnCompleted(() =>
        {
            another();
            return Task.CompletedTask;
        });
        return Answer(http, DesksHtml.Waiting(Styles, Script, preset.About.Title, world, InTheDesk));
    }

    private static ContentHttpResult Answer(HttpContext http, string html)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(html, "text/html", Encoding.UTF8);
    }

    private static string Load(string name)
    {
        using var file = new StreamReader(typeof(DesksPage).Assembly.GetManifestResourceStream(name)!);
        return file.ReadToEnd();
    }
}
