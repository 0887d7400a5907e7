using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Usher.Discord.Rest;

/// <summary>
/// A JSON body with files behind it, written straight to the wire. File names go as UTF-8, which .NET's own form content cannot do.
/// <see href="https://discord.com/developers/docs/reference#uploading-files"/>
/// </summary>
internal sealed class MultipartBody : HttpContent
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private readonly byte[] _json;
    private readonly IReadOnlyList<UploadFile> _files;
    private readonly byte[] _jsonHead;
    private readonly byte[][] _fileHeads;
    private readonly byte[] _end;

    public MultipartBody(byte[] json, IReadOnlyList<UploadFile> files, string boundary)
    {
        _json = json;
        _files = files;
        _jsonHead = Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n");
        _fileHeads = [.. files.Select((file, n) => Encoding.UTF8.GetBytes(
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"files[{n}]\"; filename=\"{Escaped(file.Name)}\"\r\nContent-Type: {file.ContentType}\r\n\r\n"))];
        _end = Encoding.UTF8.GetBytes($"--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary=\"{boundary}\"");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _jsonHead.Length + _json.Length + LineEnd.Length + _end.Length;
        for (var n = 0; n < _files.Count; n++) length += _fileHeads[n].Length + _files[n].Length + LineEnd.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_jsonHead, cancellationToken);
        await stream.WriteAsync(_json, cancellationToken);
        await stream.WriteAsync(LineEnd, cancellationToken);
        for (var n = 0; n < _files.Count; n++)
        {
            await stream.WriteAsync(_fileHeads[n], cancellationToken);
            await using (var file = await _files[n].OpenAsync(cancellationToken)) await file.CopyToAsync(stream, cancellationToken);
            await stream.WriteAsync(LineEnd, cancellationToken);
        }
        await stream.WriteAsync(_end, cancellationToken);
    }

    // As browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    private static string Escaped(string name) =>
        name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
