using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Usher.Web.Transcripts.Texts;

namespace Usher.Web.Transcripts;

/// <summary>A link on such a page.</summary>
/// <param name="Words">What it says.</param>
/// <param name="Address">Where it leads.</param>
internal sealed record PageLink(string Words, string Address);

/// <summary>What a browser shows behind a link where there is no transcript and nobody's data to show: a heading and a sentence, with nothing in it that names a ticket.</summary>
internal static class PlainPage
{
    private const string Style =
        ":root{color-scheme:dark light}body{margin:0;display:grid;place-items:center;min-height:100vh;font:1.05rem/1.6 system-ui,sans-serif;background:#313338;color:#dbdee1}"
        + "main{max-width:34rem;padding:2rem}h1{font-size:1.5rem;line-height:1.25;color:#f2f3f5}@media(prefers-color-scheme:light){body{background:#fff;color:#313338}h1{color:#060607}}"
        + "a{display:inline-block;padding:.5rem 1rem;border-radius:.3rem;background:#4752c4;color:#fff;text-decoration:none}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>What stands behind an address that cannot be guessed is for whoever has it: nobody else is told of it, and no copy in a browser outlives the link.</summary>
    internal static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        response.Headers.CacheControl = "private, no-store";
    }

    /// <summary>Answers that the desk is starting.</summary>
    internal static Task TellStartingAsync(HttpContext http, TranscriptTexts texts) => WriteAsync(http, StatusCodes.Status503ServiceUnavailable, texts, texts.Starting, texts.StartingWhy);

    /// <summary>Answers that the database is away.</summary>
    internal static Task TellAwayAsync(HttpContext http, TranscriptTexts texts)
    {
        http.Response.Headers.RetryAfter = "5";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, texts, texts.Away, texts.AwayWhy);
    }

    /// <summary>Answers with such a page.</summary>
    internal static Task WriteAsync(HttpContext http, int status, TranscriptTexts texts, string heading, string sentence, PageLink? link = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.Vary = "Accept-Language";
        var further = link is null ? "" : $"<p><a href=\"{HtmlEncoder.Default.Encode(link.Address)}\">{HtmlEncoder.Default.Encode(link.Words)}</a></p>";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{texts.Locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex, nofollow">
            <title>{HtmlEncoder.Default.Encode(heading)}</title><style>{Style}</style></head>
            <body><main><h1>{HtmlEncoder.Default.Encode(heading)}</h1><p>{HtmlEncoder.Default.Encode(sentence)}</p>{further}</main></body></html>

            """,
            http.RequestAborted);
    }
}
