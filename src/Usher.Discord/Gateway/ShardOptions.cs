using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Discord.Model;

namespace Usher.Discord.Gateway;

/// <summary>What becomes of the session when the reader stops.</summary>
public enum ShardStop
{
    /// <summary>The session lives on for some minutes, the bot stays shown as online, and a process that starts soon resumes without a gap.</summary>
    KeepSession,

    /// <summary>The session ends and the bot goes offline at once.</summary>
    LogOff,
}

/// <summary>How a shard connects.</summary>
public sealed record ShardOptions
{
    /// <summary>The bot's token, without "Bot ".</summary>
    public required string Token { get; init; }

    /// <summary>What to be told. See https://discord.com/developers/docs/events/gateway#gateway-intents.</summary>
    public required Intents Intents { get; init; }

    /// <summary>The address that <c>GET /gateway/bot</c> names, whatever its host; <c>ws://</c> is allowed. The query is added by the shard.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>Zero-based.</summary>
    public int ShardId { get; init; }

    /// <summary>At least 1.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>A session stored by an earlier process, to be resumed. Ignored when it belongs to another shard or number of shards.</summary>
    public Session? Session { get; init; }

    /// <summary>How the bot shows itself from the start; null for Discord's default.</summary>
    public Presence? Presence { get; init; }

    /// <summary>Up to how many members a guild comes with its offline members, 50 to 250.</summary>
    public int LargeThreshold { get; init; } = 50;

    /// <summary>Whether to ask for <c>zlib-stream</c>.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>What to keep; null keeps everything.</summary>
    public GatewayFilter? Filter { get; init; }

    /// <summary>
    /// False: an event is done when the next one is asked for. True: the reader says so by <see cref="GatewayEvent.Done"/> or
    /// <see cref="Checkpoint.Done"/>, in any order, and must do so for every event.
    /// </summary>
    public bool MarkDoneByHand { get; init; }

    /// <summary>What becomes of the session when the reader stops.</summary>
    public ShardStop Stop { get; init; } = ShardStop.KeepSession;

    /// <summary>How many events may wait for the reader; then the socket is left unread (heartbeats go on).</summary>
    public int Backlog { get; init; } = 256;

    /// <summary>How long a connection may take to come about.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long HELLO may be awaited.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long READY may be awaited after the identify, and the next replayed event or RESUMED after the resume.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after RESUMED events may still belong to the replay. RESUMED is itself an event of the session: one that an earlier connection was told, and that was
    /// not done when it ended, is told again in the midst of the replay.
    /// </summary>
    public TimeSpan ReplayMayLast { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shared by every shard of the bot in this process; null for a single shard.</summary>
    public IdentifyQueue? IdentifyQueue { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to log; neither tokens nor payloads are.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>How long to wait before the first connection, when there is no session to resume: shards of one identify key start in order.</summary>
    internal TimeSpan StartDelay { get; init; }

    /// <summary>Random numbers from 0 to 1, for jitter.</summary>
    internal Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>The shard's number; the token must never be printed, as a record's own text would.</summary>
    public override string ToString() => $"shard {ShardId} of {ShardCount}";
}
