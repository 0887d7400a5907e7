namespace Usher.Discord.Gateway;

/// <summary>Names one dispatched event: sequences begin anew with each session.</summary>
/// <param name="SessionId">The session it came in.</param>
/// <param name="Sequence">Its <c>s</c>.</param>
public readonly record struct EventPosition(string SessionId, long Sequence);

/// <summary>
/// Which events of a shard are done. Events may be finished in any order and on any thread; <see cref="Safe"/> is the session from which a new
/// process loses nothing: every event up to its sequence is done, those after it Discord replays. Thread-safe.
/// </summary>
public sealed class Checkpoint
{
    private readonly Lock _gate = new();
    private readonly SortedSet<long> _open = [];
    private readonly HashSet<EventPosition> _openEarlier = [];
    private Session? _session;
    private long _received;

    /// <summary>The session up to the last event received; null before the first READY and after the session was invalidated.</summary>
    public Session? Received
    {
        get
        {
            lock (_gate) return _session is null ? null : _session with { Sequence = _received };
        }
    }

    /// <summary>
    /// The session to store. Null while there is none, and after a new session began until its READY and every event of the session before are
    /// done: a crash at that point must identify anew, and so look for what was missed.
    /// </summary>
    public Session? Safe
    {
        get
        {
            lock (_gate)
            {
                if (_session is null || _openEarlier.Count > 0) return null;
                var safe = _open.Count == 0 ? _received : Math.Min(_open.Min - 1, _received);
                return safe >= _session.Sequence ? _session with { Sequence = safe } : null;
            }
        }
    }

    /// <summary>How many delivered events are not done yet.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _open.Count + _openEarlier.Count;
        }
    }

    /// <summary>Marks an event as done: it need not be replayed. A position that is not open changes nothing, so it may be marked twice.</summary>
    public void Done(EventPosition position)
    {
        lock (_gate)
        {
            if (position.SessionId == _session?.Id) _open.Remove(position.Sequence);
            else _openEarlier.Remove(position);
        }
    }

    /// <summary>Discord's id of the present session; empty without one.</summary>
    internal string SessionId
    {
        get
        {
            lock (_gate) return _session?.Id ?? "";
        }
    }

    /// <summary>The last sequence received in the present session; null without a session.</summary>
    internal long? Sequence
    {
        get
        {
            lock (_gate) return _session is null ? null : _received;
        }
    }

    /// <summary>Goes on from a stored session, or from none. What was open is forgotten, because it will be replayed.</summary>
    internal void Continue(Session? session)
    {
        lock (_gate)
        {
            _open.Clear();
            _openEarlier.Clear();
            _session = session;
            _received = session?.Sequence ?? 0;
        }
    }

    /// <summary>A new session began with its READY, which is itself an event to be done: <see cref="Safe"/> stays null until then.</summary>
    internal void Begin(Session session)
    {
        lock (_gate)
        {
            SetOpenAside();
            _session = session;
            _received = session.Sequence;
            _open.Add(session.Sequence);
        }
    }

    /// <summary>The session cannot be resumed any more.</summary>
    internal void Invalidate()
    {
        lock (_gate)
        {
            SetOpenAside();
            _session = null;
        }
    }

    /// <param name="sequence">Of the event received.</param>
    /// <param name="kept">False when the event was dropped: then there is nothing to do for it.</param>
    internal void Receive(long sequence, bool kept)
    {
        lock (_gate)
        {
            if (_session is null) return;
            // A sequence never goes back within a session; an event that comes again is open again all the same.
            _received = Math.Max(_received, sequence);
            if (kept) _open.Add(sequence);
        }
    }

    private void SetOpenAside()
    {
        if (_session is null) return;
        foreach (var sequence in _open) _openEarlier.Add(new EventPosition(_session.Id, sequence));
        _open.Clear();
    }
}
