using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Usher.Sandbox.Pages;

/// <summary>The page's own files, carried inside the assembly: markup, styles, modules and one picture.</summary>
internal sealed class PageAssets
{
    /// <summary>Nothing from elsewhere, no inline script, no frame; pictures may also be local blobs (files about to be sent).</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private const string Prefix = "Pages/Assets/";

    private readonly FrozenDictionary<string, Asset> _assets = Read();

    public void Map(IEndpointRouteBuilder routes, PageFront? front)
    {
        routes.MapGet("/", (HttpContext http) => front?.ComesFirst() == true && !http.Request.Query.ContainsKey("as") ? TypedResults.Redirect(front.Path) : Answer(http, "index.html"));
        routes.MapGet("/box/assets/{**path}", (HttpContext http, string path) => Answer(http, path));
    }

    private IResult Answer(HttpContext http, string path)
    {
        if (!_assets.TryGetValue(path, out var asset)) return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Bytes, asset.ContentType, entityTag: asset.Tag);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(PageAssets).Assembly;
        var assets = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
            assets.Add(name[Prefix.Length..], new(bytes, ContentTypeOf(name), tag));
        }
        return assets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        var other => throw new InvalidOperationException($"An asset of a kind that is not served: {other}"),
    };

    private sealed record Asset(byte[] Bytes, string ContentType, EntityTagHeaderValue Tag);
}
