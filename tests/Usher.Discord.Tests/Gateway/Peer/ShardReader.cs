using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway.Peer;

/// <summary>A shard, its reader and its clock in a test's hand.</summary>
internal sealed class ShardReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<GatewayEvent> _events;
    private readonly ManualTimeProvider _clock;
    private Task<bool>? _moving;

    public ShardReader(Shard shard) : this(shard.ReadAsync, shard.Options.Time) => Shard = shard;

    public ShardReader(Func<CancellationToken, IAsyncEnumerable<GatewayEvent>> read, TimeProvider clock)
    {
        _events = read(_stop.Token).GetAsyncEnumerator();
        _clock = (ManualTimeProvider)clock;
    }

    public Shard Shard { get; } = null!;

    public static ShardOptions Options(GatewayPeer peer, ManualTimeProvider clock, bool compress = false) => new()
    {
        Token = "secret-token",
        Intents = Intents.Guilds | Intents.GuildMessages | Intents.MessageContent,
        Gateway = peer.Address,
        Compress = compress,
        Time = clock,
        Random = () => 0.5,
    };

    /// <summary>A shard that identified and is ready.</summary>
    public static async Task<(ShardReader Reader, PeerSocket Socket)> ReadyAsync(GatewayPeer peer, ShardOptions options, int interval = 40_000)
    {
        var reader = new ShardReader(new Shard(options));
        var ready = reader.NextAsync(GatewayEventKind.Ready);
        var socket = await peer.AcceptAsync();
        await socket.SendsHello(interval).Expects(GatewayOpcode.Identify).SendsReady();
        await ready;
        return (reader, socket);
    }

    /// <summary>Reads that the connection was lost and lets the time pass until the next one.</summary>
    public async Task<GatewayEvent> LosesConnectionAsync()
    {
        var lost = await NextAsync(GatewayEventKind.Disconnected);
        await RetriesAsync(lost);
        return lost;
    }

    /// <summary>Lets the time pass that the shard waits before it connects again.</summary>
    public async Task RetriesAsync(GatewayEvent lost)
    {
        // The news comes before the shard sets its alarm; an alarm set while time jumps would be set too late, for ever.
        if (lost.RetryAfter > TimeSpan.Zero) await _clock.AwaitsTimerAsync(lost.RetryAfter);
        _clock.Advance(lost.RetryAfter);
    }

    public async Task<GatewayEvent> NextAsync()
    {
        _moving = _events.MoveNextAsync().AsTask();
        Assert.True(await _moving.WaitAsync(PeerSocket.Patience), "The stream ended.");
        return _events.Current.Keep();
    }

    public async Task<GatewayEvent> NextAsync(GatewayEventKind kind)
    {
        var next = await NextAsync();
        Assert.Equal(kind, next.Kind);
        return next;
    }

    /// <summary>Reads until the end of the stream.</summary>
    public async Task EndsAsync()
    {
        while (await _events.MoveNextAsync().AsTask().WaitAsync(PeerSocket.Patience)) { }
    }

    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        var ending = EndAsync();
        // The shard waits two seconds for a peer that does not answer its close.
        while (!ending.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        await ending;
        _stop.Dispose();
    }

    private async Task EndAsync()
    {
        try
        {
            if (_moving is { IsCompleted: false }) await _moving;
            while (await _events.MoveNextAsync()) { }
        }
        catch (GatewayRefusedException)
        {
            // What a test did not await is of no interest to it.
        }
        finally
        {
            await _events.DisposeAsync();
        }
    }
}

internal static class ManualTimeProviderExtensions
{
    /// <summary>
    /// Waits until the nearest timer is due in so long: the shard has then come to where it waits for that, and has no shorter one (such as the
    /// patience of a send) that the test's next step in time would fire.
    /// </summary>
    public static async Task AwaitsTimerAsync(this ManualTimeProvider clock, TimeSpan due)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (clock.NextDue - clock.GetUtcNow() != due)
        {
            Assert.True(patience.Elapsed < PeerSocket.Patience, $"No timer of {due}; the next is due in {clock.NextDue - clock.GetUtcNow()}.");
            await Task.Yield();
        }
    }
}
