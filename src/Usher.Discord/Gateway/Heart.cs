namespace Usher.Discord.Gateway;

/// <summary>What the heart asks of the connection at a moment.</summary>
internal enum Pulse
{
    Rest,
    Beat,

    /// <summary>A whole interval passed without the answer to the last beat: the socket is open and dead.</summary>
    Zombie,
}

/// <summary>
/// When to send heartbeats, and whether they are answered. Moments are spans on a monotonic clock.
/// See https://discord.com/developers/docs/events/gateway#sending-heartbeats.
/// </summary>
/// <param name="interval">From HELLO.</param>
/// <param name="jitter">Between 0 and 1; spreads the first beats of many clients over the interval.</param>
/// <param name="now">When HELLO came.</param>
internal sealed class Heart(TimeSpan interval, double jitter, TimeSpan now)
{
    private TimeSpan _sent;
    private bool _measuring;
    private bool _requested;
    private bool _unanswered;

    public TimeSpan Next { get; private set; } = now + interval * jitter;

    /// <summary>Between the last answered beat and its answer; null until there was one.</summary>
    public TimeSpan? Latency { get; private set; }

    /// <param name="moment">Now.</param>
    /// <param name="deaf">True while nothing is read because the reader is behind; an answer may then wait unread, so silence proves nothing.</param>
    public Pulse Check(TimeSpan moment, bool deaf = false)
    {
        if (_requested) return Pulse.Beat;
        if (moment < Next) return Pulse.Rest;
        return _unanswered && !deaf ? Pulse.Zombie : Pulse.Beat;
    }

    /// <summary>Discord asked for a beat: one goes out at once, and the regular ones keep their pace.</summary>
    public void Request() => _requested = true;

    public void Sent(TimeSpan moment)
    {
        _sent = moment;
        _measuring = true;
        // Only regular beats count for the zombie: one asked for shortly before the next regular beat has had no time to be answered.
        if (moment >= Next)
        {
            _unanswered = true;
            Next = moment + interval;
        }
        _requested = false;
    }

    public void Acknowledged(TimeSpan moment)
    {
        _unanswered = false;
        if (!_measuring) return;
        _measuring = false;
        Latency = moment - _sent;
    }
}
