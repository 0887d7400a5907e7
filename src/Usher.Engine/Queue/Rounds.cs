using Usher.Engine.Observing;

namespace Usher.Engine.Queue;

/// <summary>
/// Looks for work in rounds: whenever it is woken, and when its alarm rings. There are never two at once, and nobody who wakes it while one is under way is missed.
/// A round that fails is told of and made again a little later: what is to be done are rows, which stay.
/// </summary>
/// <param name="round">One round.</param>
/// <param name="failed">Told why a round failed.</param>
/// <param name="time">The clock.</param>
/// <param name="activity">Counts a round as something under way.</param>
internal sealed class Rounds(Func<CancellationToken, Task> round, Action<Exception> failed, TimeProvider time, Activity activity) : IAsyncDisposable
{
    // The clock of an alarm and the database's rows may differ by a hair; a far alarm is looked at again now and then.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private ITimer? _alarm;
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private bool _running;
    private bool _asked;

    /// <summary>How long after a round that failed the next is made.</summary>
    public TimeSpan AfterTrouble { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Ends what rounds begin.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>There may be something to do.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _asked = true;
            if (_running || _stopping.IsCancellationRequested) return;
            _running = true;
        }
        activity.Begin();
        _ = RunAsync();
    }

    /// <summary>Something is due then: unless the alarm rings before, there is a round to set it anew.</summary>
    public void WakeBefore(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (!_running && due >= _next) return;
        }
        Wake();
    }

    /// <summary>Sets the alarm; an earlier one is replaced. What is due already is taken up at once.</summary>
    public void WakeAt(DateTimeOffset due)
    {
        var now = time.GetUtcNow();
        if (due - now > LongestSleep) due = now + LongestSleep;
        if (due > now)
        {
            lock (_gate)
            {
                if (_stopping.IsCancellationRequested) return;
                _alarm?.Dispose();
                _next = due;
                _alarm = time.CreateTimer(_ => Wake(), null, due - now, Timeout.InfiniteTimeSpan);
            }
        }
        // It may have become due while the alarm was set, which would then ring late.
        if (due <= time.GetUtcNow()) Wake();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        DeskTraces.Leave();
        try
        {
            while (TakeAsk()) await round(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception failure)
        {
            failed(failure);
            lock (_gate) _running = false;
            WakeAt(time.GetUtcNow() + AfterTrouble);
        }
        finally
        {
            activity.End();
        }
    }

    private bool TakeAsk()
    {
        lock (_gate)
        {
            (_running, _asked) = (_asked, false);
            return _running;
        }
    }

    /// <summary>Begins no round any more, and ends the one under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        lock (_gate) _alarm?.Dispose();
    }
}
