using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Usher.Discord.Gateway;

/// <summary>One WebSocket: whole payloads come out, whatever their frames and compression. Used by one loop.</summary>
internal sealed class Connection : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly PooledBuffer _frames = new();
    private readonly PooledBuffer _inflated = new();
    private readonly PooledBuffer _outgoing = new();
    private readonly Inflater? _inflater;

    // Kept rather than awaited, because the loop waits for several things at once; taken once, by TakeReceived.
    private ValueTask<bool> _receive;

    public Connection(bool compress)
    {
        // Heartbeats show life; the WebSocket's own pings would only add to them.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (compress) _inflater = new Inflater();
    }

    /// <summary>The payload that <see cref="TakeReceived"/> found; valid until <see cref="BeginReceive"/>.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Discord's close code, once it closed; null when the socket broke without one.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    public bool HasReceived => _receive.IsCompleted;

    /// <summary>False between <see cref="TakeReceived"/> and the next <see cref="BeginReceive"/>.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>What is to be sent; written anew for each payload.</summary>
    public PooledBuffer Outgoing
    {
        get
        {
            _outgoing.Clear();
            return _outgoing;
        }
    }

    public Task ConnectAsync(Uri address, CancellationToken cancellation) => _socket.ConnectAsync(address, cancellation);

    /// <summary>Begins to receive one payload and rings when it, or the end, is there.</summary>
    public void BeginReceive(Action ring)
    {
        IsReceiving = true;
#pragma warning disable CA2012 // See the field.
        _receive = ReceiveAsync();
#pragma warning restore CA2012
        if (!_receive.IsCompleted) _receive.GetAwaiter().UnsafeOnCompleted(ring);
    }

    /// <summary>After <see cref="HasReceived"/>, once: true when <see cref="Payload"/> is there, false when Discord closed.</summary>
    /// <exception cref="WebSocketException">The socket broke.</exception>
    /// <exception cref="InvalidDataException">The bytes are no payload.</exception>
    public bool TakeReceived()
    {
        var receive = _receive;
        _receive = default;
        IsReceiving = false;
        return receive.GetAwaiter().GetResult();
    }

    /// <summary>Sends what was written; ends with the socket at the latest.</summary>
    public ValueTask SendAsync() => _socket.SendAsync(_outgoing.Written, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task SendCloseAsync(int code, CancellationToken cancellation) =>
        _socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellation);

    public bool IsOpen => _socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    /// <summary>Breaks the socket, which ends a pending receive.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Only when no receive is pending: its buffer goes back to the pool.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        _inflater?.Dispose();
        _frames.Dispose();
        _inflated.Dispose();
        _outgoing.Dispose();
    }

    // Pooled, because there is one for every payload, also for those that are dropped.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReceiveAsync()
    {
        _frames.Clear();
        while (true)
        {
            var result = await _socket.ReceiveAsync(_frames.GetMemory(4096), CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close) return false;
            _frames.Advance(result.Count);
            if (!result.EndOfMessage) continue;
            if (result.MessageType == WebSocketMessageType.Text)
            {
                Payload = _frames.Written;
                return true;
            }
            if (_inflater is null) throw new InvalidDataException("Compressed bytes came without compression having been asked for.");
            if (!Inflater.EndsPayload(_frames.Written.Span)) continue;
            _inflated.Clear();
            _inflater.Inflate(_frames.Written, _inflated);
            Payload = _inflated.Written;
            return true;
        }
    }
}
