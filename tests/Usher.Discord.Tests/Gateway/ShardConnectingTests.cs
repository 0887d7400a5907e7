using System.Net.WebSockets;
using System.Text;
using Usher.Discord.Gateway;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class ShardConnectingTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await GatewayPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Identify_says_who_we_are_and_what_we_want()
    {
        var options = ShardReader.Options(_peer, _clock) with
        {
            ShardId = 1,
            ShardCount = 3,
            LargeThreshold = 250,
            Presence = new Presence(PresenceStatus.Idle, ActivityType.Watching, "the desk"),
        };
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, options);
        await using var _ = reader;
        var identify = socket.Received.GetProperty("d");
        Assert.Equal("secret-token", identify.GetProperty("token").GetString());
        Assert.Equal(1 | 1 << 9 | 1 << 15, identify.GetProperty("intents").GetInt32());
        Assert.Equal("[1,3]", identify.GetProperty("shard").GetRawText());
        Assert.Equal(250, identify.GetProperty("large_threshold").GetInt32());
        Assert.Equal(["os", "browser", "device"], identify.GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"since":null,"activities":[{"name":"the desk","type":3}],"status":"idle","afk":false}""", identify.GetProperty("presence").GetRawText());
        Assert.Equal("?v=10&encoding=json", socket.Query);
        Assert.Equal(ShardStatus.Connected, reader.Shard.Status);
    }

    [Fact]
    public async Task Events_come_in_order_with_their_data()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        await socket.Dispatches("MESSAGE_CREATE", """{"id":"7","channel_id":"8"}""").Dispatches("CHANNEL_DELETE", """{"id":"8"}""");
        var message = await reader.NextAsync(GatewayEventKind.Dispatch);
        Assert.Equal(("MESSAGE_CREATE", 2L, """{"id":"7","channel_id":"8"}"""), (message.Name, message.Sequence, Encoding.UTF8.GetString(message.Data.Span)));
        Assert.Equal("CHANNEL_DELETE", (await reader.NextAsync()).Name);
    }

    [Fact]
    public async Task An_event_not_kept_is_gone_when_the_next_is_read()
    {
        var shard = new Shard(ShardReader.Options(_peer, _clock));
        await using var events = shard.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var moving = events.MoveNextAsync();
        using var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify).SendsReady().Dispatches("A", """{"id":"7"}""");
        await moving;
        var ready = events.Current;
        Assert.NotEqual(0, ready.Data.Length);
        await events.MoveNextAsync();
        Assert.Throws<InvalidOperationException>(() => ready.Data);
        _ = socket.ExpectsClose();
    }

    [Fact]
    public async Task What_the_filter_drops_is_not_delivered_and_is_done()
    {
        var options = ShardReader.Options(_peer, _clock) with { Filter = (in peek) => peek.Name != "MESSAGE_CREATE" || peek.ChannelId.Value == 5 };
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, options);
        await using var _ = reader;
        await socket.Dispatches("MESSAGE_CREATE", """{"channel_id":"4","id":"1"}""").Dispatches("MESSAGE_CREATE", """{"channel_id":"5","id":"2"}""")
            .Dispatches("MESSAGE_CREATE", """{"channel_id":"4","id":"3"}""").Dispatches("TYPING_START");
        Assert.Equal(3, (await reader.NextAsync()).Sequence);
        Assert.Equal("TYPING_START", (await reader.NextAsync()).Name);
        Assert.Equal(4, reader.Shard.Checkpoint.Safe?.Sequence);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(7, true)]
    [InlineData(100_000, false)]
    public async Task Compressed_payloads_arrive_whole_whatever_their_pieces(int size, bool severalMessages)
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock, compress: true));
        await using var _ = reader;
        Assert.Equal("?v=10&encoding=json&compress=zlib-stream", socket.Query);
        for (var i = 0; i < 3; i++)
        {
            await socket.SendsInPieces($$$"""{"t":"A","s":{{{i + 2}}},"op":0,"d":{"id":"{{{i}}}","text":"the same words"}}""", size, severalMessages);
            Assert.Equal((ulong)i, (await reader.NextAsync()).Peek.Id.Value);
        }
    }

    [Fact]
    public async Task A_payload_of_megabytes_arrives_whole()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        var text = new string('x', 5 << 20);
        await socket.SendsInPieces($$$"""{"t":"GUILD_CREATE","s":2,"op":0,"d":{"name":"{{{text}}}","id":"9"}}""", 60_000, severalMessages: false).Dispatches("A");
        Assert.Equal(text.Length + """{"name":"","id":"9"}""".Length, (await reader.NextAsync()).Data.Length);
        Assert.Equal("A", (await reader.NextAsync()).Name);
    }

    [Theory]
    [InlineData(false, WebSocketMessageType.Text)]
    [InlineData(false, WebSocketMessageType.Binary)]
    [InlineData(true, WebSocketMessageType.Binary)]
    public async Task Garbage_ends_the_connection_and_the_session_goes_on(bool compress, WebSocketMessageType type)
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock, compress));
        await using var _ = reader;
        await socket.SendsRaw([1, 2, 3, 4, 0, 0, 0xFF, 0xFF], type).ExpectsClose();
        Assert.NotEqual(1000, socket.CloseCode);
        await reader.LosesConnectionAsync();
        var again = await _peer.AcceptAsync();
        await again.SendsHello().Expects(GatewayOpcode.Resume);
    }

    [Fact]
    public async Task A_server_that_never_says_hello_is_left_after_twenty_seconds()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var lost = reader.NextAsync(GatewayEventKind.Disconnected);
        var socket = await _peer.AcceptAsync();
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(20));
        var closing = socket.ExpectsClose();
        _clock.Advance(TimeSpan.FromSeconds(20));
        await closing;
        Assert.Equal("HELLO did not come in time", (await lost).Reason);
        await reader.RetriesAsync(await lost);
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify);
    }

    [Fact]
    public async Task Without_READY_in_a_minute_it_begins_anew()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var lost = reader.NextAsync(GatewayEventKind.Disconnected);
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello(1_000_000).Expects(GatewayOpcode.Identify);
        await _clock.AwaitsTimerAsync(TimeSpan.FromSeconds(60));
        var closing = socket.ExpectsClose();
        _clock.Advance(TimeSpan.FromSeconds(60));
        await closing;
        Assert.Equal("READY did not come in time", (await lost).Reason);
    }

    [Fact]
    public async Task Failing_connections_are_tried_ever_more_slowly_and_a_success_resets_that()
    {
        _peer.RefuseWith = 503;
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var lost = await reader.NextAsync(GatewayEventKind.Disconnected);
            waits.Add(lost.RetryAfter.TotalSeconds);
            if (i == 7) _peer.RefuseWith = null;
            await reader.RetriesAsync(lost);
        }
        Assert.Equal([0.5, 1.5, 3, 6, 12, 24, 45, 45], waits);
        var ready = reader.NextAsync(GatewayEventKind.Ready);
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify).SendsReady();
        await ready;
        await socket.Breaks();
        Assert.Equal(0.5, (await reader.NextAsync(GatewayEventKind.Disconnected)).RetryAfter.TotalSeconds);
    }
}
