using System.IO.Compression;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway.Peer;

/// <summary>
/// One connection, as a script: <c>await socket.SendsHello().Expects(Identify).SendsReady()</c>. Steps run in order, in the background;
/// awaiting the socket awaits all steps so far and throws what failed.
/// </summary>
internal sealed class PeerSocket(WebSocket web, HttpContext context, Uri resumeAddress) : IDisposable
{
    /// <summary>A safety net for broken tests, not a means of synchronising.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _compressed = new();
    private ZLibStream? _zlib;
    private Task _script = Task.CompletedTask;

    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();

    public string Path => context.Request.Path;

    public string Query => context.Request.QueryString.Value ?? "";

    /// <summary>The payload that the last <see cref="Expects"/> read.</summary>
    public JsonElement Received { get; private set; }

    /// <summary>The close code that <see cref="ExpectsClose"/> read.</summary>
    public int? CloseCode { get; private set; }

    public long Sequence { get; set; }

    public TaskAwaiter GetAwaiter() => _script.WaitAsync(Patience).GetAwaiter();

    public void Dispose()
    {
        _zlib?.Dispose();
        _compressed.Dispose();
    }

    public PeerSocket SendsHello(int interval = 40_000) => Sends($$$"""{"op":10,"d":{"heartbeat_interval":{{{interval}}}},"s":null,"t":null}""");

    public PeerSocket SendsReady(string session = "first", Uri? resume = null) => Dispatches("READY",
        $$$"""{"v":10,"user":{"id":"1","username":"usher"},"guilds":[],"session_id":"{{{session}}}","resume_gateway_url":"{{{resume ?? resumeAddress}}}","application":{"id":"1","flags":0}}""");

    public PeerSocket SendsResumed() => Dispatches("RESUMED", "{}");

    public PeerSocket Acknowledges() => Sends("""{"op":11}""");

    public PeerSocket Dispatches(string name, string data = "{}") =>
        Then(() => SendAsync(Encoding.UTF8.GetBytes($$"""{"t":"{{name}}","s":{{++Sequence}},"op":0,"d":{{data}}}""")));

    public PeerSocket Sends(string payload) => Then(() => SendAsync(Encoding.UTF8.GetBytes(payload)));

    /// <summary>Sends bytes as they are, in one frame.</summary>
    public PeerSocket SendsRaw(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary) =>
        Then(() => web.SendAsync(bytes, type, true, default));

    /// <summary>Sends a payload in frames of so many bytes, and, when compressed, in messages that only together end with the flush.</summary>
    public PeerSocket SendsInPieces(string payload, int size, bool severalMessages) => Then(async () =>
    {
        var bytes = Pack(Encoding.UTF8.GetBytes(payload));
        for (var at = 0; at < bytes.Length; at += size)
        {
            var last = at + size >= bytes.Length;
            await web.SendAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), MessageType, last || severalMessages, default);
        }
    });

    public PeerSocket Floods(byte[] payload, int times) => Then(async () =>
    {
        for (var i = 0; i < times; i++) await web.SendAsync(payload.AsMemory(), WebSocketMessageType.Text, true, default);
    });

    public PeerSocket Expects(GatewayOpcode opcode, Action<JsonElement>? check = null) => Then(async () =>
    {
        Received = await ReceiveAsync();
        Assert.Equal(opcode, (GatewayOpcode)Received.GetProperty("op").GetInt32());
        check?.Invoke(Received.GetProperty("d"));
    });

    public PeerSocket ExpectsClose() => Then(async () =>
    {
        var buffer = new byte[4096];
        try
        {
            while ((await web.ReceiveAsync(buffer, default)).MessageType != WebSocketMessageType.Close) { }
            CloseCode = (int?)web.CloseStatus;
            await web.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
        catch (WebSocketException)
        {
            CloseCode = (int?)web.CloseStatus;
        }
        _ended.TrySetResult();
    });

    public PeerSocket Closes(int code) => Then(async () =>
    {
        await web.CloseOutputAsync((WebSocketCloseStatus)code, null, default);
        _ended.TrySetResult();
    });

    /// <summary>The cable is cut: no close frame.</summary>
    public PeerSocket Breaks() => Then(() =>
    {
        context.Abort();
        _ended.TrySetResult();
        return Task.CompletedTask;
    });

    private bool Compresses => Query.Contains("compress=zlib-stream", StringComparison.Ordinal);

    private WebSocketMessageType MessageType => Compresses ? WebSocketMessageType.Binary : WebSocketMessageType.Text;

    private PeerSocket Then(Func<Task> step)
    {
        _script = AfterAsync(_script);
        return this;

        async Task AfterAsync(Task before)
        {
            await before;
            await step();
        }
    }

    private Task SendAsync(byte[] payload) => web.SendAsync(Pack(payload), MessageType, true, default);

    private byte[] Pack(byte[] payload)
    {
        if (!Compresses) return payload;
        _zlib ??= new ZLibStream(_compressed, CompressionLevel.Fastest);
        _compressed.SetLength(0);
        _zlib.Write(payload);
        _zlib.Flush();
        return _compressed.ToArray();
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        var buffer = new byte[16384];
        var length = 0;
        while (true)
        {
            var result = await web.ReceiveAsync(buffer.AsMemory(length), default);
            Assert.NotEqual(WebSocketMessageType.Close, result.MessageType);
            length += result.Count;
            if (result.EndOfMessage) return JsonDocument.Parse(buffer.AsMemory(0, length)).RootElement.Clone();
        }
    }
}
