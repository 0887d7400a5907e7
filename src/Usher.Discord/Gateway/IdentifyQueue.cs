using System.Globalization;

namespace Usher.Discord.Gateway;

/// <summary>
/// Hands out the moments at which shards may identify: within each key (<c>shard_id % max_concurrency</c>) one in five seconds, in the order asked for,
/// and never more than the session starts that are left. One queue serves every shard of a bot in this process. Thread-safe.
/// See https://discord.com/developers/docs/events/gateway#sharding-max-concurrency.
/// </summary>
public sealed class IdentifyQueue
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _maxConcurrency;
    private readonly int _total;
    private readonly Dictionary<int, DateTimeOffset> _next = [];
    private int _remaining;
    private DateTimeOffset _resetsAt;

    /// <summary>A queue with what <c>GET /gateway/bot</c> says in <c>session_start_limit</c>.</summary>
    /// <param name="maxConcurrency">Session starts allowed side by side per five seconds, at least 1.</param>
    /// <param name="total">Session starts a day.</param>
    /// <param name="remaining">Session starts left.</param>
    /// <param name="resetAfter">After which time they are all there again.</param>
    /// <param name="time">The clock.</param>
    public IdentifyQueue(int maxConcurrency, int total, int remaining, TimeSpan resetAfter, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        _maxConcurrency = maxConcurrency;
        _total = total;
        _remaining = remaining;
        _time = time;
        _resetsAt = time.GetUtcNow() + resetAfter;
    }

    /// <summary>A queue for one shard at a time and the thousand session starts that any bot has in a day.</summary>
    /// <param name="time">The clock.</param>
    public IdentifyQueue(TimeProvider time) : this(1, 1000, 1000, TimeSpan.FromDays(1), time) { }

    /// <summary>Between two identifies of one key.</summary>
    internal TimeSpan Pace { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Discord's <c>rate_limit_key</c>.</summary>
    internal int KeyOf(int shardId) => shardId % _maxConcurrency;

    /// <summary>Takes a session start and says how long to wait before identifying.</summary>
    /// <param name="shardId">Zero-based.</param>
    /// <exception cref="GatewayRefusedException">No session start is left; the message says until when.</exception>
    public TimeSpan Take(int shardId)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            Refill(now);
            if (_remaining <= 0) throw UsedUp();
            _remaining--;
            var key = KeyOf(shardId);
            var at = _next.TryGetValue(key, out var next) && next > now ? next : now;
            _next[key] = at + Pace;
            return at - now;
        }
    }

    private void Refill(DateTimeOffset now)
    {
        if (now < _resetsAt) return;
        _remaining = _total;
        _resetsAt = now + TimeSpan.FromDays(1);
    }

    private GatewayRefusedException UsedUp() => new(string.Create(CultureInfo.InvariantCulture,
        $"Discord allows this bot {_total} session starts a day and none is left until {_resetsAt:yyyy-MM-dd HH:mm} UTC. A bot that starts so often usually crashes in a loop."))
    {
        ResetsAt = _resetsAt,
    };
}
