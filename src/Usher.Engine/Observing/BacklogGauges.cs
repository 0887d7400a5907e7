using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Observing;

/// <summary>
/// Tells whoever measures what is still to be done. The database is asked when somebody looks, and at most every five seconds; while it does not answer, what it would have to tell is not a number.
/// </summary>
public sealed partial class BacklogGauges : IDisposable
{
    /// <summary>How long an answer of the database is good for.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    // Whoever scrapes gives up after ten seconds, as a rule.
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(2);

    private readonly DeskStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<BacklogGauges> _log;
    private readonly Meter _meter = new(DeskMetrics.Name);
    private readonly SemaphoreSlim _asking = new(1);
    private volatile Reading? _reading;

    internal BacklogGauges(DeskStore store, LocalQueue queue, TimeProvider time, ILogger<BacklogGauges> log)
    {
        (_store, _time, _log) = (store, time, log);
        _meter.CreateObservableGauge("usher.commands.waiting", () => queue.Waiting, "{command}", "Commands that wait for their turn.");
        Tell("usher.effects.waiting", "{effect}", "Effects that are owed, those among them that wait for another try.", backlog => backlog.Effects);
        Tell("usher.effects.oldest", "s", "Since when the oldest effect is owed.", backlog => backlog.OldestEffect is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0);
        Tell("usher.clicks.waiting", "{click}", "Clicks that were told to wait and are not decided yet.", backlog => backlog.Clicks);
        Tell("usher.webhooks.waiting", "{delivery}", "Deliveries to webhooks that are owed.", backlog => backlog.Deliveries);
        Tell("usher.webhooks.failed", "{delivery}", "Deliveries to webhooks that were given up and are in the log.", backlog => backlog.FailedDeliveries);
        Tell("usher.attachments.waiting", "{attachment}", "Files that are still to be copied.", backlog => backlog.Attachments);
    }

    /// <summary>Asks the database, unless it was asked a moment ago.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (IsFresh) return;
        await _asking.WaitAsync(cancellation);
        try
        {
            if (!IsFresh) _reading = new Reading(await AskAsync(cancellation), _time.GetTimestamp());
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsFresh => _reading is { } reading && _time.GetElapsedTime(reading.At) < GoodFor;

    private async Task<Backlog?> AskAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnsweredWithin);
        try
        {
            return await _store.BacklogAsync(patience.Token);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            LogNotAsked(failure.Message);
            return null;
        }
    }

    private void Tell(string name, string unit, string description, Func<Backlog, double> value) =>
        _meter.CreateObservableGauge(name, () => Known() is { } backlog ? value(backlog) : double.NaN, unit, description);

    // The page has asked before it is written. Whoever sends to a collector does so from a thread of its own, which nobody waits for, and cannot ask in another way.
    private Backlog? Known()
    {
        if (!IsFresh) Task.Run(() => RefreshAsync(CancellationToken.None)).Wait(AnsweredWithin * 2);
        return _reading?.Backlog;
    }

    /// <summary>Tells no more.</summary>
    public void Dispose() => _meter.Dispose();

    private sealed record Reading(Backlog? Backlog, long At);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits could not be counted: {Why}")]
    private partial void LogNotAsked(string why);
}
