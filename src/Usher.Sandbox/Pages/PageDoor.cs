using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Pages;

/// <summary>
/// What every call of the page passes: who does it, whether it comes from this page at all, and Discord's own words when the world refuses.
/// </summary>
internal sealed class PageDoor(DiscordWorld world, People people)
{
    /// <summary>A deed that answers with JSON.</summary>
    public RequestDelegate Answer(Func<PageRequest, Task<byte[]>> deed) => http => EnterAsync(http, async request =>
    {
        var json = await deed(request);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, request.Aborted);
    });

    /// <summary>A deed that answers with JSON at once.</summary>
    public RequestDelegate Answer(Func<PageRequest, byte[]> deed) => Answer(request => Task.FromResult(deed(request)));

    /// <summary>A deed without an answer.</summary>
    public RequestDelegate Do(Func<PageRequest, Task> deed) => http => EnterAsync(http, async request =>
    {
        await deed(request);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    /// <summary>A deed without an answer, done at once.</summary>
    public RequestDelegate Do(Action<PageRequest> deed) => Do(request =>
    {
        deed(request);
        return Task.CompletedTask;
    });

    /// <summary>A stream of server-sent events: each item is one JSON text.</summary>
    public RequestDelegate Stream(Func<PageRequest, IAsyncEnumerable<byte[]>> source) => http => EnterAsync(http, async request =>
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        // Whoever is told that it flows reads everything next: what happens from now on must come here.
        var items = source(request);
        // A first word at once, so that the browser knows that it is connected.
        await http.Response.Body.WriteAsync(": listening\n\n"u8.ToArray(), request.Aborted);
        await http.Response.Body.FlushAsync(request.Aborted);
        try
        {
            await foreach (var json in items.WithCancellation(request.Aborted))
            {
                await http.Response.Body.WriteAsync("data: "u8.ToArray(), request.Aborted);
                await http.Response.Body.WriteAsync(json, request.Aborted);
                await http.Response.Body.WriteAsync("\n\n"u8.ToArray(), request.Aborted);
                await http.Response.Body.FlushAsync(request.Aborted);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The page was closed.
        }
    });

    private async Task EnterAsync(HttpContext http, Func<PageRequest, Task> deed)
    {
        try
        {
            if (IsForeign(http.Request)) throw DiscordRefusal.Forbidden(ErrorCode.Unauthorized, "Another site may not act in the box");
            var viewer = people.Find(http.Request.Query["as"]) ?? throw DiscordRefusal.NotFound(ErrorCode.UnknownUser, "User: there is nobody in this world yet");
            http.Response.Headers.XContentTypeOptions = "nosniff";
            await deed(new(http, world, viewer));
        }
        catch (DiscordRefusal refusal)
        {
            await RefuseAsync(http, refusal);
        }
        catch (Exception malformed) when (malformed is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            await RefuseAsync(http, new(StatusCodes.Status400BadRequest, (int)ErrorCode.InvalidFormBody, "Invalid Form Body"));
        }
        catch (NotModelledException notModelled)
        {
            await RefuseAsync(http, new(StatusCodes.Status501NotImplemented, 0, notModelled.Message));
        }
    }

    /// <summary>The box listens on the owner's own machine: no other site open in the same browser may write in it. https://developer.mozilla.org/docs/Web/HTTP/Headers/Sec-Fetch-Site</summary>
    private static bool IsForeign(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !StringValues.IsNullOrEmpty(request.Headers["Sec-Fetch-Site"]) && request.Headers["Sec-Fetch-Site"] != "same-origin";

    private static Task RefuseAsync(HttpContext http, DiscordRefusal refusal)
    {
        if (http.Response.HasStarted) return Task.CompletedTask;
        http.Response.StatusCode = refusal.Status;
        var body = new JsonObject { ["message"] = FirstFault(refusal.Errors) ?? refusal.Message, ["code"] = refusal.Code };
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    /// <summary>The first sentence in a tree of errors: a person is told what is wrong, not that something is.</summary>
    private static string? FirstFault(JsonNode? errors) => errors switch
    {
        JsonArray list => list.Select(FirstFault).FirstOrDefault(found => found is not null),
        JsonObject fault when fault["message"] is JsonValue message => message.ToString(),
        JsonObject node => node.Select(pair => FirstFault(pair.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
