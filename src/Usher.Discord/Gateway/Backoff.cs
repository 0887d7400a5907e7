namespace Usher.Discord.Gateway;

/// <summary>
/// How long to wait before the next connection: under a second after the first loss (most are momentary and a resume is cheap),
/// then doubling to a minute; half of each wait is random, so that many shards do not come back at one moment.
/// </summary>
internal sealed class Backoff(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    public TimeSpan Next()
    {
        var failures = Failures++;
        if (failures == 0) return First * random();
        var ceiling = failures < 6 ? First * (1 << failures) : Longest;
        return ceiling * (0.5 + 0.5 * random());
    }

    public void Reset() => Failures = 0;
}
