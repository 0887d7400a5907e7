namespace Usher.Discord.Rest;

/// <summary>How long to wait before another attempt after a failure: from half a second, doubling, to 15 seconds, less a random half.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="jitter">A random number from 0 to 1.</param>
    public static TimeSpan After(int attempt, double jitter)
    {
        var whole = Math.Min(First.TotalSeconds * Math.Pow(2, attempt - 1), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (1 - jitter / 2));
    }
}
