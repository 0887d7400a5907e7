using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Engine;
using Usher.Storage;
using Usher.Web.Transcripts;
using Usher.Web.Transcripts.Texts;

namespace Usher.Web.Exports;

/// <summary>What is kept of a member, behind an address that cannot be guessed, as long as its link holds.</summary>
internal static class DataEndpoints
{
    // As with transcripts: what does not look like a token is not even looked for.
    private const int TokenLength = 32;

    internal static void MapData(this IEndpointRouteBuilder routes, Func<DeskHost?> desk)
    {
        routes.MapGet("/api/data/{token}", (string token, HttpContext http) => ShowAsync(token, http, desk));
        routes.MapGet("/api/data/{token}/data.zip", (string token, HttpContext http) => SendAsync(token, http, desk));
    }

    // A page first: what looks at links to show what is behind them, as Discord does, makes nobody's data be put together.
    private static async Task ShowAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        if (await FindAsync(token, http, desk) is not var (_, link, settings)) return;
        var texts = TextsFor(http, settings);
        var end = new TranscriptDates(texts).LongDateTime(DataLinks.EndOf(link.MadeAt, settings));
        await PlainPage.WriteAsync(http, StatusCodes.Status200OK, texts, texts.DataTitle, texts.DataWhy.Replace("{0}", end, StringComparison.Ordinal), new PageLink(texts.DataFetch, $"{token}/data.zip"));
    }

    private static async Task SendAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        if (await FindAsync(token, http, desk) is not var (host, link, settings)) return;
        if (host.Exports.IsBusy)
        {
            var texts = TextsFor(http, settings);
            http.Response.Headers.RetryAfter = "60";
            await PlainPage.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, texts, texts.DataBusy, texts.DataBusyWhy);
            return;
        }
        // A ZIP archive is begun with writes that wait, which the pipe takes and the body does not.
        http.Response.ContentType = "application/zip";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"data-{link.Member}.zip\"";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await host.Exports.WriteAsync(link.Guild, link.Member, http.Response.BodyWriter.AsStream(leaveOpen: true), host.Time.GetUtcNow(), http.RequestAborted);
    }

    // The link behind an address that holds; where there is none, that is answered and null returned. A wrong token and one that was taken back are answered alike.
    private static async Task<(DeskHost Host, DataLink Link, DeskSettings Settings)?> FindAsync(string token, HttpContext http, Func<DeskHost?> desk)
    {
        PlainPage.Guard(http.Response);
        if (desk() is not { } host)
        {
            await PlainPage.TellStartingAsync(http, TextsFor(http, null));
            return null;
        }
        DataLink? link;
        try
        {
            link = token.Length == TokenLength && token.All(char.IsAsciiHexDigitLower) ? await host.Store.FindDataLinkAsync(token, http.RequestAborted) : null;
        }
        catch (StoreUnavailableException)
        {
            await PlainPage.TellAwayAsync(http, TextsFor(http, null));
            return null;
        }
        var settings = link is null ? null : host.Guilds.SettingsOf(link.Guild);
        var texts = TextsFor(http, settings);
        if (link is null || settings is null)
        {
            await PlainPage.WriteAsync(http, StatusCodes.Status404NotFound, texts, texts.NoData, texts.NoDataWhy);
            return null;
        }
        if (host.Time.GetUtcNow() < DataLinks.EndOf(link.MadeAt, settings)) return (host, link, settings);
        await PlainPage.WriteAsync(http, StatusCodes.Status410Gone, texts, texts.LinkEnded, texts.DataEnded);
        return null;
    }

    private static TranscriptTexts TextsFor(HttpContext http, DeskSettings? settings) =>
        TranscriptTexts.For((SpokenLanguage.Of(http.Request) ?? settings?.Language ?? Language.English).ToLocale());
}
