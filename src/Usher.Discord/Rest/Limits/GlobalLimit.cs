namespace Usher.Discord.Rest.Limits;

/// <summary>
/// The limit on all requests together: a log of the last second's, so that no second, wherever it begins, holds too many. Pure: the moment is passed in.
/// <see href="https://discord.com/developers/docs/topics/rate-limits#global-rate-limit"/>
/// </summary>
/// <param name="perSecond">Requests in a second; 0 is no limit.</param>
internal sealed class GlobalLimit(int perSecond)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly Queue<TimeSpan> _taken = new();
    private TimeSpan _blockedUntil;

    /// <summary>How long a request must wait.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        if (_blockedUntil > now) return _blockedUntil - now;
        while (_taken.TryPeek(out var oldest) && oldest + Window <= now) _taken.Dequeue();
        return perSecond == 0 || _taken.Count < perSecond ? TimeSpan.Zero : _taken.Peek() + Window - now;
    }

    /// <summary>Takes a request; allowed when <see cref="WaitAt"/> is zero.</summary>
    public void Take(TimeSpan now)
    {
        if (perSecond > 0) _taken.Enqueue(now);
    }

    /// <summary>How long a 429 still forbids everything.</summary>
    public TimeSpan BlockedAt(TimeSpan now) => _blockedUntil > now ? _blockedUntil - now : TimeSpan.Zero;

    /// <summary>A 429 of the global scope forbids everything for a while.</summary>
    public void Block(TimeSpan until)
    {
        if (until > _blockedUntil) _blockedUntil = until;
    }
}
