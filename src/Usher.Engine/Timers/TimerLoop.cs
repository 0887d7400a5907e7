using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Features.Asking;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Engine.Deciding;
using Usher.Engine.Observing;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Timers;

/// <summary>Gives the command of each timer when it is due. Timers are rows: one that was due while nobody ran is due at once.</summary>
public sealed partial class TimerLoop : IAsyncDisposable
{
    private const int AtOnce = 100;

    private readonly DeskStore _store;
    private readonly Decider _decider;
    private readonly TimeProvider _time;
    private readonly ILogger<TimerLoop> _log;
    private readonly Rounds _rounds;

    /// <summary>Makes a loop that listens to the decider from now on.</summary>
    public TimerLoop(DeskStore store, Decider decider, TimeProvider time, Activity activity, ILogger<TimerLoop> log)
    {
        (_store, _decider, _time, _log) = (store, decider, time, log);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity);
        // Most timers are due long after the next one: then there is nothing to look up.
        _decider.TimersSet += _rounds.WakeBefore;
    }

    /// <summary>Something may be due, or another timer may be the next.</summary>
    public void Wake() => _rounds.Wake();

    private async Task RoundAsync(CancellationToken stopping)
    {
        while (true)
        {
            var due = await _store.DueTimersAsync(_time.GetUtcNow(), AtOnce, stopping);
            var expired = await _store.ExpiredDraftsAsync(_time.GetUtcNow(), AtOnce, stopping);
            if (due.Count + expired.Count == 0) break;
            await Task.WhenAll(due.Select(FireAsync).Concat(expired.Select(ExpireAsync)));
        }
        _rounds.WakeAt(await _store.NextTimerAsync(stopping) ?? DateTimeOffset.MaxValue);
    }

    private Task FireAsync(DueTimer timer) => DecideAsync(
        timer.Name,
        new Order
        {
            Guild = timer.Guild,
            Command = new FireTimer(timer.Name),
            Subject = new Subject.ToTicket(new TicketKey(timer.Guild, timer.Ticket)),
            Actor = Actor.Desk,
            FiredTimer = timer.Id,
        });

    private Task ExpireAsync(Draft draft) => DecideAsync(
        "expire-draft",
        new Order
        {
            Guild = draft.Guild,
            Command = new ExpireDraft(draft.Department),
            Subject = new Subject.ToDesk(),
            Actor = Actor.Desk,
            Concerning = draft.User,
        });

    private async Task DecideAsync(string timer, Order order)
    {
        using var span = DeskTraces.Ring(timer);
        await _decider.DecideAsync(order, _rounds.Stopping);
    }

    /// <summary>Stops; what is due is given by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _decider.TimersSet -= _rounds.WakeBefore;
        await _rounds.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timers stopped and are taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
