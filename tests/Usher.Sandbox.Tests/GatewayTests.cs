using System.Net.WebSockets;
using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox.Tests;

public sealed class GatewayTests : Story
{
    [Fact]
    public async Task A_bot_that_identifies_is_ready_and_is_given_its_guilds()
    {
        await using var socket = await TestSocket.Connect(Box.GatewayAddress);
        var hello = await socket.Op(10);
        Assert.Equal(41_250, hello.GetProperty("heartbeat_interval").GetInt32());
        await socket.Identify(AllIntents);

        var ready = await socket.Event("READY");
        Assert.Equal(Harbour.Bot.Id.ToString(), ready.GetProperty("user").GetProperty("id").GetString());
        Assert.True(ready.GetProperty("guilds")[0].GetProperty("unavailable").GetBoolean());
        var guild = await socket.Event("GUILD_CREATE");
        Assert.Equal("Harbour", guild.GetProperty("name").GetString());
        Assert.Equal(6, guild.GetProperty("members").GetArrayLength());
        Assert.Contains(guild.GetProperty("channels").EnumerateArray(), channel => channel.GetProperty("name").GetString() == "staff-log");
    }

    [Fact]
    public async Task Without_the_GUILDS_intent_no_guild_is_told()
    {
        await using var socket = await TestSocket.Identified(Box, (long)Intents.GuildMessages);
        Alice.Types("hello", Harbour.General);
        Assert.Equal(["MESSAGE_CREATE"], await socket.EventsUntil("MESSAGE_CREATE"));
    }

    [Theory]
    [InlineData("""{"op":2,"d":{"token":"wrong","intents":1,"properties":{}}}""", 4004)]
    [InlineData("""{"op":2,"d":{"token":"$","intents":1}}""", 4002)]
    [InlineData("""{"op":2,"d":{"token":"$","intents":1,"properties":{},"shard":[1,1]}}""", 4010)]
    [InlineData("""{"op":2,"d":{"token":"$","intents":131072,"properties":{}}}""", 4013)]
    [InlineData("""{"op":3,"d":{"since":null,"activities":[],"status":"online","afk":false}}""", 4003)]
    [InlineData("""{"op":99,"d":null}""", 4001)]
    [InlineData("not json", 4002)]
    [InlineData("[]", 4002)]
    public async Task What_is_wrong_closes_with_Discords_code(string payload, int code)
    {
        await using var socket = await TestSocket.Connect(Box.GatewayAddress);
        await socket.Op(10);
        await socket.Send(payload.Replace("$", Cast.Harbour.BotToken, StringComparison.Ordinal));
        Assert.Equal(code, await socket.Closed());
        Assert.NotEmpty(Box.Journal.Violations);
    }

    [Fact]
    public async Task A_privileged_intent_that_is_switched_off_closes_with_4014()
    {
        Harbour.Bot.PrivilegedIntents = Intents.None;
        await using var socket = await TestSocket.Connect(Box.GatewayAddress);
        await socket.Identify(AllIntents);
        Assert.Equal(4014, await socket.Closed());
    }

