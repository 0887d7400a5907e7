using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class ShardSetTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await GatewayPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Shards_of_one_key_identify_in_order_five_seconds_apart_and_are_read_as_one()
    {
        var set = new ShardSet(Bot(shards: 3, maxConcurrency: 1), ShardReader.Options(_peer, _clock));
        await using var reader = new ShardReader(set.ReadAsync, _clock);
        for (var id = 0; id < 3; id++)
        {
            var ready = reader.NextAsync(GatewayEventKind.Ready);
            var socket = await _peer.AcceptAsync();
            await socket.SendsHello(1_000_000).Expects(GatewayOpcode.Identify, identify => Assert.Equal($"[{id},3]", identify.GetProperty("shard").GetRawText())).SendsReady($"s{id}");
            Assert.Equal(id, (await ready).Shard.Options.ShardId);
            _clock.Advance(TimeSpan.FromSeconds(4.9));
            Assert.False(_peer.HasConnection);
            _clock.Advance(TimeSpan.FromSeconds(0.1));
        }
        Assert.All(set.Shards, shard => Assert.Equal(ShardStatus.Connected, shard.Status));
    }

    [Fact]
    public async Task Shards_of_different_keys_identify_side_by_side()
    {
        var set = new ShardSet(Bot(shards: 3, maxConcurrency: 16), ShardReader.Options(_peer, _clock));
        await using var reader = new ShardReader(set.ReadAsync, _clock);
        var first = reader.NextAsync();
        for (var i = 0; i < 3; i++) await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify).SendsReady($"s{i}");
        Assert.Equal(3, new[] { await first, await reader.NextAsync(), await reader.NextAsync() }.Select(e => e.Shard).Distinct().Count());
    }

    [Fact]
    public async Task Stored_sessions_are_given_to_their_shards_and_resume_without_waiting()
    {
        Session[] stored = [new("b", _peer.ResumeAddress, 5, 1, 2), new("a", _peer.ResumeAddress, 4, 0, 2)];
        var set = new ShardSet(Bot(shards: 2, maxConcurrency: 1), ShardReader.Options(_peer, _clock), stored);
        await using var reader = new ShardReader(set.ReadAsync, _clock);
        _ = reader.NextAsync();
        var resumed = new List<string?>();
        for (var i = 0; i < 2; i++)
            await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume, resume => resumed.Add(resume.GetProperty("session_id").GetString()));
        Assert.Equal(["a", "b"], resumed.Order());
    }

    [Fact]
    public async Task One_shard_refused_ends_all()
    {
        var set = new ShardSet(Bot(shards: 2, maxConcurrency: 2), ShardReader.Options(_peer, _clock));
        await using var reader = new ShardReader(set.ReadAsync, _clock);
        var next = reader.NextAsync();
        var (one, other) = (await _peer.AcceptAsync(), await _peer.AcceptAsync());
        await other.SendsHello().Expects(GatewayOpcode.Identify);
        var closing = other.ExpectsClose();
        await one.SendsHello().Expects(GatewayOpcode.Identify).Closes(4011);
        Assert.Equal(4011, (await Assert.ThrowsAsync<GatewayRefusedException>(() => next)).CloseCode);
        await closing;
        Assert.Equal(4900, other.CloseCode);
    }

    [Fact]
    public async Task Without_session_starts_left_nothing_identifies()
    {
        var set = new ShardSet(Bot(shards: 1, maxConcurrency: 1, remaining: 0), ShardReader.Options(_peer, _clock));
        await using var reader = new ShardReader(set.ReadAsync, _clock);
        var next = reader.NextAsync();
        var socket = await _peer.AcceptAsync();
        _ = socket.SendsHello().ExpectsClose();
        var refusal = await Assert.ThrowsAsync<GatewayRefusedException>(() => next);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromHours(4), refusal.ResetsAt);
    }

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(1050000000000000001, 1, 0)]
    [InlineData(197038439483310086, 7, 6)]
    public void A_guild_belongs_to_one_shard(ulong guild, int shards, int expected) =>
        Assert.Equal(expected, ShardSet.ShardOf(new Snowflake(guild), shards));

    private GatewayBot Bot(int shards, int maxConcurrency, int remaining = 1000) =>
        new(_peer.Address.ToString(), shards, new SessionStartLimit(1000, remaining, 4 * 3600 * 1000, maxConcurrency));
}
