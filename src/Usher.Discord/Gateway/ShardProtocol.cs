using System.Globalization;
using System.Text.Json;

namespace Usher.Discord.Gateway;

/// <summary>
/// The gateway's protocol without a socket and without a clock: told what came and what time it is, it says what to do next.
/// <code>
/// Disconnected ─► Connecting ─HELLO─┬─► Resuming ──RESUMED──┬─► Connected
///      ▲                            └─► Queued ─► Identifying ─READY─┘  │
///      └──────── lost, zombie, op 7, op 9, time-out ◄───────────────────┘
/// </code>
/// See https://discord.com/developers/docs/events/gateway#connection-lifecycle. Used by one loop; only <see cref="Presence"/>,
/// <see cref="Status"/> and <see cref="Latency"/> are touched by other threads.
/// </summary>
internal sealed class ShardProtocol(ShardOptions options, Checkpoint checkpoint, IdentifyQueue identifyQueue)
{
    /// <summary>After that many connections in a row that failed, the address of GET /gateway/bot is tried instead of the session's own.</summary>
    private const int FailuresBeforePlainAddress = 3;

    /// <summary>After that many resumes in a row that came to nothing, a payload of the replay itself may be what breaks them.</summary>
    private const int FailedResumesBeforeIdentify = 5;

    private readonly Backoff _backoff = new(options.Random);
    private SendWindow _window = new();
    private Heart? _heart;
    private TimeSpan _deadline = TimeSpan.MaxValue;
    private TimeSpan _replayMayLastUntil = TimeSpan.MinValue;
    private Presence? _sentPresence = options.Presence;
    private int _failedConnections;
    private int _failedResumes;
    private volatile Presence? _presence = options.Presence;
    private volatile ShardStatus _status;

    public ShardStatus Status
    {
        get => _status;
        private set => _status = value;
    }

    /// <summary>What the bot should show; the latest counts.</summary>
    public Presence? Presence
    {
        get => _presence;
        set => _presence = value;
    }

    public TimeSpan? Latency => _heart?.Latency;

    /// <summary>When to connect next.</summary>
    public TimeSpan RetryAt { get; private set; } = options.Session is null ? options.StartDelay : TimeSpan.Zero;

    /// <summary>When <see cref="Tick"/> may next have something to do.</summary>
    public TimeSpan Deadline(TimeSpan now)
    {
        var due = _heart is { } heart && heart.Next < _deadline ? heart.Next : _deadline;
        if (!PresenceWaits) return due;
        var free = _window.NextFree(now);
        return free < due ? free : due;
    }

    /// <summary>When the next heartbeat goes out.</summary>
    public TimeSpan HeartbeatDue => _heart?.Next ?? TimeSpan.MaxValue;

    private bool PresenceWaits => Status == ShardStatus.Connected && Presence is { } wanted && wanted != _sentPresence;

    /// <summary>Begins a connection.</summary>
    /// <returns>Where to connect.</returns>
    public Uri Connect()
    {
        Status = ShardStatus.Connecting;
        _heart = null;
        _window = new SendWindow();
        _deadline = TimeSpan.MaxValue;
        var session = _failedConnections < FailuresBeforePlainAddress ? checkpoint.Received : null;
        return GatewayAddress.WithQuery(session?.ResumeUrl ?? options.Gateway, options.Compress);
    }

    public Step ConnectFailed(string reason, TimeSpan now)
    {
        _failedConnections++;
        return Disconnect(reason, 0, _backoff.Next(), now);
    }

    /// <summary>The socket is open; HELLO must come.</summary>
    public void Connected(TimeSpan now) => _deadline = now + options.HelloTimeout;

    /// <summary>The loop was stopped.</summary>
    public void Stopped()
    {
        Status = ShardStatus.Disconnected;
        _heart = null;
        RetryAt = TimeSpan.Zero;
        _deadline = TimeSpan.MaxValue;
    }

