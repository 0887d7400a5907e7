using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>A file of a multipart body: `files[0]` has index 0.</summary>
internal sealed record UploadedFile(int Index, string Filename, string? ContentType, byte[] Bytes);

/// <summary>A request's body: its JSON and its files. <see href="https://discord.com/developers/docs/reference#uploading-files"/></summary>
internal sealed record RequestBody(JsonElement Json, IReadOnlyList<UploadedFile> Files, byte[] Raw)
{
    public static RequestBody Empty { get; } = new(default, [], []);

    /// <exception cref="DiscordRefusal">50109 when it is no JSON, 40005 when it is too large.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, long largestFile, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0)) return Empty;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return Empty;
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return await ReadMultipartAsync(request, type, largestFile, cancellationToken);

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var raw = buffer.ToArray();
        return raw.Length == 0 ? Empty : new(Parse(raw), [], raw);
    }

    private static async Task<RequestBody> ReadMultipartAsync(HttpRequest request, MediaTypeHeaderValue type, long largestFile, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? throw Malformed();
        var reader = new MultipartReader(boundary, request.Body);
        var (raw, json, files) = (Array.Empty<byte>(), default(JsonElement), new List<UploadedFile>());
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) throw Malformed();
            using var buffer = new MemoryStream();
            await section.Body.CopyToAsync(buffer, cancellationToken);
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (name == "payload_json")
            {
                raw = buffer.ToArray();
                json = Parse(raw);
                continue;
            }
            if (!name.StartsWith("files[", StringComparison.Ordinal) || !int.TryParse(name.AsSpan(6).TrimEnd(']'), out var index))
                throw new NotModelledException($"the form part “{name}”");
            if (buffer.Length > largestFile) throw new DiscordRefusal(413, (int)ErrorCode.RequestTooLarge, "Request entity too large");
            var filename = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value! : HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "file";
            files.Add(new(index, filename, section.ContentType, buffer.ToArray()));
        }
        return new(json, files, raw);
    }

    private static JsonElement Parse(byte[] raw)
    {
        try
        {
            var reader = new Utf8JsonReader(raw);
            var json = JsonElement.ParseValue(ref reader);
            return reader.Read() ? throw Malformed() : json;
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static DiscordRefusal Malformed() => DiscordRefusal.Bad(ErrorCode.InvalidJson, "The request body contains invalid JSON.");
}
