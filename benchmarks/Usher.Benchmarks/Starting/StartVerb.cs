using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Usher.Sandbox;

namespace Usher.Benchmarks.Starting;

/// <summary><c>start</c>: how soon the demo is ready, and what serve takes at rest.</summary>
internal static class StartVerb
{
    private const int Starts = 5;
    private const double ReadyWithinSeconds = 2;
    private const double RestMebibytes = 120;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    internal static Command Command()
    {
        var command = new Command("start", "How soon usher demo is ready, and how much memory usher serve takes at rest.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var report = new Report("Starting and resting");
        var folder = Directory.CreateTempSubdirectory("usher-start-");
        try
        {
            var times = new List<double>();
            for (var start = 0; start < Starts; start++) times.Add(await StartDemoAsync(folder.FullName, cancellation));
            times.Sort();
            report.Row(["demo ready after", .. times.Select(time => Report.Number(time, "0.00") + " s")]);
            report.PrintTable();
            report.Target($"usher demo is ready within 2 s of a built start: {Report.Number(times[Starts / 2], "0.00")} s (median of {Starts})", times[Starts / 2] <= ReadyWithinSeconds);
            var (resident, anonymous) = await RestingAsync(folder.FullName, cancellation);
            Console.WriteLine();
            report.Row("serve at rest", "resident", "of it its own");
            report.Row("", Report.Number(resident) + " MiB", Report.Number(anonymous) + " MiB");
            report.PrintTable();
            report.Target($"usher serve at rest takes less than 120 MB: {Report.Number(resident)} MiB resident after {Rest.TotalSeconds} s", resident * 1.048576 < RestMebibytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return report.ExitCode;
    }

    private static async Task<double> StartDemoAsync(string folder, CancellationToken cancellation)
    {
        using var demo = UsherProgram.Start(["demo", "--port", "0"], new Dictionary<string, string>(), folder, Console.Error);
        await demo.IsReadyAsync(TimeSpan.FromMinutes(1), cancellation);
        return Stopwatch.GetElapsedTime(demo.Began).TotalSeconds;
    }

    private static async Task<(double Resident, double Anonymous)> RestingAsync(string folder, CancellationToken cancellation)
    {
        await using var box = await Box.StartAsync(new BoxOptions(), cancellation);
        var settings = Path.Combine(folder, "usher.yml");
        await File.WriteAllTextAsync(settings, DeskFile.Of(TimeSpan.FromSeconds(10)), cancellation);
        using var serve = UsherProgram.Start(
            ["serve", "--config", settings, "--data", Path.Combine(folder, "data"), "--port", UsherProgram.FreePort().ToString(CultureInfo.InvariantCulture)],
            DeskFile.Environment(box), folder, Console.Error);
        await serve.IsReadyAsync(TimeSpan.FromMinutes(1), cancellation);
        await Task.Delay(Rest, cancellation);
        return await serve.MebibytesAsync(["VmRSS", "RssAnon"], cancellation) is [var resident, var anonymous] ? (resident, anonymous) : default;
    }
}
