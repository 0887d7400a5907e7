namespace Usher.Discord.Rest.Limits;

/// <summary>What tells one bucket from another: Discord's name for it (or the route's, before that is known) and the major parameters.</summary>
internal readonly record struct LaneKey(string Name, string Major);

/// <summary>A bucket with those who wait for it, in the order they came.</summary>
internal sealed class Lane(LaneKey key)
{
    public LaneKey Key { get; } = key;

    public Bucket Bucket { get; } = new();

    public LinkedList<Waiter> Waiters { get; } = new();

    /// <summary>When it is to be looked at again; null when only an answer changes anything.</summary>
    public TimeSpan? WakesAt { get; set; }
}

/// <summary>Somebody who wants to send; first waits for its bucket, then for the global limit.</summary>
internal sealed class Waiter : TaskCompletionSource<Permit>
{
    public Waiter(Route route, TimeSpan since) : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Route = route;
        Since = since;
        Node = new(this);
    }

    public Route Route { get; }

    public TimeSpan Since { get; }

    public LinkedListNode<Waiter> Node { get; }

    public Lane Lane { get; set; } = null!;

    /// <summary>Holds a place in its bucket and waits for the global limit.</summary>
    public bool HasTaken { get; set; }
}
