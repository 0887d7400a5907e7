using System.Collections.Concurrent;

namespace Usher.Web.Api;

/// <summary>How many requests a caller has left. A sixth of a minute's share can come at once; it fills again evenly.</summary>
internal sealed class RequestBuckets(TimeProvider time)
{
    private const int MostKept = 10_000;
    private const int SharesInMinute = 6;
    private const int LeastAtOnce = 5;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes one request.</summary>
    /// <param name="caller">Whose.</param>
    /// <param name="perMinute">How many they have in a minute.</param>
    /// <returns>Zero when there was one left; otherwise when there is.</returns>
    public TimeSpan Take(string caller, int perMinute) => Ask(caller, perMinute, takes: true);

    /// <summary>Whether there is one left, without taking it: zero, or when there is.</summary>
    public TimeSpan Wait(string caller, int perMinute) => Ask(caller, perMinute, takes: false);

    private TimeSpan Ask(string caller, int perMinute, bool takes)
    {
        // Who has not asked for a while has a full bucket anyway.
        if (_buckets.Count >= MostKept) _buckets.Clear();
        var bucket = _buckets.GetOrAdd(caller, _ => new Bucket(AtOnce(perMinute), time.GetTimestamp()));
        lock (bucket)
        {
            var now = time.GetTimestamp();
            var perSecond = perMinute / 60.0;
            bucket.Left = Math.Min(AtOnce(perMinute), bucket.Left + time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);
            bucket.At = now;
            if (bucket.Left < 1) return TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
            if (takes) bucket.Left--;
            return TimeSpan.Zero;
        }
    }

    private static double AtOnce(int perMinute) => Math.Max(LeastAtOnce, perMinute / SharesInMinute);

    private sealed class Bucket(double left, long at)
    {
        public double Left { get; set; } = left;

        public long At { get; set; } = at;
    }
}
