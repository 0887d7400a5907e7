namespace Usher.Discord.Gateway;

/// <summary>
/// What it takes to go on with a gateway session on another socket or in another process. Store it; given to <see cref="ShardOptions.Session"/>
/// within a few minutes, Discord replays what came after <see cref="Sequence"/>.
/// See https://discord.com/developers/docs/events/gateway#resuming.
/// </summary>
/// <param name="Id">Discord's <c>session_id</c>.</param>
/// <param name="ResumeUrl">Discord's <c>resume_gateway_url</c>, without a query.</param>
/// <param name="Sequence">The last sequence that need not be replayed.</param>
/// <param name="ShardId">Zero-based.</param>
/// <param name="ShardCount">The number of shards the session was identified with.</param>
public sealed record Session(string Id, Uri ResumeUrl, long Sequence, int ShardId, int ShardCount);
