using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Usher.Discord.Gateway;

/// <summary>What an element of the shard's stream is.</summary>
public enum GatewayEventKind
{
    /// <summary>An event of Discord's.</summary>
    Dispatch,

    /// <summary>READY: a new session began. What happened before it and after the session before was not told: there may be a gap.</summary>
    Ready,

    /// <summary>RESUMED: the session goes on and everything missed is replayed; there is no gap. What is replayed may end with this or go on for a while: see <see cref="ShardOptions.ReplayMayLast"/>.</summary>
    Resumed,

    /// <summary>
    /// The connection was lost; the shard reconnects by itself. News only: it carries no data, needs no <see cref="Checkpoint.Done"/>, and is left out when
    /// the reader is so far behind that there is no room for it.
    /// </summary>
    Disconnected,
}

/// <summary>
/// One element of a shard's stream. <see cref="Data"/> lies in a pooled buffer and is valid until the next element is asked for, unless
/// <see cref="Keep"/> was called before.
/// </summary>
public sealed class GatewayEvent
{
    private readonly int _length;
    private byte[]? _bytes;
    private bool _kept;

    private GatewayEvent(GatewayEventKind kind, Shard shard, ReadOnlySpan<byte> data)
    {
        Kind = kind;
        Shard = shard;
        _length = data.Length;
        if (_length == 0) return;
        _bytes = ArrayPool<byte>.Shared.Rent(_length);
        data.CopyTo(_bytes);
    }

    internal GatewayEvent(GatewayEventKind kind, Shard shard, string sessionId, in GatewayPeek peek, ReadOnlySpan<byte> payload)
        : this(kind, shard, payload.Slice(peek.DataStart, peek.DataLength))
    {
        Peek = peek;
        Position = new EventPosition(sessionId, peek.Sequence ?? 0);
    }

    /// <summary>A connection lost.</summary>
    internal GatewayEvent(Shard shard, string reason, TimeSpan retryAfter) : this(GatewayEventKind.Disconnected, shard, [])
    {
        Reason = reason;
        RetryAfter = retryAfter;
        Peek = default(GatewayPeek);
    }

    /// <summary>What this is.</summary>
    public GatewayEventKind Kind { get; }

    /// <summary>
    /// Whether it may have happened while the connection was away, and is told now because the session was resumed: everything until RESUMED and for
    /// <see cref="ShardOptions.ReplayMayLast"/> after it. It may have been told before.
    /// </summary>
    /// <remarks>https://discord.com/developers/docs/events/gateway#resuming</remarks>
    public bool IsReplay { get; internal init; }

    /// <summary>The shard it came from.</summary>
    public Shard Shard { get; }

    /// <summary>What the shard saw of it: name, ids.</summary>
    public GatewayPeek Peek { get; }

    /// <summary>Discord's name of it, such as <c>MESSAGE_CREATE</c>; empty for <see cref="GatewayEventKind.Disconnected"/>.</summary>
    public string Name => Peek.Name ?? "";

    /// <summary>What to hand to <see cref="Checkpoint.Done"/> when the event is done.</summary>
    public EventPosition Position { get; }

    /// <summary>Its place in the session.</summary>
    public long Sequence => Position.Sequence;

    /// <summary>Why the connection was lost, in English; empty for every other kind.</summary>
    public string Reason { get; } = "";

    /// <summary>How long the shard waits before it connects again; zero for every other kind.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>The bytes of <c>d</c>, UTF-8 JSON.</summary>
    /// <exception cref="InvalidOperationException">The next element was asked for and <see cref="Keep"/> was not called.</exception>
    public ReadOnlyMemory<byte> Data => _bytes is not null ? _bytes.AsMemory(0, _length)
        : _length == 0 ? default
        : throw new InvalidOperationException("The event's bytes are gone: read them before asking for the next event, or call Keep.");

    /// <summary>Reads <see cref="Data"/> as an object.</summary>
    /// <param name="type">From a source-generated context.</param>
    /// <exception cref="JsonException">The data is no such object.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Data.Span, type) ?? throw new JsonException($"{Name} carries null.");

    /// <summary>Keeps <see cref="Data"/> for as long as the event is held.</summary>
    public GatewayEvent Keep()
    {
        _kept = true;
        return this;
    }

    /// <summary>Marks the event as done, from any thread. Needed only with <see cref="ShardOptions.MarkDoneByHand"/>.</summary>
    public void Done()
    {
        if (Kind != GatewayEventKind.Disconnected) Shard.Checkpoint.Done(Position);
    }

    internal void Release()
    {
        if (_kept || _bytes is not { } bytes) return;
        _bytes = null;
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
