using Usher.Discord.Gateway;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class ShardHeartTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await GatewayPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Beats_carry_the_last_sequence_and_their_answers_give_the_latency()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat, sequence => Assert.Equal(1, sequence.GetInt64()));
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await socket.Acknowledges().Dispatches("A");
        await reader.NextAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(250), reader.Shard.Latency);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await socket.Expects(GatewayOpcode.Heartbeat, sequence => Assert.Equal(2, sequence.GetInt64()));
    }

    [Fact]
    public async Task Beats_go_on_while_READY_is_awaited()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        _ = reader.NextAsync();
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(20));
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat, sequence => Assert.Equal(System.Text.Json.JsonValueKind.Null, sequence.ValueKind));
    }

    [Fact]
    public async Task A_beat_that_Discord_asks_for_goes_out_at_once()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        await socket.Sends("""{"op":1,"d":null}""").Expects(GatewayOpcode.Heartbeat);
    }

    [Fact]
    public async Task A_beat_that_went_out_at_once_is_not_given_up_however_far_the_clock_leaps_meanwhile()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.LeapsOver = TimeSpan.FromSeconds(10);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat).Acknowledges().Dispatches("A");
        Assert.Equal("A", (await reader.NextAsync()).Name);
    }

    [Fact]
    public async Task A_connection_that_answers_no_beat_is_closed_and_resumed()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(40));
        var closing = socket.ExpectsClose();
        _clock.Advance(TimeSpan.FromSeconds(40));
        await closing;
        Assert.Equal(4901, socket.CloseCode);
        Assert.Equal("heartbeats were not answered", (await reader.LosesConnectionAsync()).Reason);
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume);
    }

    [Fact]
    public async Task A_peer_that_is_deaf_as_well_is_left_two_seconds_later()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(40));
        _clock.Advance(TimeSpan.FromSeconds(40));
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await reader.LosesConnectionAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume);
    }

    [Fact]
    public async Task A_socket_that_takes_nothing_more_is_left_ten_seconds_later()
    {
        var (reader, _) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var __ = reader;
        reader.Shard.UpdatePresence(new Presence(PresenceStatus.Online, Text: new string('x', 12_000_000)));
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("the connection broke", (await reader.LosesConnectionAsync()).Reason);
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume);
    }

    [Fact]
    public async Task A_slow_reader_stops_the_reading_but_not_the_heart()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock) with { Backlog = 1 });
        await using var _ = reader;
        await socket.Dispatches("A").Dispatches("B").Dispatches("C").Dispatches("D");
        while (reader.Shard.Session?.Sequence != 3) await Task.Yield();
        _clock.Advance(TimeSpan.FromSeconds(20));
        await socket.Expects(GatewayOpcode.Heartbeat);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(40));
        _clock.Advance(TimeSpan.FromSeconds(40));
        await socket.Expects(GatewayOpcode.Heartbeat, sequence => Assert.Equal(3, sequence.GetInt64()));
        Assert.Equal(["A", "B", "C", "D"], [(await reader.NextAsync()).Name, (await reader.NextAsync()).Name, (await reader.NextAsync()).Name, (await reader.NextAsync()).Name]);
    }

    [Fact]
    public async Task Presences_keep_within_the_window_and_only_the_latest_waits()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock), interval: 200_000);
        await using var _ = reader;
        for (var i = 0; i < 116; i++)
        {
            reader.Shard.UpdatePresence(new Presence(PresenceStatus.Online, Text: $"{i}"));
            await socket.Expects(GatewayOpcode.PresenceUpdate, presence => Assert.Equal($"{i}", presence.GetProperty("activities")[0].GetProperty("state").GetString()));
        }
        reader.Shard.UpdatePresence(new Presence(PresenceStatus.Online, Text: "too much"));
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(60));
        reader.Shard.UpdatePresence(new Presence(PresenceStatus.DoNotDisturb));
        await socket.Sends("""{"op":1,"d":null}""").Expects(GatewayOpcode.Heartbeat);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(60));
        _clock.Advance(TimeSpan.FromSeconds(60));
        await socket.Expects(GatewayOpcode.PresenceUpdate, presence => Assert.Equal("dnd", presence.GetProperty("status").GetString()));
    }
}
