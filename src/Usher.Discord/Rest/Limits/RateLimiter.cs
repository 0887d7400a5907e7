using System.Net;

namespace Usher.Discord.Rest.Limits;

/// <summary>
/// Hands out a permit per request, within each bucket first come first served. State is pure and under one lock; one timer wakes what has waited long enough,
/// so that a thousand waiters cost no thread. Buckets are learnt from answers and forgotten when idle.
/// <see href="https://discord.com/developers/docs/topics/rate-limits"/>
/// </summary>
internal sealed class RateLimiter : IDisposable
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _longestWait;
    private readonly GlobalLimit _global;
    private readonly InvalidRequests _invalid;
    private readonly Dictionary<string, string> _nameOf = new(StringComparer.Ordinal);
    private readonly Dictionary<LaneKey, Lane> _lanes = [];
    private readonly LinkedList<Waiter> _atGlobal = new();
    private readonly PriorityQueue<Lane?, TimeSpan> _wakes = new();
    private readonly ITimer _timer;
    private TimeSpan? _globalWakesAt;
    private TimeSpan _swept;

    public RateLimiter(TimeProvider time, int globalPerSecond, int invalidRequests, TimeSpan longestWait)
    {
        _time = time;
        _start = time.GetTimestamp();
        _longestWait = longestWait;
        _global = new(globalPerSecond);
        _invalid = new(invalidRequests);
        _timer = time.CreateTimer(static state => ((RateLimiter)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>How many buckets are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_gate) return _lanes.Count;
        }
    }

    /// <summary>Invalid requests in the last ten minutes.</summary>
    public int Invalid
    {
        get
        {
            lock (_gate) return _invalid.CountAt(Now);
        }
    }

    /// <summary>Waits for leave to send a request.</summary>
    /// <exception cref="DiscordRateLimitedException">The wait would be longer than is allowed.</exception>
    public async ValueTask<Permit> AcquireAsync(Route route, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = Enqueue(route);
        if (waiter.Task.IsCompleted) return await waiter.Task;
        await using var registration = cancellationToken.UnsafeRegister((state, token) => Cancel((Waiter)state!, token), waiter);
        return await waiter.Task;
    }

    public void Dispose() => _timer.Dispose();

    internal void Answered(Permit permit, HttpStatusCode status, RateLimitHeaders headers)
    {
        lock (_gate)
        {
            var now = Now;
            if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) _invalid.Add(now);
            permit.Lane.Bucket.Release(now);
            Learn(permit, headers, now);
            if (headers.Bucket is null && (int)status < 400) permit.Lane.Bucket.LearnUnlimited();
            Pump(permit.Lane, now);
        }
    }

    // A bucket that says it has requests left was not what refused: a limit on a field, such as a channel's name, holds only what changes that field.
    internal bool Refused(Permit permit, RateLimitHeaders headers, LimitScope scope, TimeSpan retryAfter)
    {
        lock (_gate)
        {
            var now = Now;
            if (scope != LimitScope.Shared) _invalid.Add(now);
            permit.Lane.Bucket.Release(now);
            var lane = Learn(permit, headers, now);
            var isHeld = scope == LimitScope.Global || headers.Remaining == 0;
            if (scope == LimitScope.Global) _global.Block(now + retryAfter);
            else if (isHeld) lane.Bucket.Block(now + retryAfter);
            Pump(permit.Lane, now);
            Pump(lane, now);
            return isHeld;
        }
    }

    internal void Unanswered(Permit permit)
    {
        lock (_gate)
        {
            var now = Now;
            permit.Lane.Bucket.Release(now);
            Pump(permit.Lane, now);
        }
    }

    private Waiter Enqueue(Route route)
    {
        lock (_gate)
        {
            var now = Now;
            ForgetIdle(now);
            var lane = LaneOf(new(_nameOf.GetValueOrDefault(route.Label, route.Label), route.Major));
            RefuseTooLong(route, lane, now);
            var waiter = new Waiter(route, now) { Lane = lane };
            lane.Waiters.AddLast(waiter.Node);
            Pump(lane, now);
            return waiter;
        }
    }

    private void RefuseTooLong(Route route, Lane lane, TimeSpan now)
    {
        var blocked = lane.Bucket.BlockedAt(now);
        if (!route.IsBeyondGlobal && _global.BlockedAt(now) is var everything && everything > blocked) blocked = everything;
        if (_invalid.WaitAt(now) is var spent && spent > TimeSpan.Zero) throw new DiscordRateLimitedException(route.Label, spent, invalidRequests: true);
        if (blocked > _longestWait) throw new DiscordRateLimitedException(route.Label, blocked, invalidRequests: false);
    }

    // What an answer teaches about a route: the bucket's name; those who wait for the route under another name move over.
    private Lane Learn(Permit permit, RateLimitHeaders headers, TimeSpan now)
    {
        if (headers.Bucket is not { } name) return permit.Lane;
        _nameOf[permit.Route.Label] = name;
        var lane = LaneOf(new(name, permit.Route.Major));
        lane.Bucket.Learn(headers, now);
        if (lane == permit.Lane) return lane;
        while (permit.Lane.Waiters.First is { } node)
        {
            permit.Lane.Waiters.RemoveFirst();
            node.Value.Lane = lane;
            lane.Waiters.AddLast(node);
        }
        Pump(lane, now);
        return lane;
    }

    private Lane LaneOf(LaneKey key)
    {
        if (!_lanes.TryGetValue(key, out var lane)) _lanes.Add(key, lane = new(key));
        return lane;
    }

    private void Pump(Lane lane, TimeSpan now)
    {
        while (lane.Waiters.First is { } node)
        {
            var wait = lane.Bucket.WaitAt(now);
            if (wait == Bucket.UntilAnswer) return;
            if (wait > TimeSpan.Zero)
            {
                WakeLater(lane, now + wait);
                return;
            }
            lane.Bucket.Take(now);
            lane.Waiters.RemoveFirst();
            if (node.Value.Route.IsBeyondGlobal)
            {
                Grant(node.Value, now);
                continue;
            }
            node.Value.HasTaken = true;
            _atGlobal.AddLast(node);
            PumpGlobal(now);
        }
    }

    private void PumpGlobal(TimeSpan now)
    {
        while (_atGlobal.First is { } node)
        {
            var wait = _global.WaitAt(now);
            if (wait > TimeSpan.Zero)
            {
                WakeLater(null, now + wait);
                return;
            }
            _global.Take(now);
            _atGlobal.RemoveFirst();
            Grant(node.Value, now);
        }
    }

    private void Grant(Waiter waiter, TimeSpan now) => waiter.TrySetResult(new(this, waiter.Lane, waiter.Route, now - waiter.Since));

    private void Cancel(Waiter waiter, CancellationToken token)
    {
        lock (_gate)
        {
            if (!waiter.TrySetCanceled(token)) return;
            waiter.Node.List!.Remove(waiter.Node);
            if (waiter.HasTaken) waiter.Lane.Bucket.Return();
            Pump(waiter.Lane, Now);
        }
    }

    private void WakeLater(Lane? lane, TimeSpan at)
    {
        var planned = lane is null ? _globalWakesAt : lane.WakesAt;
        if (planned <= at) return;
        if (lane is null) _globalWakesAt = at;
        else lane.WakesAt = at;
        _wakes.Enqueue(lane, at);
        SetTimer();
    }

    private void Wake()
    {
        lock (_gate)
        {
            var now = Now;
            while (_wakes.TryPeek(out var lane, out var at) && at <= now)
            {
                _wakes.Dequeue();
                if (lane is null)
                {
                    _globalWakesAt = null;
                    PumpGlobal(now);
                }
                else
                {
                    lane.WakesAt = null;
                    Pump(lane, now);
                }
            }
            SetTimer();
        }
    }

    // Rounded up to the timer's millisecond, so that it never fires before the moment.
    private void SetTimer()
    {
        if (!_wakes.TryPeek(out _, out var at)) return;
        var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - Now).TotalMilliseconds)));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void ForgetIdle(TimeSpan now)
    {
        if (now - _swept < IdleTime) return;
        _swept = now;
        foreach (var (key, lane) in _lanes)
        {
            if (lane.Waiters.Count == 0 && lane.Bucket.IsIdle(now, IdleTime)) _lanes.Remove(key);
        }
    }
}
