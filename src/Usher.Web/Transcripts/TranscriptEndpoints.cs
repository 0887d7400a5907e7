using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Engine;
using Usher.Storage;
using Usher.Web.Transcripts.Texts;

namespace Usher.Web.Transcripts;

/// <summary>A ticket's transcript and its files, behind an address that cannot be guessed, as long as its link holds.</summary>
internal static class TranscriptEndpoints
{
    // What a token looks like: docs/decisions/0006. What does not is not even looked for.
    private const int TokenLength = 32;

    // Only these are shown within a page; everything else is offered for saving, whatever it claims to be.
    private static readonly string[] ShownTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "video/mp4", "video/webm", "audio/mpeg", "audio/ogg"];

    internal static void MapTranscripts(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        routes.MapGet("/api/ticket/{token}", (string token, HttpContext http) => ShowAsync(token, http, desk));
        routes.MapGet("/api/ticket/{token}/files/{id}/{name}", (string token, ulong id, string name, HttpContext http) => SendFileAsync(token, id, http, desk));
    }

    private static async Task ShowAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        if (await FindAsync(token, http, desk) is not var (host, ticket)) return;
        var source = new TranscriptSource(host, standalone: false);
        var head = source.HeadOf(ticket);
        http.Response.ContentType = TranscriptWriter.ContentType;
        http.Response.Headers.ContentSecurityPolicy = TranscriptWriter.ContentSecurityPolicy(head);
        try
        {
            await TranscriptWriter.WriteAsync(PatientWriter.To(http.Response, host.Time), head, source.MessagesOf(ticket, http.RequestAborted), http.RequestAborted);
        }
        catch (StoreUnavailableException) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            PlainPage.Guard(http.Response);
            await PlainPage.TellAwayAsync(http, TextsFor(http, host, ticket));
        }
    }

    private static async Task SendFileAsync(string token, ulong id, HttpContext http, Func<DeskHost?> desk)
    {
        if (await FindAsync(token, http, desk) is not var (host, ticket)) return;
        var texts = TextsFor(http, host, ticket);
        AttachmentRow? file;
        Stream? content;
        try
        {
            file = await host.Store.FindAttachmentAsync(ticket.Guild, ticket.Number, id, http.RequestAborted);
            content = file is { State: AttachmentState.Stored, Hash: { } hash } ? await host.Files.OpenAsync(hash, http.RequestAborted) : null;
        }
        catch (StoreUnavailableException)
        {
            await PlainPage.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, texts, texts.FileAway, texts.FileAwayWhy);
            return;
        }
        if (content is null)
        {
            await PlainPage.WriteAsync(http, StatusCodes.Status404NotFound, texts, texts.NoFile, texts.NoFileWhy);
            return;
        }
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var type = file!.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var shown = type is not null && ShownTypes.Contains(type);
        await Results.Stream(content, shown ? type : "application/octet-stream", shown ? null : file.FileName, enableRangeProcessing: true).ExecuteAsync(http);
    }

    // The ticket behind an address that holds; where there is none, that is answered and null returned. A wrong token and one that was taken back are answered alike.
    private static async Task<(DeskHost Host, Ticket Ticket)?> FindAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        PlainPage.Guard(http.Response);
        if (desk() is not { } host)
        {
            await PlainPage.TellStartingAsync(http, TextsFor(http, null, null));
            return null;
        }
        Ticket? ticket;
        try
        {
            ticket = IsOne(token) ? await host.Store.FindTicketByTokenAsync(token, http.RequestAborted) : null;
        }
        catch (StoreUnavailableException)
        {
            await PlainPage.TellAwayAsync(http, TextsFor(http, host, null));
            return null;
        }
        var texts = TextsFor(http, host, ticket);
        // Of a guild that the settings do not name any more nobody can say how long its links hold.
        if (ticket is null || host.Guilds.SettingsOf(ticket.Guild) is not { } settings)
        {
            await PlainPage.WriteAsync(http, StatusCodes.Status404NotFound, texts, texts.NoTranscript, texts.NoTranscriptWhy);
            return null;
        }
        if (TranscriptLinks.Holds(ticket, settings, host.Time.GetUtcNow())) return (host, ticket);
        await PlainPage.WriteAsync(http, StatusCodes.Status410Gone, texts, texts.LinkEnded, texts.LinkEndedWhy);
        return null;
    }

    // Tickets that were taken over from another system keep the address that it gave: a UUID.
    private static bool IsOne(string token) => token.Length == TokenLength ? token.All(char.IsAsciiHexDigitLower) : Guid.TryParseExact(token, "D", out _);

    // Whoever looks says what they read; else the ticket's language is theirs, or that of the only guild there is.
    private static TranscriptTexts TextsFor(HttpContext http, DeskHost? host, Ticket? ticket)
    {
        var only = ticket is null && host?.Guilds.Desks.Take(2).ToList() is [var desk] ? desk.Language : (Language?)null;
        var language = SpokenLanguage.Of(http.Request) ?? ticket?.OpenerLanguage ?? (ticket is null ? only : host?.Guilds.SettingsOf(ticket.Guild)?.Language) ?? Language.English;
        return TranscriptTexts.For(language.ToLocale());
    }
}
