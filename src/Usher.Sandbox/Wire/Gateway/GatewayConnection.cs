using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>One websocket of a client: what is to be sent goes through a queue, so that the world never waits for a slow reader.</summary>
internal sealed class GatewayConnection(WebSocket socket, bool compress, Journal journal) : IDisposable
{
    // A payload of a client is at most 4096 bytes: https://discord.com/developers/docs/events/gateway#sending-events
    private const int LargestPayload = 4096;

    private readonly Channel<(int Opcode, string? Name, byte[] Frame)> _out = System.Threading.Channels.Channel.CreateUnbounded<(int, string?, byte[])>(new() { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();
    private readonly MemoryStream _compressed = new();
    private ZLibStream? _zlib;
    private int? _closeCode;

    /// <summary>Cancelled when the connection has come to its end.</summary>
    internal CancellationToken Ended => _ended.Token;

    /// <summary>How many payloads wait to be written.</summary>
    internal int Waiting => _out.Reader.Count;

    /// <summary>The session it speaks for, for the journal; empty before there is one.</summary>
    internal string Session { get; set; } = "";

    /// <summary>Puts a payload into the queue.</summary>
    internal void Send(int opcode, byte[] frame, string? name = null) => _out.Writer.TryWrite((opcode, name, frame));

    /// <summary>Writes what is still queued, then closes with that code.</summary>
    internal void Close(int code)
    {
        _closeCode ??= code;
        _out.Writer.TryComplete();
    }

    /// <summary>Tears the socket, as a broken line does.</summary>
    internal void Abort()
    {
        socket.Abort();
        End();
    }

    /// <summary>Writes the queue to the socket until it is closed.</summary>
    internal async Task WriteAsync()
    {
        try
        {
            await foreach (var (opcode, name, frame) in _out.Reader.ReadAllAsync(_ended.Token))
            {
                journal.NoteGateway(Session, fromClient: false, opcode, name, frame);
                var bytes = compress ? Compress(frame) : frame;
                await socket.SendAsync(bytes, compress ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
            }
            if (_closeCode is { } code) await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, _ended.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            End();
        }
    }

    /// <summary>Reads one payload; null when the client has gone, or has sent what is no payload (then the connection is closed).</summary>
    internal async Task<JsonDocument?> ReadAsync()
    {
        var buffer = new byte[LargestPayload + 1];
        var length = 0;
        try
        {
            while (true)
            {
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
                if (result.MessageType == WebSocketMessageType.Close) return null;
                length += result.Count;
                if (length > LargestPayload)
                {
                    Close(4002);
                    return null;
                }
                if (result.EndOfMessage) break;
            }
            return JsonDocument.Parse(buffer.AsMemory(0, length));
        }
        catch (JsonException)
        {
            Close(4002);
            return null;
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>The connection is no more.</summary>
    internal void End()
    {
        _out.Writer.TryComplete();
        if (!_ended.IsCancellationRequested) _ended.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _zlib?.Dispose();
        _compressed.Dispose();
        _ended.Dispose();
    }

    // One deflate context for the whole connection, flushed after each payload: https://discord.com/developers/docs/events/gateway#transport-compression
    private ReadOnlyMemory<byte> Compress(byte[] frame)
    {
        _compressed.SetLength(0);
        _zlib ??= new ZLibStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
        _zlib.Write(frame);
        _zlib.Flush();
        return _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length);
    }
}