    public Step Receive(in GatewayPeek peek, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        var data = payload.Slice(peek.DataStart, peek.DataLength);
        switch (peek.Opcode)
        {
            case GatewayOpcode.Dispatch:
                return Dispatch(peek, data, now);
            case GatewayOpcode.Hello:
                return Greet(data, now);
            case GatewayOpcode.Heartbeat:
                _heart?.Request();
                return default;
            case GatewayOpcode.HeartbeatAck:
                _heart?.Acknowledged(now);
                return default;
            case GatewayOpcode.Reconnect:
                // Expected of a healthy connection, so at once; one that never got that far must not spin.
                return Disconnect("Discord asked to reconnect", CloseCodes.KeepSession,
                    Status == ShardStatus.Connected ? TimeSpan.Zero : _backoff.Next(), now);
            case GatewayOpcode.InvalidSession:
                return InvalidSession(resumable: data.SequenceEqual("true"u8), now);
            default:
                return default;
        }
    }

    public Step Garbled(string reason, TimeSpan now) => Disconnect(reason, CloseCodes.Garbled, _backoff.Next(), now);

    /// <summary>The socket was lost.</summary>
    /// <param name="closeCode">Discord's; null when the socket broke without one.</param>
    /// <param name="now">Now.</param>
    public Step Lost(int? closeCode, TimeSpan now)
    {
        switch (CloseCodes.Judge(closeCode))
        {
            case CloseVerdict.Final:
                Status = ShardStatus.Disconnected;
                checkpoint.Invalidate();
                var sentence = CloseCodes.Explain(closeCode!.Value, options.ShardId, options.ShardCount, options.Intents);
                return new Step(StepKind.Refuse) { Refusal = new GatewayRefusedException(sentence, closeCode) };
            case CloseVerdict.Identify:
                checkpoint.Invalidate();
                break;
        }
        var reason = closeCode is { } code
            ? string.Create(CultureInfo.InvariantCulture, $"Discord closed the connection ({code})")
            : "the connection broke";
        return Disconnect(reason, 0, _backoff.Next(), now);
    }

    /// <summary>What time alone makes due. Called until it says <see cref="StepKind.None"/>.</summary>
    public Step Tick(TimeSpan now)
    {
        switch (_heart?.Check(now))
        {
            case Pulse.Zombie:
                return Disconnect("heartbeats were not answered", CloseCodes.Zombie, TimeSpan.Zero, now);
            case Pulse.Beat:
                return Beat(now);
        }
        if (now >= _deadline) return DeadlinePassed(now);
        if (!PresenceWaits || !_window.TryTake(now)) return default;
        _sentPresence = Presence;
        return new Step(StepKind.SendPresence);
    }

    /// <summary><see cref="Tick"/> while the reader is behind and nothing is read: heartbeats go on, and silence proves nothing.</summary>
    public Step TickUnread(TimeSpan now) => _heart?.Check(now, deaf: true) == Pulse.Beat ? Beat(now) : default;

    private Step Beat(TimeSpan now)
    {
        _heart!.Sent(now);
        // Only a peer that asks for beats in a flood can use up what is reserved for them; those are left unanswered.
        return _window.TryTake(now, heartbeat: true) ? new Step(StepKind.SendHeartbeat) : default;
    }

    private Step Greet(ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (Status != ShardStatus.Connecting) return default;
        if (ReadHello(data) is not { HeartbeatInterval: > 0 } hello) return Garbled("HELLO could not be read", now);
        var interval = TimeSpan.FromMilliseconds(hello.HeartbeatInterval);
        _heart = new Heart(interval, options.Random(), now);
        _window.ReserveBeats(interval);
        _failedConnections = 0;
        if (checkpoint.Received is not null)
        {
            Status = ShardStatus.Resuming;
            _deadline = now + options.ReadyTimeout;
            _window.TryTake(now);
            return new Step(StepKind.SendResume);
        }
        try
        {
            _deadline = now + identifyQueue.Take(options.ShardId);
        }
        catch (GatewayRefusedException refusal)
        {
            Status = ShardStatus.Disconnected;
            return new Step(StepKind.Refuse) { Refusal = refusal };
        }
        Status = ShardStatus.Queued;
        return default;
    }

