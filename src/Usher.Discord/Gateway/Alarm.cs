namespace Usher.Discord.Gateway;

/// <summary>One timer that is set again only when its moment changes: a loop that looks at it after every payload pays nothing.</summary>
internal sealed class Alarm : IDisposable
{
    private const long Unset = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private long _due = Unset;

    public Alarm(TimeProvider time, Action ring)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(_ =>
        {
            Interlocked.Exchange(ref _due, Unset);
            ring();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Since the alarm was made, on a clock that never goes back.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <param name="due">On the clock of <see cref="Now"/>.</param>
    public void Set(TimeSpan due)
    {
        if (Interlocked.Exchange(ref _due, due.Ticks) == due.Ticks) return;
        if (due == TimeSpan.MaxValue)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }
        // Timers count whole milliseconds; rounded down they would wake the loop before there is anything to do.
        var wait = Math.Max(0, Math.Ceiling((due - Now).TotalMilliseconds));
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();
}
