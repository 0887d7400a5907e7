using Usher.Desk.Values;

namespace Usher.Storage;

public sealed partial class DeskStore
{
    /// <summary>Keeps a shard's gateway session, so that a restart can resume it.</summary>
    public Task SaveSessionAsync(int shard, string json, CancellationToken cancellationToken) =>
        ChangeAsync($"insert into sessions (shard, json) values ({shard}, {json}) on conflict (shard) do update set json = excluded.json", cancellationToken);

    /// <summary>A shard's session; null when none is kept.</summary>
    public Task<string?> LoadSessionAsync(int shard, CancellationToken cancellationToken) =>
        FindAsync($"select json from sessions where shard = {shard}", row => row.GetString(0), cancellationToken);

    /// <summary>A shard's session is over.</summary>
    public Task ForgetSessionAsync(int shard, CancellationToken cancellationToken) =>
        ChangeAsync($"delete from sessions where shard = {shard}", cancellationToken);

    /// <summary>The direct-message channel with somebody; null when it is not known.</summary>
    public Task<ChannelId?> DirectMessageChannelAsync(UserId user, CancellationToken cancellationToken) =>
        FindAsync($"select channel_id from direct_channels where user_id = {user}", row => (ChannelId?)row.Id<ChannelId>(0), cancellationToken);

    /// <summary>Remembers the direct-message channel with somebody: it stays the same for ever.</summary>
    public Task SaveDirectMessageChannelAsync(UserId user, ChannelId channel, CancellationToken cancellationToken) =>
        ChangeAsync(
            $"insert into direct_channels (user_id, channel_id) values ({user}, {channel}) on conflict (user_id) do update set channel_id = excluded.channel_id",
            cancellationToken);
}