    private Step Dispatch(in GatewayPeek peek, ReadOnlySpan<byte> data, TimeSpan now)
    {
        var sequence = peek.Sequence!.Value;
        if (peek.Name == EventNames.Ready) return Ready(sequence, data, now);
        if (checkpoint.Sequence is not { } last) return new Step(StepKind.Drop);
        if (sequence > last + 1) GatewayMetrics.Gaps.Add(1);
        var resumed = peek.Name == EventNames.Resumed;
        var replayed = !resumed && (Status == ShardStatus.Resuming || now < _replayMayLastUntil);
        if (resumed)
        {
            Succeeded();
            _replayMayLastUntil = now + options.ReplayMayLast;
        }
        else if (Status == ShardStatus.Resuming) _deadline = now + options.ReadyTimeout;
        var kept = resumed || options.Filter is not { } filter || filter(peek);
        checkpoint.Receive(sequence, kept);
        if (!kept) return new Step(StepKind.Drop);
        return new Step(StepKind.Deliver) { EventKind = resumed ? GatewayEventKind.Resumed : GatewayEventKind.Dispatch, IsReplay = replayed };
    }

    private Step Ready(long sequence, ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (ReadReady(data) is not { SessionId: { Length: > 0 } id } ready) return Garbled("READY could not be read", now);
        Succeeded();
        _replayMayLastUntil = TimeSpan.MinValue;
        checkpoint.Begin(new Session(id, GatewayAddress.Parse(ready.ResumeGatewayUrl) ?? options.Gateway, sequence, options.ShardId, options.ShardCount));
        return new Step(StepKind.Deliver) { EventKind = GatewayEventKind.Ready };
    }

    private void Succeeded()
    {
        Status = ShardStatus.Connected;
        _deadline = TimeSpan.MaxValue;
        _failedResumes = 0;
        _backoff.Reset();
    }

    private Step InvalidSession(bool resumable, TimeSpan now)
    {
        if (resumable) return Disconnect("the session was interrupted and may be resumed", CloseCodes.KeepSession, _backoff.Next(), now);
        checkpoint.Invalidate();
        return Disconnect("the session is invalid", CloseCodes.KeepSession, TimeSpan.FromSeconds(1 + 4 * options.Random()), now);
    }

    private Step DeadlinePassed(TimeSpan now)
    {
        switch (Status)
        {
            case ShardStatus.Queued:
                Status = ShardStatus.Identifying;
                _deadline = now + options.ReadyTimeout;
                _window.TryTake(now);
                _sentPresence = Presence;
                return new Step(StepKind.SendIdentify);
            case ShardStatus.Connecting:
                return Disconnect("HELLO did not come in time", CloseCodes.KeepSession, _backoff.Next(), now);
            case ShardStatus.Identifying:
                return Disconnect("READY did not come in time", CloseCodes.KeepSession, _backoff.Next(), now);
            default:
                return Disconnect("RESUMED did not come in time", CloseCodes.KeepSession, _backoff.Next(), now);
        }
    }

    private Step Disconnect(string reason, int closeCode, TimeSpan wait, TimeSpan now)
    {
        if (Status == ShardStatus.Resuming && ++_failedResumes >= FailedResumesBeforeIdentify)
        {
            _failedResumes = 0;
            checkpoint.Invalidate();
        }
        Status = ShardStatus.Disconnected;
        _heart = null;
        _deadline = TimeSpan.MaxValue;
        RetryAt = now + wait;
        return new Step(StepKind.Disconnect) { CloseCode = closeCode, Reason = reason, RetryAfter = wait };
    }

    private static HelloPayload? ReadHello(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, GatewayJson.Default.HelloPayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReadyPayload? ReadReady(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, GatewayJson.Default.ReadyPayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
