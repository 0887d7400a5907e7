using Usher.Discord.Model;

namespace Usher.Discord.Gateway;

/// <summary>
/// The shards of a bot that this process runs, read as one stream or one by one.
/// See https://discord.com/developers/docs/events/gateway#sharding.
/// </summary>
public sealed class ShardSet
{
    /// <summary>As many shards as Discord recommends, all of them here.</summary>
    /// <param name="gateway">What <c>GET /gateway/bot</c> says.</param>
    /// <param name="template">What is the same for all; its address, number and session are replaced.</param>
    /// <param name="sessions">Sessions stored by an earlier process; those of another number of shards are ignored.</param>
    public ShardSet(GatewayBot gateway, ShardOptions template, IEnumerable<Session>? sessions = null)
        : this(gateway, template, sessions, Math.Max(1, gateway.Shards), Enumerable.Range(0, Math.Max(1, gateway.Shards))) { }

    /// <summary>Some of the shards, when other processes run the rest.</summary>
    /// <param name="gateway">What <c>GET /gateway/bot</c> says.</param>
    /// <param name="template">What is the same for all; its address, number and session are replaced.</param>
    /// <param name="sessions">Sessions stored by an earlier process; those of another number of shards are ignored.</param>
    /// <param name="shardCount">How many shards the bot has over all processes.</param>
    /// <param name="shardIds">Which of them run here.</param>
    public ShardSet(GatewayBot gateway, ShardOptions template, IEnumerable<Session>? sessions, int shardCount, IEnumerable<int> shardIds)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(template);
        var limit = gateway.SessionStartLimit;
        var queue = new IdentifyQueue(
            Math.Max(1, limit.MaxConcurrency), limit.Total, limit.Remaining, TimeSpan.FromMilliseconds(limit.ResetAfter), template.Time);
        var stored = (sessions ?? []).ToArray();
        var ids = shardIds.Order().ToArray();
        Shards =
        [
            .. ids.Select(id => new Shard(template with
            {
                Gateway = new Uri(gateway.Url),
                ShardId = id,
                ShardCount = shardCount,
                IdentifyQueue = queue,
                StartDelay = queue.Pace * ids.Count(earlier => earlier < id && queue.KeyOf(earlier) == queue.KeyOf(id)),
                Session = Array.Find(stored, session => session.ShardId == id && session.ShardCount == shardCount),
            })),
        ];
    }

    /// <summary>The shards, by number. Each may also be read by itself.</summary>
    public IReadOnlyList<Shard> Shards { get; }

    /// <summary>Connects all and gives out what comes from any of them, as <see cref="Shard.ReadAsync"/> does; each shard's events are in order.</summary>
    /// <param name="cancellation">Ends the stream without an exception.</param>
    /// <exception cref="GatewayRefusedException">One shard was refused for good; the others were stopped.</exception>
    public IAsyncEnumerable<GatewayEvent> ReadAsync(CancellationToken cancellation = default) =>
        EventStream.ReadAsync(Shards, Shards.Count == 0 ? 1 : Shards[0].Options.Backlog, cancellation);

    /// <summary>The shard that tells of a guild; the first one tells of DMs.</summary>
    /// <param name="guild">The guild.</param>
    /// <param name="shardCount">How many shards the bot has.</param>
    public static int ShardOf(Snowflake guild, int shardCount) => (int)((guild.Value >> 22) % (ulong)shardCount);
}
