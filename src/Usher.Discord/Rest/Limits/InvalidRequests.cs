namespace Usher.Discord.Rest.Limits;

/// <summary>
/// Counts answers of 401, 403 and 429 in the last ten minutes: at 10,000 Discord bars the address for everything. Pure: the moment is passed in.
/// <see href="https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans"/>
/// </summary>
/// <param name="most">How many are spent before requests are held back; 0 is no limit.</param>
internal sealed class InvalidRequests(int most)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    private readonly Queue<(TimeSpan Begin, int Count)> _closed = new();
    private TimeSpan _begin;
    private int _count;
    private int _total;

    /// <summary>How many in the last ten minutes, to ten seconds.</summary>
    public int CountAt(TimeSpan now)
    {
        while (_closed.TryPeek(out var oldest) && oldest.Begin + Slot + Window <= now) _total -= _closed.Dequeue().Count;
        if (_count > 0 && _begin + Slot + Window <= now) CloseSlot(now, forget: true);
        return _total;
    }

    /// <summary>How long to hold back, the budget being spent.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        if (most == 0 || CountAt(now) < most) return TimeSpan.Zero;
        var oldest = _closed.TryPeek(out var slot) ? slot.Begin : _begin;
        return oldest + Slot + Window - now;
    }

    /// <summary>Counts one more.</summary>
    public void Add(TimeSpan now)
    {
        CountAt(now);
        if (now >= _begin + Slot) CloseSlot(now, forget: false);
        _count++;
        _total++;
    }

    private void CloseSlot(TimeSpan now, bool forget)
    {
        if (forget) _total -= _count;
        else if (_count > 0) _closed.Enqueue((_begin, _count));
        _begin = now;
        _count = 0;
    }
}
