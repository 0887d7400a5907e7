using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Engine;
using Usher.Storage;

namespace Usher.Web.Transcripts;

/// <summary>A ticket's transcript and its files, behind an address that cannot be guessed.</summary>
internal static class TranscriptEndpoints
{
    // Only these are shown within a page; everything else is offered for saving, whatever it claims to be.
    private static readonly string[] ShownTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg"];

    internal static void MapTranscripts(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        routes.MapGet("/api/ticket/{token}", (string token, HttpContext http) => ShowAsync(token, http, desk));
        routes.MapGet("/api/ticket/{token}/files/{id}/{name}", (string token, ulong id, string name, HttpContext http) => SendFileAsync(token, id, http, desk));
    }

    private static async Task ShowAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        if (desk() is not { } host)
        {
            await SayAsync(http, StatusCodes.Status503ServiceUnavailable, "Usher is starting. Please try again in a moment.");
            return;
        }
        if (await host.Store.FindTicketByTokenAsync(token, http.RequestAborted) is not { } ticket)
        {
            await SayAsync(http, StatusCodes.Status404NotFound, "There is no such transcript. The address may be incomplete.");
            return;
        }
        var response = http.Response;
        Guard(response);
        var source = new TranscriptSource(host, standalone: false);
        var head = source.HeadOf(ticket);
        response.ContentType = TranscriptWriter.ContentType;
        response.Headers.ContentSecurityPolicy = TranscriptWriter.ContentSecurityPolicy(head);
        await TranscriptWriter.WriteAsync(response.BodyWriter, head, source.MessagesOf(ticket, http.RequestAborted), http.RequestAborted);
    }

    private static async Task SendFileAsync(string token, ulong id, HttpContext http, Func<DeskHost?> desk)
    {
        if (desk() is not { } host
            || await host.Store.FindTicketByTokenAsync(token, http.RequestAborted) is not { } ticket
            || await host.Store.FindAttachmentAsync(ticket.Guild, ticket.Number, id, http.RequestAborted) is not { State: AttachmentState.Stored, Hash: { } hash } file
            || host.Files.Open(hash) is not { } content)
        {
            await SayAsync(http, StatusCodes.Status404NotFound, "There is no such file, or no copy of it was kept.");
            return;
        }
        Guard(http.Response);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var type = file.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var shown = type is not null && ShownTypes.Contains(type);
        await Results.Stream(content, shown ? type : "application/octet-stream", shown ? null : file.FileName, enableRangeProcessing: true).ExecuteAsync(http);
    }

    private static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        response.Headers.CacheControl = "private, no-cache";
    }

    private static Task SayAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(sentence, http.RequestAborted);
    }
}
