using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Engine.Deciding;
using Usher.Engine.Observing;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

/// <summary>Carries out the effects that are owed: in order within a stream (a ticket), side by side across streams.</summary>
public sealed partial class Outbox : IAsyncDisposable
{
    // More streams at once than this would only wait for Discord's limits.
    private const int StreamsAtOnce = 64;

    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly EffectRunner _runner;
    private readonly TimeProvider _time;
    private readonly Activity _activity;
    private readonly ILogger<Outbox> _log;
    private readonly SemaphoreSlim _room = new(StreamsAtOnce);
    private readonly ConcurrentDictionary<string, Pump> _pumps = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ITimer> _alarms = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Makes an outbox that listens to the decider from now on.</summary>
    public Outbox(DeskStore store, Decider decider, EffectRunner runner, TimeProvider time, Activity activity, ILogger<Outbox> log)
    {
        (_store, _decider, _runner, _time, _activity, _log) = (store, decider, runner, time, activity, log);
        _decider.EffectsStored += Wake;
    }

    /// <summary>Takes up what an earlier run left.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var stream in await _store.PendingStreamsAsync(cancellation)) Wake(stream);
    }

    /// <summary>Something new is owed in a stream.</summary>
    public void Wake(string stream)
    {
        if (_stopping.IsCancellationRequested) return;
        var pump = _pumps.GetOrAdd(stream, _ => new Pump());
        lock (pump)
        {
            pump.Asked = true;
            if (pump.Running) return;
            pump.Running = true;
        }
        _activity.Begin();
        _ = PumpAsync(stream, pump);
    }

    private async Task PumpAsync(string stream, Pump pump)
    {
        await Task.Yield();
        try
        {
            while (TakeAsk(stream, pump))
            {
                await _room.WaitAsync(_stopping.Token);
                try
                {
                    while (await StepAsync(stream)) { }
                }
                finally
                {
                    _room.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows stay and the next start takes them up.
        }
        catch (Exception failure)
        {
            LogPumpFailed(stream, failure);
            lock (pump) pump.Running = false;
            WakeAt(stream, _time.GetUtcNow() + BackOff(3));
        }
        finally
        {
            _activity.End();
        }
    }

    private bool TakeAsk(string stream, Pump pump)
    {
        lock (pump)
        {
            if (pump.Asked)
            {
                pump.Asked = false;
                return true;
            }
            pump.Running = false;
            _pumps.TryRemove(KeyValuePair.Create(stream, pump));
            return false;
        }
    }

    // One effect of the stream; false when none can be carried out now.
    private async Task<bool> StepAsync(string stream)
    {
        var row = await _store.NextEffectAsync(stream, _stopping.Token);
        if (row is null) return false;
        if (row.DueAt > _time.GetUtcNow())
        {
            WakeAt(stream, row.DueAt);
            return false;
        }
        using var trace = DeskMetrics.Source.StartActivity("desk.effect");
        trace?.SetTag("usher.effect", row.Effect.GetType().Name);
        Outcome outcome;
        try
        {
            outcome = await _runner.RunAsync(row, _stopping.Token);
        }
        catch (Exception failure) when (Failures.IsPassing(failure) && !_stopping.IsCancellationRequested)
        {
            await DelayAsync(row, failure);
            return true;
        }
        await EndAsync(row, outcome);
        return true;
    }

    private async Task EndAsync(EffectRow row, Outcome outcome)
    {
        DeskMetrics.Ended(row.Effect, outcome is CannotBeDone ? "failed" : "done");
        if (outcome is CannotBeDone cannot) LogCannot(row.Id, row.Effect.GetType().Name, cannot.Reason, cannot.Detail);
        await _decider.DecideAsync(
            new Order
            {
                Guild = row.Guild,
                Command = new EndEffect(row.Effect, outcome),
                Subject = row.Ticket is { } number ? new Subject.ToTicket(new TicketKey(row.Guild, number)) : new Subject.ToDesk(),
                Actor = Actor.Desk,
                Ended = row,
            },
            _stopping.Token);
    }

    private async Task DelayAsync(EffectRow row, Exception failure)
    {
        var due = _time.GetUtcNow() + BackOff(row.Attempts);
        LogDelayed(row.Id, row.Effect.GetType().Name, row.Attempts + 1, failure.Message);
        await _store.DelayEffectAsync(row.Id, due, failure.Message, Failures.OutcomeIsUnknown(failure), _stopping.Token);
    }

    private void WakeAt(string stream, DateTimeOffset due)
    {
        var wait = due - _time.GetUtcNow();
        var alarm = _time.CreateTimer(_ => Wake(stream), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _alarms.AddOrUpdate(stream, alarm, (_, before) =>
        {
            before.Dispose();
            return alarm;
        });
    }

    // 1, 2, 4 … seconds, at most a minute: Discord's own troubles last minutes, and nothing is ever given up for them.
    private static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(attempts, 6))));

    /// <summary>Stops after the effects that are under way; what is left is taken up by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.EffectsStored -= Wake;
        await _stopping.CancelAsync();
        foreach (var alarm in _alarms.Values) await alarm.DisposeAsync();
    }

    private sealed class Pump
    {
        public bool Running;
        public bool Asked;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Effect} ({Kind}) failed at attempt {Attempt} and will be tried again: {Why}")]
    private partial void LogDelayed(long effect, string kind, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Effect} ({Kind}) cannot be done: {Reason} ({Detail})")]
    private partial void LogCannot(long effect, string kind, FailureReason reason, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stream {Stream} stopped and is taken up again shortly.")]
    private partial void LogPumpFailed(string stream, Exception failure);
}
