namespace Usher.Discord.Gateway;

/// <summary>
/// At most 120 payloads in any 60 seconds of one connection; Discord closes the socket beyond that (4008). Kept as the log of the last sends,
/// because only that allows bursts and never exceeds the limit in any window. Room for heartbeats stays free.
/// See https://discord.com/developers/docs/events/gateway#rate-limiting.
/// </summary>
internal sealed class SendWindow
{
    public const int Limit = 120;
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly Queue<TimeSpan> _sends = new(Limit);
    private int _reserved = 3;

    /// <summary>Keeps room for the regular beats of a window and two that Discord may ask for.</summary>
    public void ReserveBeats(TimeSpan interval) =>
        _reserved = Math.Min((int)Math.Ceiling(Length / interval) + 2, Limit / 2);

    public bool TryTake(TimeSpan now, bool heartbeat = false)
    {
        Forget(now);
        if (_sends.Count >= (heartbeat ? Limit : Limit - _reserved)) return false;
        _sends.Enqueue(now);
        return true;
    }

    /// <summary>When a command can next be sent; <paramref name="now"/> if it can be at once.</summary>
    public TimeSpan NextFree(TimeSpan now)
    {
        Forget(now);
        var tooMany = _sends.Count - (Limit - _reserved);
        return tooMany < 0 ? now : _sends.ElementAt(tooMany) + Length;
    }

    private void Forget(TimeSpan now)
    {
        while (_sends.TryPeek(out var oldest) && now - oldest >= Length) _sends.Dequeue();
    }
}
