using Microsoft.AspNetCore.Http;

namespace Usher.Web.Api.Wire;

/// <summary>Takes a request's body in, up to a bound: whatever it says, no more than that is read.</summary>
internal static class RequestBytes
{
    /// <summary>The most bytes of a body.</summary>
    internal const int Most = 64 * 1024;

    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > Most) throw TooLarge();
        var bytes = new byte[(int)(request.ContentLength ?? 1024) + 1];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(bytes.Length * 2, Most + 1));
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellation);
            if (read == 0) break;
            length += read;
            if (length > Most) throw TooLarge();
        }
        if (length > 0 && !IsJson(request)) throw new Problem(415, "body.content_type", "The body must be JSON, and its Content-Type application/json.").AsException();
        return bytes.AsMemory(0, length);
    }

    // Whoever says nothing of what it is sends what everybody sends.
    private static bool IsJson(HttpRequest request) => request.Headers.ContentType.Count == 0
        || request.GetTypedHeaders().ContentType is { } type && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static ProblemException TooLarge() => new Problem(413, "body.too_large", $"A body has at most {Most / 1024} KiB.").AsException();
}
