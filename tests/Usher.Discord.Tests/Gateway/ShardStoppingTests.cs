using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Usher.Discord.Gateway;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class ShardStoppingTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private GatewayPeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await GatewayPeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Theory]
    [InlineData(ShardStop.KeepSession, 4900, true)]
    [InlineData(ShardStop.LogOff, 1000, false)]
    public async Task A_stop_keeps_the_session_or_logs_off(ShardStop stop, int code, bool kept)
    {
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock) with { Stop = stop });
        await using var _ = reader;
        var closing = socket.ExpectsClose();
        await reader.StopAsync();
        await reader.EndsAsync();
        await closing;
        Assert.Equal(code, socket.CloseCode);
        Assert.Equal(kept, reader.Shard.Checkpoint.Safe is not null);
        Assert.Equal(ShardStatus.Disconnected, reader.Shard.Status);
    }

    [Fact]
    public async Task A_stop_while_waiting_to_connect_again_ends_at_once()
    {
        _peer.RefuseWith = 503;
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        await reader.NextAsync(GatewayEventKind.Disconnected);
        await reader.StopAsync();
        await reader.EndsAsync();
    }

    [Fact]
    public async Task A_stop_before_hello_ends_at_once()
    {
        await using var reader = new ShardReader(new Shard(ShardReader.Options(_peer, _clock)));
        var ending = reader.EndsAsync();
        var socket = await _peer.AcceptAsync();
        var closing = socket.ExpectsClose();
        await reader.StopAsync();
        await closing;
        await ending;
    }

    [Fact]
    public async Task Leaving_the_loop_stops_the_shard_and_reading_again_resumes()
    {
        var shard = new Shard(ShardReader.Options(_peer, _clock));
        var leaving = LeaveAtAsync("A");
        var socket = await _peer.AcceptAsync();
        await socket.SendsHello().Expects(GatewayOpcode.Identify).SendsReady().Dispatches("A").ExpectsClose();
        await leaving;
        await using var reader = new ShardReader(shard);
        _ = reader.NextAsync();
        // A was read but the loop was left in the midst of it, so it is not done.
        await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume, resume => Assert.Equal(1, resume.GetProperty("seq").GetInt64()));

        async Task LeaveAtAsync(string name)
        {
            await foreach (var element in shard.ReadAsync(TestContext.Current.CancellationToken))
            {
                if (element.Name == name) return;
            }
        }
    }

    [Fact]
    public async Task A_shard_has_one_reader()
    {
        var (reader, _) = await ShardReader.ReadyAsync(_peer, ShardReader.Options(_peer, _clock));
        await using var first = reader;
        await using var second = new ShardReader(reader.Shard);
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.NextAsync());
    }

    [Fact]
    public async Task Neither_token_nor_payload_is_logged()
    {
        var log = new ListLogger();
        var options = ShardReader.Options(_peer, _clock) with { Logger = log };
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
        var (reader, socket) = await ShardReader.ReadyAsync(_peer, options);
        await using (reader)
        {
            await socket.Dispatches("MESSAGE_CREATE", """{"content":"private words"}""").Sends("private garbage").ExpectsClose();
            await reader.NextAsync();
            await reader.LosesConnectionAsync();
            await (await _peer.AcceptAsync()).SendsHello().Expects(GatewayOpcode.Resume).Closes(4004);
            await Assert.ThrowsAsync<GatewayRefusedException>(() => reader.NextAsync());
        }
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line =>
        {
            Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
            Assert.DoesNotContain("private", line, StringComparison.Ordinal);
            Assert.DoesNotContain("first", line, StringComparison.Ordinal);
        });
    }

    private sealed class ListLogger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
