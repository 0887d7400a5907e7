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
        await using var reader = new ShardReader(new Shard(options));
        var ready = reader.NextAsync(GatewayEventKind.Ready);
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify, identify =>
        {
            Assert.Equal("secret-token", identify.GetProperty("token").GetString());
            Assert.Equal(1 | 1 << 9 | 1 << 15, identify.GetProperty("intents").GetInt32());
            Assert.Equal("[1,3]", identify.GetProperty("shard").GetRawText());
            Assert.Equal(250, identify.GetProperty("large_threshold").GetInt32());
            Assert.Equal(["os", "browser", "device"], identify.GetProperty("properties").EnumerateObject().Select(p => p.Name));
            Assert.Equal("""{"since":null,"activities":[{"name":"the desk","type":3}],"status":"idle","afk":false}""", identify.GetProperty("presence").GetRawText());
        }).SendsReady();
        Assert.Equal("first", (await ready).Position.SessionId);
        Assert.Equal("?v=10&encoding=json", socket.Query);
        Assert.Equal(ShardStatus.Connected, reader.Shard.Status);
    }

    [Fact]
    public async Task Events_come_in_order_with_their_data()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var ready = reader.NextAsync(GatewayEventKind.Ready);
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify).SendsReady()
            .Dispatches("MESSAGE_CREATE", """{"id":"7","channel_id":"8"}""").Dispatches("CHANNEL_DELETE", """{"id":"8"}""");
        await ready;
        var message = await reader.NextAsync(GatewayEventKind.Dispatch);
        Assert.Equal(("MESSAGE_CREATE", 2L, """{"id":"7","channel_id":"8"}"""), (message.Name, message.Sequence, System.Text.Encoding.UTF8.GetString(message.Data.Span)));
        Assert.Equal("CHANNEL_DELETE", (await reader.NextAsync()).Name);
    }
}
