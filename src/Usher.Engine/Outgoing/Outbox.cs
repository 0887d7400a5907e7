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
    private static readonly TimeSpan ElsewhereAfter = TimeSpan.FromSeconds(20);

    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly EffectRunner _runner;
    private readonly TimeProvider _time;
    private readonly Activity _activity;
    private readonly ILogger<Outbox> _log;
    private readonly SemaphoreSlim _room = new(StreamsAtOnce);
    private readonly ConcurrentDictionary<string, EffectStream> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ITimer> _alarms = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Makes an outbox that listens to the decider from now on.</summary>
    public Outbox(DeskStore store, Decider decider, EffectRunner runner, TimeProvider time, Activity activity, ILogger<Outbox> log)
    {
        (_store, _decider, _runner, _time, _activity, _log) = (store, decider, runner, time, activity, log);
        _decider.EffectsStored += Take;
    }

    /// <summary>Takes up what an earlier run left. Nothing may be decided before it has returned.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        foreach (var left in (await _store.OwedEffectsAsync(cancellation)).GroupBy(owed => owed.Stream, StringComparer.Ordinal))
            Wake(left.Key, [.. left.Select(owed => (owed.Id, (EffectRow?)null))]);
    }

    /// <summary>Takes up what another program left to be done, such as <c>usher erase</c> beside a running desk.</summary>
    public async Task TakeUpAsync(CancellationToken cancellation)
    {
        // What is decided here is told here; so old, what nobody was told of was decided elsewhere.
        var before = _time.GetUtcNow() - ElsewhereAfter;
        foreach (var left in (await _store.OwedEffectsAsync(before, cancellation)).GroupBy(owed => owed.Stream, StringComparer.Ordinal))
            Wake(left.Key, [.. left.Select(owed => (owed.Id, (EffectRow?)null))]);
    }

    private void Take(IReadOnlyList<EffectRow> committed)
    {
        foreach (var rows in committed.GroupBy(row => row.Stream, StringComparer.Ordinal)) Wake(rows.Key, [.. rows.Select(row => (row.Id, (EffectRow?)row))]);
    }

    private void Wake(string stream, IReadOnlyList<(long Id, EffectRow? Row)> owed)
    {
        while (!_stopping.IsCancellationRequested)
        {
            var line = _streams.GetOrAdd(stream, _ => new EffectStream());
            lock (line.Gate)
            {
                if (line.Gone) continue;
                foreach (var (id, row) in owed) line.Add(id, row);
                line.Asked = true;
                if (line.Running) return;
                line.Running = true;
            }
            _activity.Begin();
            _ = PumpAsync(stream, line);
            return;
        }
    }

    private async Task PumpAsync(string stream, EffectStream line)
    {
        await Task.Yield();
        DeskTraces.Leave();
        try
        {
            while (TakeAsk(stream, line))
            {
                await _room.WaitAsync(_stopping.Token);
                try
                {
                    while (await StepAsync(stream, line)) { }
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
            lock (line.Gate)
            {
                if (line.First is { } first) line.Forget(first.Id);
                line.Running = false;
            }
            WakeAt(stream, _time.GetUtcNow() + BackOff(3));
        }
        finally
        {
            _activity.End();
        }
    }

    private bool TakeAsk(string stream, EffectStream line)
    {
        lock (line.Gate)
        {
            if (line.Asked)
            {
                line.Asked = false;
                return true;
            }
            line.Running = false;
            // A line of which something waits for its time stays: what is behind it must not overtake.
            if (!line.IsEmpty) return false;
            line.Gone = true;
            _streams.TryRemove(KeyValuePair.Create(stream, line));
            return false;
        }
    }

    // One effect of the stream; false when none can be carried out now.
    private async Task<bool> StepAsync(string stream, EffectStream line)
    {
        var row = await NextAsync(line);
        if (row is null) return false;
        if (row.DueAt > _time.GetUtcNow())
        {
            WakeAt(stream, row.DueAt);
            return false;
        }
        using var span = DeskTraces.CarryOut(row);
        Outcome outcome;
        try
        {
            outcome = await _runner.RunAsync(row, _stopping.Token);
        }
        catch (Exception failure) when (Failures.IsPassing(failure) && !_stopping.IsCancellationRequested)
        {
            DeskTraces.Failed(span, failure);
            lock (line.Gate) line.Forget(row.Id);
            await DelayAsync(row, failure);
            return true;
        }
        DeskTraces.Ended(span, outcome);
        var ended = await EndAsync(row, outcome);
        lock (line.Gate)
        {
            if (ended) line.End(row.Id);
            else line.Forget(row.Id);
        }
        return true;
    }

    private async Task<EffectRow?> NextAsync(EffectStream line)
    {
        while (true)
        {
            long id;
            lock (line.Gate)
            {
                if (line.First is not { } first) return null;
                if (first.Row is not null) return first.Row;
                id = first.Id;
            }
            if (await _store.FindEffectAsync(id, _stopping.Token) is { } row) return row;
            lock (line.Gate) line.End(id);
        }
    }

    // False when its end could not be stored: then the row is still owed.
    private async Task<bool> EndAsync(EffectRow row, Outcome outcome)
    {
        DeskMetrics.Ended(row.Effect, outcome is CannotBeDone ? "failed" : "done");
        if (outcome is CannotBeDone cannot) LogCannot(row.Id, row.Effect.GetType().Name, cannot.Reason, cannot.Detail);
        var result = await _decider.DecideAsync(
            new Order
            {
                Guild = row.Guild,
                Command = new EndEffect(row.Effect, outcome),
                Subject = row.Ticket is { } number ? new Subject.ToTicket(new TicketKey(row.Guild, number)) : new Subject.ToDesk(),
                Actor = Actor.Desk,
                Ended = row,
            },
            _stopping.Token);
        return result is not Result.Refused;
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
        var alarm = _time.CreateTimer(_ => Ring(stream), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        _alarms.AddOrUpdate(stream, alarm, (_, before) =>
        {
            before.Dispose();
            return alarm;
        });
    }

    private void Ring(string stream)
    {
        if (_alarms.TryRemove(stream, out var alarm)) alarm.Dispose();
        Wake(stream, []);
    }

    // 1, 2, 4 … seconds, at most a minute: Discord's own troubles last minutes, and nothing is ever given up for them.
    private static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(attempts, 6))));

    /// <summary>Stops after the effects that are under way; what is left is taken up by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.EffectsStored -= Take;
        await _stopping.CancelAsync();
        foreach (var alarm in _alarms.Values) await alarm.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Effect} ({Kind}) failed at attempt {Attempt} and will be tried again: {Why}")]
    private partial void LogDelayed(long effect, string kind, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Effect {Effect} ({Kind}) cannot be done: {Reason} ({Detail})")]
    private partial void LogCannot(long effect, string kind, FailureReason reason, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stream {Stream} stopped and is taken up again shortly.")]
    private partial void LogPumpFailed(string stream, Exception failure);
}