    [Fact]
    public async Task A_payload_over_4096_bytes_closes_with_4002()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Send($$"""{"op":3,"d":{"x":"{{new string('x', 4096)}}"} }""");
        Assert.Equal(4002, await socket.Closed());
    }

    [Fact]
    public async Task Identifying_twice_closes_with_4005()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Identify(AllIntents);
        Assert.Equal(4005, await socket.Closed());
    }

    [Fact]
    public async Task An_unknown_version_closes_with_4012()
    {
        await using var socket = await TestSocket.Connect(Box.GatewayAddress, "?v=6&encoding=json");
        Assert.Equal(4012, await socket.Closed());
    }

    [Fact]
    public async Task A_heartbeat_is_acknowledged_unless_the_gateway_is_silent()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Send("""{"op":1,"d":1}""");
        await socket.Op(11);
        Box.Weather.GatewaySilent = true;
        await socket.Send("""{"op":1,"d":1}""");
        Alice.Types("later", Harbour.General);
        Assert.Equal("MESSAGE_CREATE", (await socket.EventsUntil("MESSAGE_CREATE"))[^1]);
    }

    [Fact]
    public async Task A_cut_socket_resumes_where_it_was_and_is_told_what_it_missed()
    {
        await using var first = await TestSocket.Identified(Box, AllIntents);
        await first.Event("GUILD_CREATE");
        first.Cut();
        Alice.Types("one", Harbour.General);
        Alice.Types("two", Harbour.General);

        await using var second = await TestSocket.Connect(first.ResumeAddress);
        await second.Resume(first.SessionId, first.Sequence);
        Assert.Equal("one", (await second.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
        Assert.Equal("two", (await second.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
        await second.Event("RESUMED");
        Alice.Types("three", Harbour.General);
        Assert.Equal("three", (await second.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_session_that_said_goodbye_cannot_be_resumed()
    {
        await using var first = await TestSocket.Identified(Box, AllIntents);
        await first.Close(WebSocketCloseStatus.NormalClosure);
        await using var second = await TestSocket.Connect(first.ResumeAddress);
        await second.Resume(first.SessionId, first.Sequence);
        Assert.False((await second.Op(9)).GetBoolean());
    }

    [Fact]
    public async Task A_session_is_forgotten_after_some_minutes()
    {
        await using var first = await TestSocket.Identified(Box, AllIntents);
        first.Cut();
        while (Box.Dispatched(Harbour.Bot).Count > 0) await Task.Yield();
        Clock.Advance(TimeSpan.FromMinutes(6));
        await using var second = await TestSocket.Connect(first.ResumeAddress);
        await second.Resume(first.SessionId, first.Sequence);
        Assert.False((await second.Op(9)).GetBoolean());
    }

    [Fact]
    public async Task A_sequence_from_the_future_closes_with_4007()
    {
        await using var first = await TestSocket.Identified(Box, AllIntents);
        first.Cut();
        await using var second = await TestSocket.Connect(first.ResumeAddress);
        await second.Resume(first.SessionId, 5000);
        Assert.Equal(4007, await second.Closed());
    }

    [Fact]
    public async Task The_stream_can_be_compressed_with_one_dictionary_for_all_messages()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents, query: "?v=10&encoding=json&compress=zlib-stream");
        await socket.Event("GUILD_CREATE");
        for (var number = 0; number < 5; number++) Alice.Types($"message {number}", Harbour.General);
        for (var number = 0; number < 5; number++) Assert.Equal($"message {number}", (await socket.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_content_of_others_is_hidden_without_the_intent_but_not_where_the_bot_is_mentioned()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents & ~(long)Intents.MessageContent);
        Alice.Types("secret", Harbour.General);
        Assert.Equal("", (await socket.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
        Alice.Types($"hello <@{Harbour.Bot.Id}>", Harbour.General);
        Assert.StartsWith("hello", (await socket.Event("MESSAGE_CREATE")).GetProperty("content").GetString(), StringComparison.Ordinal);
        Alice.Types("dear bot", World.OpenDm(Alice.User, Harbour.Bot.Bot));
        Assert.Equal("dear bot", (await socket.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task What_happens_in_a_channel_that_the_bot_does_not_see_is_not_told()
    {
        World.SetOverwrite(Harbour.General, Harbour.Bot.Id, isMember: true, Permissions.None, Permissions.ViewChannel);
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Alice.Types("hidden", Harbour.General);
        Alice.Types("seen", Harbour.SupportChannel);
        Assert.Equal("seen", (await socket.Event("MESSAGE_CREATE")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_119th_and_120th_payloads_pass_and_the_121st_closes_with_4008()
    {
        await using var box = await Box.StartAsync(new BoxOptions { Time = Clock }, TestContext.Current.CancellationToken);
        await using var socket = await TestSocket.Connect(box.GatewayAddress);
        await socket.Op(10);
        for (var beat = 0; beat < 120; beat++) await socket.Send("""{"op":1,"d":null}""");
        for (var beat = 0; beat < 120; beat++) await socket.Op(11);
        await socket.Send("""{"op":1,"d":null}""");
        Assert.Equal(4008, await socket.Closed());
    }

    [Fact]
    public async Task Two_identifies_within_five_seconds_are_more_than_max_concurrency_allows()
    {
        await using var box = await Box.StartAsync(new BoxOptions { Time = Clock }, TestContext.Current.CancellationToken);
        await using var first = await TestSocket.Identified(box, AllIntents);
        await using var second = await TestSocket.Connect(box.GatewayAddress);
        await second.Identify(AllIntents);
        Assert.False((await second.Op(9)).GetBoolean());
        Clock.Advance(TimeSpan.FromSeconds(5));
        await second.Identify(AllIntents);
        await second.Event("READY");
    }

    [Fact]
    public async Task A_silent_client_is_closed_after_one_and_a_half_intervals()
    {
        await using var box = await Box.StartAsync(new BoxOptions { Time = Clock, HeartbeatTime = Clock }, TestContext.Current.CancellationToken);
        await using var socket = await TestSocket.Identified(box, AllIntents);
        Clock.Advance(TimeSpan.FromMilliseconds(2 * 41_250));
        Assert.Equal(4000, await socket.Closed());
    }

    [Fact]
    public async Task Members_are_given_in_chunks_when_they_are_asked_for()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Send($$"""{"op":8,"d":{"guild_id":"{{Guild.Id}}","query":"","limit":0,"nonce":"n1"} }""");
        var chunk = await socket.Event("GUILD_MEMBERS_CHUNK");
        Assert.Equal(6, chunk.GetProperty("members").GetArrayLength());
        Assert.Equal("n1", chunk.GetProperty("nonce").GetString());
    }

    [Fact]
    public async Task A_shard_is_told_of_its_guilds_alone()
    {
        var shard = (int)((Guild.Id.Value >> 22) % 2);
        await using var other = await TestSocket.Connect(Box.GatewayAddress);
        await other.Identify(AllIntents, shard: $"[{1 - shard},2]");
        Assert.Equal(0, (await other.Event("READY")).GetProperty("guilds").GetArrayLength());
        await using var own = await TestSocket.Connect(Box.GatewayAddress);
        await own.Identify(AllIntents, shard: $"[{shard},2]");
        Assert.Equal(1, (await own.Event("READY")).GetProperty("guilds").GetArrayLength());
    }

    [Fact]
    public async Task The_journal_never_holds_the_token()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Assert.All(Box.Journal.Payloads(), payload => Assert.DoesNotContain(Cast.Harbour.BotToken, System.Text.Encoding.UTF8.GetString(payload.Payload.Span), StringComparison.Ordinal));
        Assert.Contains(Box.Journal.Payloads(), payload => payload is { FromClient: true, Op: 2 });
    }
}
