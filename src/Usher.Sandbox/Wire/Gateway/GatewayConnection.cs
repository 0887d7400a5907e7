using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Usher.Sandbox.Wire.Json;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>One websocket: what is sent goes through one queue, what is received is counted and handed to the server. <see href="https://discord.com/developers/docs/events/gateway"/></summary>
internal sealed class GatewayConnection : IDisposable
{
    private const int LargestPayload = 4096;
    private static readonly TimeSpan SendWindow = TimeSpan.FromSeconds(60);

    private readonly WebSocket _socket;
    private readonly BoxOptions _options;
    private readonly Channel<Outgoing> _outgoing = Channel.CreateUnbounded<Outgoing>(new() { SingleReader = true });
    private readonly MemoryStream? _deflated;
    private readonly ZLibStream? _deflater;
    private readonly Queue<DateTimeOffset> _received = new();
    private readonly byte[] _buffer = new byte[LargestPayload + 1];
    private long _lastBeat;

    public GatewayConnection(WebSocket socket, BoxOptions options, bool compressed)
    {
        _socket = socket;
        _options = options;
        _lastBeat = options.HeartbeatTime.GetTimestamp();
        if (!compressed) return;
        _deflated = new();
        _deflater = new(_deflated, CompressionLevel.Fastest);
    }

    /// <summary>The session it carries; null before IDENTIFY.</summary>
    public GatewaySession? Session { get; set; }

    /// <summary>Whether it came in at the address given for resuming.</summary>
    public bool AtResumeAddress { get; init; }

    /// <summary>Queues a frame; <paramref name="sequence"/> is noted at the session once it is on the wire.</summary>
    public void Send(byte[] frame, int sequence = 0, string? name = null) => _outgoing.Writer.TryWrite(new(frame, sequence, null, null));

    public void Send(int op, Action<Utf8JsonWriter> writeData)
    {
        var frame = Payloads.Bytes(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNull("t");
            writer.WriteNull("s");
            writer.WriteNumber("op", op);
            writer.WritePropertyName("d");
            writeData(writer);
            writer.WriteEndObject();
        });
        Send(frame);
    }

    /// <summary>Closes after all that is queued was sent.</summary>
    public void Close(int code, string reason)
    {
        _outgoing.Writer.TryWrite(new(null, 0, code, reason));
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Cuts the line without a word.</summary>
    public void Cut() => _socket.Abort();

    public void Beat() => Interlocked.Exchange(ref _lastBeat, _options.HeartbeatTime.GetTimestamp());

    public bool IsSilent => _options.HeartbeatTime.GetElapsedTime(Interlocked.Read(ref _lastBeat)) > _options.HeartbeatInterval * 1.5;

    /// <summary>Counts what the client sends: false over 120 in 60 seconds.</summary>
    public bool CountReceived()
    {
        if (!_options.RateLimits) return true;
        var now = _options.Time.GetUtcNow();
        while (_received.TryPeek(out var oldest) && now - oldest >= SendWindow) _received.Dequeue();
        _received.Enqueue(now);
        return _received.Count <= 120;
    }

    /// <summary>The next payload; null when the client closed; larger than allowed as an empty one.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            length += result.Count;
            if (length > LargestPayload) return ReadOnlyMemory<byte>.Empty;
            if (result.EndOfMessage) return _buffer.AsMemory(0, length);
        }
    }

    /// <summary>Writes what is queued until the connection ends.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        await foreach (var next in _outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            if (next.Frame is { } frame)
            {
                await _socket.SendAsync(Pack(frame), _deflater is null ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                if (next.Sequence > 0 && Session is { } session) session.SentSequence = Math.Max(session.SentSequence, next.Sequence);
            }
            else if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync((WebSocketCloseStatus)next.CloseCode!.Value, next.Reason, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        _outgoing.Writer.TryComplete();
        _deflater?.Dispose();
        _deflated?.Dispose();
        _socket.Dispose();
    }

    private ReadOnlyMemory<byte> Pack(byte[] frame)
    {
        if (_deflater is null) return frame;
        _deflated!.SetLength(0);
        _deflater.Write(frame);
        // Every message ends with a sync flush, 00 00 FF FF, and shares one dictionary with those before.
        _deflater.Flush();
        return _deflated.ToArray();
    }

    private readonly record struct Outgoing(byte[]? Frame, int Sequence, int? CloseCode, string? Reason);
}
