using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class ShardResumingTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await GatewayPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task A_broken_connection_resumes_where_it_was_and_replayed_events_come_before_RESUMED()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        await socket.Dispatches("A");
        await reader.NextAsync();
        await socket.Breaks();
        var lost = await reader.LosesConnectionAsync();
        Assert.Equal("the connection broke", lost.Reason);

        var again = await _peer.AcceptAsync();
        again.Sequence = 2;
        await again.SendsHello().Expects(GatewayOpcode.Resume, resume =>
            Assert.Equal("""{"token":"secret-token","session_id":"first","seq":2}""", resume.GetRawText()));
        Assert.Equal(("/resume", "?v=10&encoding=json"), (again.Path, again.Query));
        Assert.Equal(ShardStatus.Resuming, reader.Shard.Status);
        await again.Dispatches("B").Dispatches("C").SendsResumed().Dispatches("D");
        Assert.Equal(["B", "C", "RESUMED", "D"], [(await reader.NextAsync()).Name, (await reader.NextAsync()).Name,
            (await reader.NextAsync(GatewayEventKind.Resumed)).Name, (await reader.NextAsync()).Name]);
        Assert.Equal(6, reader.Shard.Session?.Sequence);
    }

    [Fact]
    public async Task A_RESUMED_of_an_earlier_connection_is_replayed_too_and_does_not_end_the_replay()
    {
        var stored = new Session("first", _peer.ResumeAddress, 2, 0, 1);
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock) with { Session = stored }));
        var first = reader.NextAsync();
        var socket = await _peer.AcceptAsync();
        socket.Sequence = 2;
        await socket.SendsHello().Expects(GatewayOpcode.Resume).Dispatches("A").SendsResumed().Dispatches("B").SendsResumed();

        Assert.True((await first).IsReplay);
        await reader.NextAsync(GatewayEventKind.Resumed);
        Assert.True((await reader.NextAsync()).IsReplay);
        await reader.NextAsync(GatewayEventKind.Resumed);
        _clock.Advance(reader.Shard.Options.ReplayMayLast);
        await socket.Dispatches("C");
        Assert.False((await reader.NextAsync()).IsReplay);
    }

    [Fact]
    public async Task What_comes_after_READY_is_no_replay()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        await socket.Dispatches("A");
        Assert.False((await reader.NextAsync()).IsReplay);
    }

    [Fact]
    public async Task A_new_process_resumes_from_the_last_event_before_which_all_are_done()
    {
        var options = ShardReader.Options(_peer, _clock) with { MarkDoneByHand = true };
        Session? stored;
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, options);
        await using (reader)
        {
            reader.Shard.Checkpoint.Done(new EventPosition("first", 1));
            await socket.Dispatches("A").Dispatches("B").Dispatches("C");
            (await reader.NextAsync()).Done();
            await reader.NextAsync();
            (await reader.NextAsync()).Done();
            stored = reader.Shard.Checkpoint.Safe;
            await socket.Breaks();
        }
        Assert.Equal(new Session("first", _peer.ResumeAddress, 2, 0, 1), stored);

        await using var next = new ShardReader(new Shard(options with { Session = stored }));
        var first = next.NextAsync();
        var again = await _peer.AcceptAsync();
        again.Sequence = 2;
        await again.SendsHello().Expects(GatewayOpcode.Resume, resume => Assert.Equal(2, resume.GetProperty("seq").GetInt64())).Dispatches("B").SendsResumed();
        Assert.Equal("/resume", again.Path);
        Assert.Equal("B", (await first).Name);
        await next.NextAsync(GatewayEventKind.Resumed);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0, 1)]
    public async Task A_session_of_other_shards_is_not_resumed(int shardId, int shardCount)
    {
        var foreign = new Session("old", _peer.ResumeAddress, 9, shardId, shardCount);
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock) with { Session = foreign, ShardId = 0, ShardCount = 3 }));
        _ = reader.NextAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify);
    }

    [Fact]
    public async Task Op_7_resumes_at_once_and_keeps_the_session()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        await socket.Sends("""{"op":7,"d":null}""").ExpectsClose();
        Assert.Equal(4900, socket.CloseCode);
        Assert.Equal(TimeSpan.Zero, (await reader.LosesConnectionAsync()).RetryAfter);
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume);
    }

    [Fact]
    public async Task Op_7_in_place_of_hello_does_not_spin()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var lost = reader.NextAsync(GatewayEventKind.Disconnected);
        await (await _peer.AcceptAsync()).Sends("""{"op":7,"d":null}""").ExpectsClose();
        Assert.Equal(TimeSpan.FromSeconds(0.5), (await lost).RetryAfter);
    }

    [Theory]
    [InlineData("true", 0.5, GatewayOpcode.Resume, "/resume")]
    [InlineData("false", 3, GatewayOpcode.Identify, "/")]
    public async Task Op_9_says_whether_the_session_may_be_resumed(string resumable, double wait, GatewayOpcode then, string path)
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await socket.Sends($$"""{"op":9,"d":{{resumable}}}""").ExpectsClose();
        var lost = await reader.LosesConnectionAsync();
        Assert.Equal(wait, lost.RetryAfter.TotalSeconds);
        var again = await _peer.AcceptAsync();
        await again.SendsHello().Expects(then);
        Assert.Equal(path, again.Path);
    }

    [Fact]
    public async Task A_resume_refused_leads_to_a_new_session_which_the_reader_sees()
    {
        var stored = new Session("old", _peer.ResumeAddress, 9, 0, 1);
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock) with { Session = stored }));
        var lost = reader.LosesConnectionAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume).Sends("""{"op":9,"d":false}""").ExpectsClose();
        await lost;
        Assert.Null(reader.Shard.Checkpoint.Safe);
        var ready = reader.NextAsync(GatewayEventKind.Ready);
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify).SendsReady("second");
        Assert.Equal("second", (await ready).Position.SessionId);
    }

    [Theory]
    [InlineData(4000, GatewayOpcode.Resume, "/resume")]
    [InlineData(1001, GatewayOpcode.Resume, "/resume")]
    [InlineData(4008, GatewayOpcode.Resume, "/resume")]
    [InlineData(4007, GatewayOpcode.Identify, "/")]
    [InlineData(4009, GatewayOpcode.Identify, "/")]
    public async Task A_close_code_decides_between_resume_and_identify(int code, GatewayOpcode then, string path)
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await socket.Closes(code);
        Assert.Contains($"({code})", (await reader.LosesConnectionAsync()).Reason, StringComparison.Ordinal);
        var again = await _peer.AcceptAsync();
        await again.SendsHello().Expects(then);
        Assert.Equal(path, again.Path);
    }

    [Theory]
    [InlineData(4004, "bot token")]
    [InlineData(4013, "GuildMembers")]
    [InlineData(4014, "Server Members Intent")]
    public async Task A_final_code_ends_the_stream_with_a_sentence(int code, string part)
    {
        var options = ShardReader.Options(_peer, _clock) with { Intents = Intents.Guilds | Intents.GuildMembers };
        await using var reader = new ShardReader(new Shard(options));
        var next = reader.NextAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify).Closes(code);
        var refusal = await Assert.ThrowsAsync<GatewayRefusedException>(() => next);
        Assert.Equal(code, refusal.CloseCode);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        Assert.False(_peer.HasConnection);
    }

    [Fact]
    public async Task A_dead_resume_address_is_given_up_for_the_first_one()
    {
        await using var dead = await GatewayPeer.StartAsync();
        dead.RefuseWith = 500;
        var stored = new Session("old", dead.Address, 9, 0, 1);
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock) with { Session = stored }));
        for (var i = 0; i < 3; i++) await reader.LosesConnectionAsync();
        _ = reader.NextAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume, resume => Assert.Equal("old", resume.GetProperty("session_id").GetString()));
    }

    [Fact]
    public async Task A_replay_that_always_breaks_is_given_up_for_a_new_session()
    {
        var stored = new Session("old", _peer.ResumeAddress, 9, 0, 1);
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock) with { Session = stored }));
        for (var i = 0; i < 5; i++)
        {
            var lost = reader.LosesConnectionAsync();
            await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume).Sends("garbage").ExpectsClose();
            await lost;
        }
        _ = reader.NextAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Identify);
    }

    [Fact]
    public async Task A_gap_in_the_sequence_moves_it_on_and_a_repetition_does_not_move_it_back()
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var _ = reader;
        socket.Sequence = 9;
        await socket.Dispatches("A");
        Assert.Equal(10, (await reader.NextAsync()).Sequence);
        socket.Sequence = 4;
        await socket.Dispatches("B");
        Assert.Equal(5, (await reader.NextAsync()).Sequence);
        await socket.Breaks();
        await reader.LosesConnectionAsync();
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume, resume => Assert.Equal(10, resume.GetProperty("seq").GetInt64()));
    }
}
