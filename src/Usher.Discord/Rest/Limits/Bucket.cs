namespace Usher.Discord.Rest.Limits;

/// <summary>
/// One bucket's window, counted on our side between the answers that correct it. Pure: the moment is passed in, as time since the program's start.
/// <see href="https://discord.com/developers/docs/topics/rate-limits"/>
/// </summary>
internal sealed class Bucket
{
    /// <summary>The wait that only an answer ends.</summary>
    public static readonly TimeSpan UntilAnswer = TimeSpan.MaxValue;

    private int _limit;
    private int _remaining;
    private TimeSpan? _resetsAt;
    private TimeSpan _blockedUntil;
    private Knowledge _knowledge;

    private enum Knowledge
    {
        Nothing,
        Window,
        Unlimited,
    }

    /// <summary>Requests taken and not yet answered.</summary>
    public int InFlight { get; private set; }

    /// <summary>When it was last taken from or answered.</summary>
    public TimeSpan LastUsed { get; private set; }

    /// <summary>How long a request must wait: zero, a time, or <see cref="UntilAnswer"/>.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        if (_blockedUntil > now) return _blockedUntil - now;
        switch (_knowledge)
        {
            case Knowledge.Unlimited: return TimeSpan.Zero;
            case Knowledge.Nothing: return InFlight == 0 ? TimeSpan.Zero : UntilAnswer;
        }
        Renew(now);
        if (_remaining > 0) return TimeSpan.Zero;
        return _resetsAt is { } reset ? reset - now : UntilAnswer;
    }

    /// <summary>How long a 429 still forbids everything here.</summary>
    public TimeSpan BlockedAt(TimeSpan now) => _blockedUntil > now ? _blockedUntil - now : TimeSpan.Zero;

    /// <summary>Takes a request; allowed when <see cref="WaitAt"/> is zero.</summary>
    public void Take(TimeSpan now)
    {
        InFlight++;
        if (_knowledge == Knowledge.Window) _remaining--;
        LastUsed = now;
    }

    /// <summary>Gives back a request that was never sent.</summary>
    public void Return()
    {
        InFlight--;
        if (_knowledge == Knowledge.Window) _remaining++;
    }

    /// <summary>A request has ended, answered or not.</summary>
    public void Release(TimeSpan now)
    {
        InFlight--;
        LastUsed = now;
    }

    /// <summary>Believes an answer's headers; of several in one window the lowest count holds, since answers overtake each other.</summary>
    public void Learn(RateLimitHeaders headers, TimeSpan now)
    {
        var resetsAt = now + headers.ResetAfter;
        if (_knowledge == Knowledge.Window) Renew(now);
        _remaining = _knowledge == Knowledge.Window ? Math.Min(_remaining, headers.Remaining) : headers.Remaining;
        _limit = headers.Limit;
        _resetsAt = _resetsAt is { } earlier && earlier > resetsAt ? earlier : resetsAt;
        _knowledge = Knowledge.Window;
        LastUsed = now;
    }

    /// <summary>A route answered without a bucket has no limit of its own.</summary>
    public void LearnUnlimited() => _knowledge = _knowledge == Knowledge.Nothing ? Knowledge.Unlimited : _knowledge;

    /// <summary>A 429 forbids everything here for a while.</summary>
    public void Block(TimeSpan until)
    {
        if (until > _blockedUntil) _blockedUntil = until;
    }

    /// <summary>True when forgetting it loses nothing.</summary>
    public bool IsIdle(TimeSpan now, TimeSpan after) => InFlight == 0 && now - LastUsed >= after && _blockedUntil <= now && (_resetsAt ?? TimeSpan.Zero) <= now;

    // A request still in flight may be counted in either window: it is reckoned to the new one. When all answers of a window were lost, one request asks again.
    private void Renew(TimeSpan now)
    {
        if (_resetsAt is { } reset)
        {
            if (reset > now) return;
            _resetsAt = null;
            _remaining = Math.Max(0, _limit - InFlight);
        }
        if (_remaining == 0 && InFlight == 0) _remaining = 1;
    }
}
