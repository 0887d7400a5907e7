using System.Diagnostics;

namespace Usher.Benchmarks.Dropping;

/// <summary>How long a piece of pure work takes and what it allocates.</summary>
/// <param name="Nanoseconds">The median of the rounds, a call.</param>
/// <param name="Bytes">Allocated a call.</param>
internal sealed record Pace(double Nanoseconds, double Bytes)
{
    private const int Rounds = 15;
    private static readonly TimeSpan RoundTakes = TimeSpan.FromMilliseconds(150);

    /// <summary>Measures it, compiled and warm.</summary>
    internal static Pace Of(Action work)
    {
        var calls = Warm(work);
        var rounds = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++) work();
            rounds.Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / calls);
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        rounds.Sort();
        return new Pace(rounds[Rounds / 2], (double)allocated / ((long)calls * Rounds));
    }

    // Long enough for the second tier of compilation, and to know how many calls make a round.
    private static int Warm(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        var calls = 0;
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1.5))
        {
            for (var call = 0; call < 100; call++) work();
            calls += 100;
        }
        return Math.Max(100, (int)(calls * RoundTakes.TotalSeconds / 1.5));
    }
}
