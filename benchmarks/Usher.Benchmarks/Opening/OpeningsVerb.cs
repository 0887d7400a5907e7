using System.CommandLine;
using System.Diagnostics;
using Usher.Sandbox;

namespace Usher.Benchmarks.Opening;

/// <summary><c>openings</c>: how long people wait for their ticket when many come at once.</summary>
internal static class OpeningsVerb
{
    private const double AnswerWithin = 500;

    internal static Command Command()
    {
        var rate = new Option<int>("--rate") { Description = "Openings a second.", DefaultValueFactory = _ => 300 };
        var seconds = new Option<int>("--seconds") { Description = "For how long.", DefaultValueFactory = _ => 30 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds of the same before it, not counted.", DefaultValueFactory = _ => 20 };
        var command = new Command("openings", "Openings at a steady rate, each timed from the moment it was due, desk and box in one process.") { rate, seconds, warmUp };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(warmUp), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int rate, int seconds, int warmUp, CancellationToken cancellation)
    {
        var report = new Report($"{rate} openings a second for {seconds} s");
        var box = await Box.StartAsync(new BoxOptions { RateLimits = false, JournalLength = 100 }, cancellation);
        var town = Town.Build(box, rate * (seconds + warmUp));
        await using var live = await LiveDesk.StartAsync(box, town.Settings, cancellation);
        using var meter = new CommitMeter();
        var rush = new Rush(town, rate);
        await rush.RunAsync(warmUp, cancellation);
        await live.SettleAsync(cancellation);
        var (allocated, commits, units, processor) = (GC.GetTotalAllocatedBytes(), meter.Commits, meter.Units, Environment.CpuUsage.TotalTime);
        var paused = GC.GetTotalPauseDuration();
        meter.Forget();
        var began = Stopwatch.GetTimestamp();
        var answers = await rush.RunAsync(seconds, cancellation);
        var took = Stopwatch.GetElapsedTime(began);
        await live.SettleAsync(cancellation);
        var settled = Stopwatch.GetElapsedTime(began);
        (allocated, commits, units, processor) = (GC.GetTotalAllocatedBytes() - allocated, meter.Commits - commits, meter.Units - units, Environment.CpuUsage.TotalTime - processor);
        paused = GC.GetTotalPauseDuration() - paused;
        var times = answers.Where(answer => !answer.Failed).Select(answer => answer.Milliseconds).Order().ToList();
        var opened = answers.Count(answer => answer.Opened);
        report.Row("answered after", "p50", "p90", "p99", "max");
        report.Row(["ms", .. new[] { 0.5, 0.9, 0.99, 1 }.Select(part => Report.Number(At(times, part)))]);
        report.PrintTable();
        report.Row("clicks", Report.Number(answers.Count, "0"));
        report.Row("failed (no answer within 3 s)", Report.Number(answers.Count(answer => answer.Failed), "0"));
        report.Row("answered that the ticket is there", Report.Number(opened, "0"));
        report.Row("seconds until all were answered", Report.Number(took.TotalSeconds));
        report.Row("seconds until all was done", Report.Number(settled.TotalSeconds));
        report.Row("processor milliseconds a ticket (two cores have " + Report.Number(2000.0 / rate) + ")", Report.Number(processor.TotalMilliseconds / answers.Count, "0.00"));
        report.Row("allocated a ticket, desk and box", Report.Number(allocated / 1024.0 / answers.Count, "0") + " KiB");
        report.Row("units of work written a ticket", Report.Number((double)units / answers.Count, "0.00"));
        report.Row("commits of the database a ticket", Report.Number((double)commits / answers.Count, "0.00"));
        report.Row("longest commit of the database, ms", Report.Number(meter.LongestCommit.TotalMilliseconds));
        report.Row("garbage collections' pauses together, ms", Report.Number(paused.TotalMilliseconds));
        if (answers.Where(answer => answer.Milliseconds > AnswerWithin).Select(answer => answer.Due.TotalSeconds).ToList() is { Count: > 0 } slow)
            report.Row("clicks that waited longer than the target, between seconds", $"{slow.Count}, {Report.Number(slow.Min())} and {Report.Number(slow.Max())}");
        report.PrintTable();
        var p99 = answers.Any(answer => answer.Failed) ? double.PositiveInfinity : At(times, 0.99);
        report.Target($"p99 of click to answer is under 500 ms: {Report.Number(At(times, 0.99))} ms", p99 < AnswerWithin && opened == answers.Count);
        return report.ExitCode;
    }

    private static double At(List<double> sorted, double part) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(part * sorted.Count) - 1)];
}
