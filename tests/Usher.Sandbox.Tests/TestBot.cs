using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Sandbox.Cast;

namespace Usher.Sandbox.Tests;

/// <summary>What came back of a request.</summary>
public sealed record Reply(int Status, JsonElement Json, HttpResponseHeaders Headers)
{
    public int Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetInt32() : -1;

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public string Header(string name) => Headers.GetValues(name).Single();
}

/// <summary>A client as plain as can be: HTTP with a token, nothing learnt, nothing retried.</summary>
public sealed class TestBot(Box box, string? token = Harbour.BotToken) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<Reply> Send(HttpMethod method, string path, string? json = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(box.ApiAddress, path.TrimStart('/')));
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bot " + token);
        request.Content = content ?? (json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var parsed = body.Length > 0 && body[0] is (byte)'{' or (byte)'[' ? JsonSerializer.Deserialize<JsonElement>(body) : default;
        return new((int)response.StatusCode, parsed, response.Headers);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Reply> Post(string path, string json = "{}") => Send(HttpMethod.Post, path, json);

    public Task<Reply> Patch(string path, string json) => Send(HttpMethod.Patch, path, json);

    public Task<Reply> Put(string path, string? json = null) => Send(HttpMethod.Put, path, json);

    public Task<Reply> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <summary>Sends files with `payload_json`.</summary>
    public Task<Reply> Upload(string path, string json, params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent { { new StringContent(json, Encoding.UTF8, "application/json"), "payload_json" } };
        for (var index = 0; index < files.Length; index++) form.Add(new ByteArrayContent(files[index].Bytes), $"files[{index}]", files[index].Name);
        return Send(HttpMethod.Post, path, content: form);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A gateway client as plain as can be.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _packed = new();
    private ZLibStream? _inflater;

    public int Sequence { get; private set; }

    public string SessionId { get; private set; } = "";

    public string ResumeAddress { get; private set; } = "";

    /// <summary>Connects, and reads HELLO.</summary>
    public static async Task<TestSocket> Connect(string address, string query = "?v=10&encoding=json")
    {
        var socket = new TestSocket();
        await socket._socket.ConnectAsync(new Uri(address + query), TestContext.Current.CancellationToken);
        if (query.Contains("zlib-stream", StringComparison.Ordinal)) socket._inflater = new(socket._packed, CompressionMode.Decompress);
        return socket;
    }

    /// <summary>Connects and identifies; READY is read.</summary>
    public static async Task<TestSocket> Identified(Box box, long intents, string token = Harbour.BotToken, string query = "?v=10&encoding=json")
    {
        var socket = await Connect(box.GatewayAddress, query);
        await socket.Op(10);
        await socket.Identify(intents, token);
        await socket.Event("READY");
        return socket;
    }

    public Task Identify(long intents, string token = Harbour.BotToken, string? shard = null) =>
        Send($$"""{"op":2,"d":{"token":"{{token}}","intents":{{intents}},"properties":{"os":"linux","browser":"test","device":"test"}{{(shard is null ? "" : $",\"shard\":{shard}")}} } }""");

    public Task Resume(string session, int sequence, string token = Harbour.BotToken) =>
        Send($$"""{"op":6,"d":{"token":"{{token}}","session_id":"{{session}}","seq":{{sequence}} } }""");

    public Task Send(string json) => _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next payload; null when the box closed the socket.</summary>
    public async Task<JsonElement?> Next()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var buffer = new byte[1 << 20];
        using var whole = new MemoryStream();
        WebSocketReceiveResult result;
        do
        {
            result = await _socket.ReceiveAsync(buffer, limit.Token);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            whole.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);
        var payload = JsonSerializer.Deserialize<JsonElement>(_inflater is null ? whole.ToArray() : Inflate(whole.ToArray()));
        if (payload.GetProperty("s").ValueKind == JsonValueKind.Number) Sequence = payload.GetProperty("s").GetInt32();
        if (payload.GetProperty("t").GetString() == "READY")
        {
            SessionId = payload.GetProperty("d").GetProperty("session_id").GetString()!;
            ResumeAddress = payload.GetProperty("d").GetProperty("resume_gateway_url").GetString()!;
        }
        return payload;
    }

    /// <summary>The data of the next event of that name; others are passed over.</summary>
    public async Task<JsonElement> Event(string name)
    {
        while (await Next() is { } payload)
        {
            if (payload.GetProperty("t").GetString() == name) return payload.GetProperty("d");
        }
        throw new InvalidOperationException($"The socket closed with {CloseCode} before {name} came.");
    }

    /// <summary>The data of the next payload with that opcode; others are passed over.</summary>
    public async Task<JsonElement> Op(int op)
    {
        while (await Next() is { } payload)
        {
            if (payload.GetProperty("op").GetInt32() == op) return payload.GetProperty("d");
        }
        throw new InvalidOperationException($"The socket closed with {CloseCode} before opcode {op} came.");
    }

    /// <summary>Reads until the box closes, and gives the code.</summary>
    public async Task<int> Closed()
    {
        while (await Next() is not null) { }
        return CloseCode;
    }

    /// <summary>The names of all events until one of that name, which is the last.</summary>
    public async Task<IReadOnlyList<string>> EventsUntil(string name)
    {
        var names = new List<string>();
        while (await Next() is { } payload)
        {
            if (payload.GetProperty("t").GetString() is not { } event_) continue;
            names.Add(event_);
            if (event_ == name) return names;
        }
        return names;
    }

    public int CloseCode => (int)(_socket.CloseStatus ?? 0);

    /// <summary>Is gone without a word.</summary>
    public void Cut() => _socket.Abort();

    public Task Close(WebSocketCloseStatus status) => _socket.CloseAsync(status, "", TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _inflater?.Dispose();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private byte[] Inflate(byte[] packed)
    {
        Assert.Equal(new byte[] { 0x00, 0x00, 0xFF, 0xFF }, packed[^4..]);
        _packed.SetLength(0);
        _packed.Write(packed);
        _packed.Position = 0;
        using var plain = new MemoryStream();
        var buffer = new byte[65536];
        int read;
        while ((read = _inflater!.Read(buffer)) > 0) plain.Write(buffer, 0, read);
        return plain.ToArray();
    }
}
