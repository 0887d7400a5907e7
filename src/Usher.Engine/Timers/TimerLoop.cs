using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Features.Asking;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Engine.Deciding;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Timers;

/// <summary>Gives the command of each timer when it is due. Timers are rows: one that was due while nobody ran is due at once.</summary>
public sealed partial class TimerLoop : IAsyncDisposable
{
    private const int AtOnce = 100;

    // The clock of a timer callback and the database's rows may differ by a hair; a far timer is looked at again now and then.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly TimeProvider _time;
    private readonly Activity _activity;
    private readonly ILogger<TimerLoop> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private ITimer? _alarm;
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private bool _running;
    private bool _asked;

    /// <summary>Makes a loop that listens to the decider from now on.</summary>
    public TimerLoop(DeskStore store, Decider decider, TimeProvider time, Activity activity, ILogger<TimerLoop> log)
    {
        (_store, _decider, _time, _activity, _log) = (store, decider, time, activity, log);
        _decider.TimersSet += WakeBefore;
    }

    /// <summary>Something may be due, or another timer may be the next.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _asked = true;
            if (_running || _stopping.IsCancellationRequested) return;
            _running = true;
        }
        _activity.Begin();
        _ = RunAsync();
    }

    // Most timers are due long after the next one: then there is nothing to look up.
    private void WakeBefore(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (!_running && due >= _next) return;
        }
        Wake();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (TakeAsk()) await RoundAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows stay.
        }
        catch (Exception failure)
        {
            LogRoundFailed(failure);
            lock (_gate) _running = false;
            SleepUntil(_time.GetUtcNow() + AfterTrouble);
        }
        finally
        {
            _activity.End();
        }
    }

    private bool TakeAsk()
    {
        lock (_gate)
        {
            if (_asked)
            {
                _asked = false;
                return true;
            }
            _running = false;
            return false;
        }
    }

    private async Task RoundAsync()
    {
        while (true)
        {
            var due = await _store.DueTimersAsync(_time.GetUtcNow(), AtOnce, _stopping.Token);
            var expired = await _store.ExpiredDraftsAsync(_time.GetUtcNow(), AtOnce, _stopping.Token);
            if (due.Count + expired.Count == 0) break;
            await Task.WhenAll(due.Select(FireAsync).Concat(expired.Select(ExpireAsync)));
        }
        SleepUntil(await _store.NextTimerAsync(_stopping.Token) ?? DateTimeOffset.MaxValue);
    }

    private Task FireAsync(DueTimer timer) => _decider.DecideAsync(
        new Order
        {
            Guild = timer.Guild,
            Command = new FireTimer(timer.Name),
            Subject = new Subject.ToTicket(new TicketKey(timer.Guild, timer.Ticket)),
            Actor = Actor.Desk,
            FiredTimer = timer.Id,
        },
        _stopping.Token);

    private Task ExpireAsync(Draft draft) => _decider.DecideAsync(
        new Order
        {
            Guild = draft.Guild,
            Command = new ExpireDraft(draft.Department),
            Subject = new Subject.ToDesk(),
            Actor = Actor.Desk,
            Concerning = draft.User,
        },
        _stopping.Token);

    private void SleepUntil(DateTimeOffset due)
    {
        var now = _time.GetUtcNow();
        var wait = due - now;
        if (wait > LongestSleep) wait = LongestSleep;
        if (wait < TimeSpan.FromMilliseconds(1)) wait = TimeSpan.FromMilliseconds(1);
        lock (_gate)
        {
            _alarm?.Dispose();
            _next = now + wait;
            _alarm = _time.CreateTimer(_ => Wake(), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Stops; what is due is given by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.TimersSet -= WakeBefore;
        await _stopping.CancelAsync();
        _alarm?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timers stopped and are taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
