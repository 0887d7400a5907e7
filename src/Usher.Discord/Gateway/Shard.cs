using System.Threading.Channels;

namespace Usher.Discord.Gateway;

/// <summary>
/// One connection to Discord's gateway that keeps itself alive: it identifies, beats, reconnects and resumes by itself.
/// <code>
/// await foreach (var e in shard.ReadAsync(stop))
///     if (e.Name == "MESSAGE_CREATE") Handle(e.Read(DiscordJson.Default.Message));
/// </code>
/// See https://discord.com/developers/docs/events/gateway.
/// </summary>
public sealed class Shard
{
    private readonly Bell _bell = new();
    private readonly ShardProtocol _protocol;
    private bool _started;
    private int _running;

    /// <summary>A shard that does nothing until it is read.</summary>
    public Shard(ShardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Token, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ShardCount, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.ShardId, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.ShardId, options.ShardCount, nameof(options));
        Options = options;
        _protocol = new ShardProtocol(options, Checkpoint, options.IdentifyQueue ?? new IdentifyQueue(options.Time));
    }

    /// <summary>How it connects.</summary>
    public ShardOptions Options { get; }

    /// <summary>Which of its events are done, and from where a new process would go on.</summary>
    public Checkpoint Checkpoint { get; } = new();

    /// <summary>Where it stands.</summary>
    public ShardStatus Status => _protocol.Status;

    /// <summary>From the last answered heartbeat to its answer; null until there was one on this connection.</summary>
    public TimeSpan? Latency => _protocol.Latency;

    /// <summary>The session up to the last event received; null when there is none. To be stored is <see cref="Checkpoint.Safe"/>.</summary>
    public Session? Session => Checkpoint.Received;

    /// <summary>
    /// Changes how the bot shows itself. Only the latest presence counts: several in quick succession may be sent as one, within Discord's limit
    /// of 120 payloads a minute. Thread-safe.
    /// </summary>
    public void UpdatePresence(Presence presence)
    {
        _protocol.Presence = presence;
        _bell.Ring();
    }

    /// <summary>
    /// Connects and gives out what comes, in order, with READY, RESUMED and lost connections among it. An element's data is valid until the next is asked for.
    /// A slow reader is waited for: heartbeats go on meanwhile. One reader at a time. When read again after it ended, the shard resumes.
    /// </summary>
    /// <param name="cancellation">Ends the stream without an exception; <see cref="ShardOptions.Stop"/> says what becomes of the session.</param>
    /// <exception cref="GatewayRefusedException">Thrown while reading: Discord refuses for good, and why.</exception>
    public IAsyncEnumerable<GatewayEvent> ReadAsync(CancellationToken cancellation = default) =>
        EventStream.ReadAsync([this], Options.Backlog, cancellation);

    internal async Task RunAsync(ChannelWriter<GatewayEvent> events, CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1) throw new InvalidOperationException("The shard is being read already.");
        try
        {
            Checkpoint.Continue(_started ? Checkpoint.Safe : OwnSession());
            _started = true;
            using var loop = new ShardLoop(this, Options, _protocol, _bell, events, stop);
            await loop.RunAsync();
            if (Options.Stop == ShardStop.LogOff) Checkpoint.Invalidate();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    private Session? OwnSession() =>
        Options.Session is { } session && session.ShardId == Options.ShardId && session.ShardCount == Options.ShardCount ? session : null;
}
