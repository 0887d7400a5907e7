using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Usher.Discord.Gateway;

/// <summary>
/// The one loop that owns a shard's socket: it connects, reads, beats, sends and reconnects, as <see cref="ShardProtocol"/> tells it, and
/// sleeps on a <see cref="Bell"/> in between.
/// </summary>
internal sealed partial class ShardLoop(
    Shard shard, ShardOptions options, ShardProtocol protocol, Bell bell, ChannelWriter<GatewayEvent> events, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Alarm _alarm = new(options.Time, bell.Ring);
    private readonly ILogger _logger = options.Logger;
    private GatewayPeek _peek;

    /// <summary>Runs until stopped.</summary>
    /// <exception cref="GatewayRefusedException">Discord refuses for good.</exception>
    public async Task RunAsync()
    {
        await using var stopping = stop.UnsafeRegister(static ring => ((Action)ring!)(), bell.Ring);
        try
        {
            while (await SleepAsync(protocol.RetryAt)) await ConnectAndServeAsync();
        }
        finally
        {
            protocol.Stopped();
        }
    }

    public void Dispose() => _alarm.Dispose();

    private async Task<bool> SleepAsync(TimeSpan until)
    {
        while (!stop.IsCancellationRequested && _alarm.Now < until)
        {
            _alarm.Set(until);
            await bell.WaitAsync();
        }
        return !stop.IsCancellationRequested;
    }

    private async Task ConnectAndServeAsync()
    {
        using var connection = new Connection(options.Compress);
        if (await ConnectAsync(connection) is { } failure)
        {
            if (!stop.IsCancellationRequested) TellDisconnected(failure);
            return;
        }
        protocol.Connected(_alarm.Now);
        connection.BeginReceive(bell.Ring);
        Step end;
        try
        {
            end = await ServeAsync(connection);
            if (end.CloseCode != 0) await CloseAsync(connection, end.CloseCode);
        }
        finally
        {
            connection.Abort();
            while (!connection.HasReceived) await bell.WaitAsync();
        }
        if (end.Refusal is { } refusal)
        {
            LogRefused(options.ShardId, refusal.CloseCode);
            throw refusal;
        }
        if (!stop.IsCancellationRequested) TellDisconnected(end);
    }

    private async Task<Step?> ConnectAsync(Connection connection)
    {
        using var patience = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        var address = protocol.Connect();
        LogConnecting(options.ShardId, address.Host);
        try
        {
            await connection.ConnectAsync(address, either.Token);
            return null;
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
        {
            return protocol.ConnectFailed(patience.IsCancellationRequested ? "connecting took too long" : "could not connect", _alarm.Now);
        }
    }

    /// <summary>Serves one connection until it ends; the last step says how.</summary>
    private async Task<Step> ServeAsync(Connection connection)
    {
        while (true)
        {
            if (stop.IsCancellationRequested)
                return new Step(StepKind.None) { CloseCode = options.Stop == ShardStop.LogOff ? CloseCodes.LogOff : CloseCodes.KeepSession };
            var step = protocol.Tick(_alarm.Now);
            var received = false;
            if (step.Kind == StepKind.None)
            {
                if (!connection.HasReceived)
                {
                    _alarm.Set(protocol.Deadline(_alarm.Now));
                    await bell.WaitAsync();
                    continue;
                }
                step = Take(connection);
                received = true;
            }
            switch (step.Kind)
            {
                case StepKind.None or StepKind.Drop:
                    break;
                case StepKind.Disconnect or StepKind.Refuse:
                    return step;
                case StepKind.Deliver:
                    await DeliverAsync(Event(step, connection.Payload.Span), connection);
                    break;
                default:
                    if (!await SendAsync(connection, step.Kind)) return protocol.Lost(null, _alarm.Now);
                    break;
            }
            if (received) connection.BeginReceive(bell.Ring);
        }
    }

    private Step Take(Connection connection)
    {
        try
        {
            if (!connection.TakeReceived()) return protocol.Lost(connection.CloseCode, _alarm.Now);
        }
        catch (InvalidDataException)
        {
            return protocol.Garbled("bytes came that cannot be inflated", _alarm.Now);
        }
        catch (WebSocketException)
        {
            return protocol.Lost(connection.CloseCode, _alarm.Now);
        }
        var payload = connection.Payload.Span;
        if (!GatewayPeek.TryRead(payload, out var peek)) return protocol.Garbled("bytes came that are no payload", _alarm.Now);
        var step = protocol.Receive(peek, payload, _alarm.Now);
        _peek = peek;
        if (peek.Opcode == GatewayOpcode.HeartbeatAck && protocol.Latency is { } latency) GatewayMetrics.Latency.Record(latency.TotalSeconds);
        if (peek.Opcode == GatewayOpcode.Dispatch)
            (step.Kind == StepKind.Drop ? GatewayMetrics.Dropped : GatewayMetrics.Events).Add(1, new KeyValuePair<string, object?>("event", peek.Name));
        return step;
    }

    private GatewayEvent Event(Step step, ReadOnlySpan<byte> payload)
    {
        if (step.EventKind == GatewayEventKind.Ready) LogReady(options.ShardId);
        if (step.EventKind == GatewayEventKind.Resumed) LogResumed(options.ShardId, _peek.Sequence ?? 0);
        return new GatewayEvent(step.EventKind, shard, shard.Checkpoint.SessionId, _peek, payload) { IsReplay = step.IsReplay };
    }

    private void TellDisconnected(Step end)
    {
        var reason = end.Reason ?? "";
        GatewayMetrics.Reconnects.Add(1, new KeyValuePair<string, object?>("reason", reason));
        LogDisconnected(options.ShardId, reason, end.RetryAfter);
        // Only news: a reader so far behind that there is no room for it must not keep the shard from connecting again.
        events.TryWrite(new GatewayEvent(shard, reason, end.RetryAfter));
    }

    /// <summary>Hands an event to the reader. While the reader is behind, the socket stays unread and only heartbeats go out.</summary>
    private async ValueTask DeliverAsync(GatewayEvent element, Connection connection)
    {
        while (!events.TryWrite(element))
        {
            var room = events.WaitToWriteAsync(CancellationToken.None).AsTask();
            room.GetAwaiter().UnsafeOnCompleted(bell.Ring);
            while (!room.IsCompleted)
            {
                if (stop.IsCancellationRequested) break;
                if (protocol.TickUnread(_alarm.Now).Kind == StepKind.SendHeartbeat)
                    await SendAsync(connection, StepKind.SendHeartbeat);
                _alarm.Set(protocol.HeartbeatDue);
                await bell.WaitAsync();
            }
            if (!stop.IsCancellationRequested) continue;
            element.Release();
            return;
        }
    }

    private async ValueTask<bool> SendAsync(Connection connection, StepKind kind)
    {
        Write(connection.Outgoing, kind);
        var sending = connection.SendAsync().AsTask();
        try
        {
            // A payload hardly ever waits for room in the socket; when it does not, no time passes, however the clock leaps.
            if (!sending.IsCompleted) await sending.WaitAsync(SendTimeout, options.Time);
            await sending;
            return true;
        }
        catch (TimeoutException)
        {
            connection.Abort();
            // Until it ends it uses the connection's bytes.
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void Write(PooledBuffer into, StepKind kind)
    {
        switch (kind)
        {
            case StepKind.SendIdentify:
                Payloads.Identify(into, options, protocol.Presence);
                break;
            case StepKind.SendResume:
                Payloads.Resume(into, options.Token, shard.Checkpoint.Received!);
                break;
            case StepKind.SendPresence:
                Payloads.PresenceUpdate(into, protocol.Presence!);
                break;
            default:
                Payloads.Heartbeat(into, shard.Checkpoint.Sequence);
                break;
        }
    }

    /// <summary>Says goodbye and waits shortly for the answer: a socket torn down at once could take the code with it.</summary>
    private async Task CloseAsync(Connection connection, int code)
    {
        var until = _alarm.Now + CloseTimeout;
        using var patience = new CancellationTokenSource(CloseTimeout, options.Time);
        try
        {
            if (!connection.IsOpen) return;
            await connection.SendCloseAsync(code, patience.Token);
            if (!connection.IsReceiving) connection.BeginReceive(bell.Ring);
            while (_alarm.Now < until)
            {
                if (connection.HasReceived)
                {
                    if (!connection.TakeReceived()) return;
                    connection.BeginReceive(bell.Ring);
                    continue;
                }
                _alarm.Set(until);
                await bell.WaitAsync();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or InvalidDataException)
        {
            LogCloseFailed(options.ShardId, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Shard {Shard} connects to {Host}")]
    private partial void LogConnecting(int shard, string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} is ready with a new session")]
    private partial void LogReady(int shard);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} resumed its session at {Sequence}")]
    private partial void LogResumed(int shard, long sequence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} lost its connection: {Reason}; it connects again in {Wait}")]
    private partial void LogDisconnected(int shard, string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Error, Message = "Shard {Shard} was refused for good (close code {Code})")]
    private partial void LogRefused(int shard, int? code);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Shard {Shard} could not close its connection in order")]
    private partial void LogCloseFailed(int shard, Exception failure);
}
