using System.Diagnostics;

namespace Usher.Benchmarks.Opening;

/// <summary>What came of a click.</summary>
/// <param name="Milliseconds">From the moment it was due, also if it could only be made later, to its answer.</param>
/// <param name="Failed">Whether nobody answered in time.</param>
/// <param name="Opened">Whether the answer led to a ticket.</param>
/// <param name="Due">When it was due, from the beginning.</param>
internal sealed record Answered(double Milliseconds, bool Failed, bool Opened, TimeSpan Due);

/// <summary>People who click at a steady rate, whether those before them were answered or not.</summary>
internal sealed class Rush(Town town, int rate)
{
    private int _next;

    internal async Task<IReadOnlyList<Answered>> RunAsync(int seconds, CancellationToken cancellation)
    {
        var clicks = rate * seconds;
        var answers = new List<Task<Answered>>(clicks);
        var began = Stopwatch.GetTimestamp();
        for (var click = 0; click < clicks; click++)
        {
            var due = TimeSpan.FromSeconds((double)click / rate);
            var early = due - Stopwatch.GetElapsedTime(began);
            // The timer's own coarseness is no wait of anybody's: what is due within it goes together.
            if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, cancellation);
            answers.Add(ClickAsync(_next++, began, due));
        }
        return await Task.WhenAll(answers);
    }

    private async Task<Answered> ClickAsync(int number, long began, TimeSpan due)
    {
        await Task.Yield();
        var asked = await town.ClickAsync(number);
        return new Answered((Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds, asked.Failed, asked.Text.Contains("<#", StringComparison.Ordinal), due);
    }
}
