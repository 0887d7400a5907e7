using System.Text.Json;
using Microsoft.Extensions.Logging;
using Usher.Discord.Gateway;
using Usher.Discord.Model;
using Usher.Storage;

namespace Usher.Engine.Intake;

/// <summary>Reads every shard's events into the intake and keeps the sessions, so that a restart hears what was said meanwhile.</summary>
public sealed partial class GatewayLoop : IAsyncDisposable
{
    private static readonly TimeSpan StoreSessionsEvery = TimeSpan.FromSeconds(1);

    private const Intents Wanted = Intents.Guilds | Intents.GuildMembers | Intents.GuildMessages | Intents.DirectMessages | Intents.MessageContent | Intents.GuildVoiceStates;

    private readonly ShardSet _shards;
    private readonly DeskStore _store;
    private readonly GatewayIntake _intake;
    private readonly Func<CancellationToken, Task> _onGap;
    private readonly Action _onResumed;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayLoop> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<int, Session> _stored = [];
    private readonly HashSet<int> _connected = [];
    private readonly Dictionary<int, long> _resumed = [];
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private Task _reading = Task.CompletedTask;
    private int _storing;
    private string? _refused;

    private GatewayLoop(ShardSet shards, DeskStore store, GatewayIntake intake, Func<CancellationToken, Task> onGap, Action onResumed, TimeProvider time, ILogger<GatewayLoop> log) =>
        (_shards, _store, _intake, _onGap, _onResumed, _time, _log) = (shards, store, intake, onGap, onResumed, time, log);

    /// <summary>The shards.</summary>
    public IReadOnlyList<Shard> Shards => _shards.Shards;

    /// <summary>Ends at the stop, or fails when Discord refuses the bot for good.</summary>
    public Task Completion => _reading;

    /// <summary>Why events cannot be heard now; null when they can.</summary>
    public string? NotReadyBecause
    {
        get
        {
            lock (_gate)
            {
                if (_refused is not null) return _refused;
                var missing = Shards.Count - _connected.Count;
                return missing == 0 ? null : $"{missing} of {Shards.Count} gateway connections are not there yet";
            }
        }
    }

    /// <summary>Whether Discord has told everything that happened until now: every shard is connected, and nothing of before is told again any more.</summary>
    public bool HearsAll
    {
        get
        {
            lock (_gate)
                return NotReadyBecause is null && Shards.All(shard => !_resumed.TryGetValue(shard.Options.ShardId, out var at) || _time.GetElapsedTime(at) >= shard.Options.ReplayMayLast);
        }
    }

    internal static async Task<GatewayLoop> StartAsync(
        GatewayBot address, DeskOptions options, DeskStore store, GatewayIntake intake, EventFilter filter, Func<CancellationToken, Task> onGap, Action onResumed, CancellationToken cancellation)
    {
        var template = new ShardOptions
        {
            Token = options.Token,
            Intents = Wanted,
            Gateway = new Uri(address.Url),
            Filter = filter.Wants,
            MarkDoneByHand = true,
            Time = options.Time,
            Logger = options.Loggers.CreateLogger<Shard>(),
            Presence = new Presence(PresenceStatus.Online, ActivityType.Watching, "tickets"),
        };
        var sessions = new List<Session>();
        for (var shard = 0; shard < address.Shards; shard++)
        {
            if (await store.LoadSessionAsync(shard, cancellation) is { } json && JsonSerializer.Deserialize(json, SessionJson.Default.Session) is { } session) sessions.Add(session);
        }
        var loop = new GatewayLoop(new ShardSet(address, template, sessions), store, intake, onGap, onResumed, options.Time, options.Loggers.CreateLogger<GatewayLoop>());
        loop._reading = loop.ReadAsync();
        loop._timer = options.Time.CreateTimer(_ => loop.StoreSessionsInBackground(), null, StoreSessionsEvery, StoreSessionsEvery);
        return loop;
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var e in _shards.ReadAsync(_stopping.Token))
            {
                await NoteAsync(e);
                if (e.Kind != GatewayEventKind.Disconnected) _intake.Take(e, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The stop.
        }
        catch (GatewayRefusedException refused)
        {
            lock (_gate) _refused = refused.Message;
            LogRefused(refused.Message);
            throw;
        }
    }

    private async Task NoteAsync(GatewayEvent e)
    {
        var shard = e.Shard.Options.ShardId;
        switch (e.Kind)
        {
            case GatewayEventKind.Ready:
                // Before the next event is taken: what comes from now on is heard, the gap ends here.
                await _onGap(_stopping.Token);
                lock (_gate)
                {
                    _connected.Add(shard);
                    _resumed.Remove(shard);
                }
                break;
            case GatewayEventKind.Resumed:
                lock (_gate)
                {
                    _connected.Add(shard);
                    _resumed[shard] = _time.GetTimestamp();
                }
                _onResumed();
                break;
            case GatewayEventKind.Disconnected:
                lock (_gate) _connected.Remove(shard);
                LogDisconnected(shard, e.Reason);
                break;
        }
    }

    private void StoreSessionsInBackground() => _ = StoreSessionsAsync(CancellationToken.None);

    // Only what is safely stored counts as heard: after a crash Discord tells the rest again.
    private async Task StoreSessionsAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _storing, 1) == 1) return;
        try
        {
            foreach (var shard in Shards)
            {
                if (shard.Checkpoint.Safe is not { } session || _stored.GetValueOrDefault(shard.Options.ShardId) == session) continue;
                await _store.SaveSessionAsync(shard.Options.ShardId, JsonSerializer.Serialize(session, SessionJson.Default.Session), cancellation);
                _stored[shard.Options.ShardId] = session;
            }
        }
        catch (Exception failure) when (failure is StoreUnavailableException or ObjectDisposedException)
        {
            LogSessionNotStored(failure.Message);
        }
        finally
        {
            Volatile.Write(ref _storing, 0);
        }
    }

    /// <summary>Hears nothing more; Discord keeps the session for the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stores the sessions as they are after the last work.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
        await StoreSessionsAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} lost its connection: {Why}")]
    private partial void LogDisconnected(int shard, string why);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Discord refuses the bot: {Why}")]
    private partial void LogRefused(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The session could not be stored: {Why}")]
    private partial void LogSessionNotStored(string why);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Session))]
internal sealed partial class SessionJson : System.Text.Json.Serialization.JsonSerializerContext;
