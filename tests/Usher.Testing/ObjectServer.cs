using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Usher.Testing;

/// <summary>
/// A small object store that speaks as S3 does, over a real socket. It looks at every request's signature with a computation of its own, made from the specification and of no line of Usher's.
/// </summary>
public sealed class ObjectServer : IAsyncDisposable
{
    public const string AccessKey = "AKIATESTTESTTEST";
    public const string Secret = "secret/of+the/tests";
    public const string Region = "eu-test-1";
    public const string Bucket = "usher-files";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    private ObjectServer(int port)
    {
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The objects, by their whole path.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Every request: its method and path, and what it was answered with.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>While set, every request is answered so.</summary>
    public HttpStatusCode? Trouble { get; set; }

    /// <summary>The region that it names with its trouble, as Amazon does where the bucket is in another.</summary>
    public string? TroubleRegion { get; set; }

    /// <summary>Starts one on a free port.</summary>
    public static ObjectServer Start()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            try
            {
                return new ObjectServer(port);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took the port in between.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        try
        {
            using var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            var (status, code, content) = Decide(request, body.ToArray(), response);
            response.StatusCode = (int)status;
            Requests.Enqueue($"{request.HttpMethod} {request.RawUrl} {(int)status}");
            if (code is not null) content = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No.</Message></Error>");
            if (content is not null && (request.HttpMethod != "HEAD" || code is null)) response.ContentLength64 = content.Length;
            if (content is not null && request.HttpMethod != "HEAD") await response.OutputStream.WriteAsync(content);
            response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            response.Abort();
        }
    }

    private (HttpStatusCode Status, string? Code, byte[]? Content) Decide(HttpListenerRequest request, byte[] body, HttpListenerResponse response)
    {
        if (TroubleRegion is { } region) response.AddHeader("x-amz-bucket-region", region);
        if (Trouble is { } trouble) return (trouble, "SlowDown", null);
        var path = request.RawUrl!;
        if (WhatIsWrong(request, body) is { } wrong) return (HttpStatusCode.Forbidden, wrong, null);
        if (!path.StartsWith($"/{Bucket}/", StringComparison.Ordinal)) return (HttpStatusCode.NotFound, "NoSuchBucket", null);
        switch (request.HttpMethod)
        {
            case "PUT":
                Objects[path] = body;
                return (HttpStatusCode.OK, null, []);
            case "DELETE":
                Objects.TryRemove(path, out _);
                return (HttpStatusCode.NoContent, null, null);
            default:
                if (!Objects.TryGetValue(path, out var found)) return (HttpStatusCode.NotFound, "NoSuchKey", null);
                if (request.Headers["Range"] is not { } range) return (HttpStatusCode.OK, null, found);
                var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
                response.AddHeader("Content-Range", $"bytes {from}-{found.Length - 1}/{found.Length}");
                return (HttpStatusCode.PartialContent, null, found[from..]);
        }
    }

    private static string? WhatIsWrong(HttpListenerRequest request, byte[] body)
    {
        var said = request.Headers["Authorization"] ?? "";
        if (!said.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)) return "AccessDenied";
        var parts = said["AWS4-HMAC-SHA256 ".Length..].Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var date = request.Headers["x-amz-date"] ?? "";
        var credential = parts["Credential"].Split('/');
        if (credential[0] != AccessKey) return "InvalidAccessKeyId";
        if (credential is not [_, var day, Region, "s3", "aws4_request"] || !date.StartsWith(day, StringComparison.Ordinal)) return "AuthorizationHeaderMalformed";
        var names = parts["SignedHeaders"].Split(';');
        if (!((string[])["host", "x-amz-content-sha256", "x-amz-date"]).All(names.Contains)) return "AuthorizationHeaderMalformed";
        var payload = Convert.ToHexStringLower(SHA256.HashData(body));
        if (request.Headers["x-amz-content-sha256"] != payload) return "XAmzContentSHA256Mismatch";

        var canonical = new StringBuilder().Append(request.HttpMethod).Append('\n').Append(request.RawUrl).Append("\n\n");
        foreach (var name in names) canonical.Append(name).Append(':').Append(request.Headers[name]!.Trim()).Append('\n');
        canonical.Append('\n').Append(parts["SignedHeaders"]).Append('\n').Append(payload);
        var toSign = $"AWS4-HMAC-SHA256\n{date}\n{string.Join('/', credential[1..])}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var key = credential[1..].Aggregate(Encoding.UTF8.GetBytes("AWS4" + Secret), (last, word) => new HMACSHA256(last).ComputeHash(Encoding.UTF8.GetBytes(word)));
        return Convert.ToHexStringLower(new HMACSHA256(key).ComputeHash(Encoding.UTF8.GetBytes(toSign))) == parts["Signature"] ? null : "SignatureDoesNotMatch";
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }
}
