using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Usher.Benchmarks.Killing;

/// <summary><c>kill</c>: what is left when the program is killed over and over.</summary>
internal static class KillVerb
{
    internal static Command Command()
    {
        var tickets = new Option<int>("--tickets") { Description = "How many tickets.", DefaultValueFactory = _ => 500 };
        var kills = new Option<int>("--kills") { Description = "How many kills.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Of all choices.", DefaultValueFactory = _ => 1 };
        var keep = new Option<bool>("--keep") { Description = "Keeps the data and the program's log even if nothing is wrong." };
        var command = new Command("kill", "Kills usher serve at random moments while tickets live in a box, and looks whether anything was lost or done twice.")
        {
            tickets, kills, seed, keep,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new KillPlan(parsed.GetValue(tickets), parsed.GetValue(kills), parsed.GetValue(seed)), parsed.GetValue(keep), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(KillPlan plan, bool keep, CancellationToken cancellation)
    {
        var report = new Report(string.Create(CultureInfo.InvariantCulture, $"{plan.Tickets} tickets and {plan.Kills} kills (seed {plan.Seed})"));
        var folder = Directory.CreateTempSubdirectory("usher-kill-");
        var began = Stopwatch.GetTimestamp();
        var end = await KillRun.RunAsync(plan, folder.FullName, Console.Error.WriteLine, cancellation);
        foreach (var (what, count) in end.Counts) report.Row(what, count.ToString(CultureInfo.InvariantCulture));
        report.Row("minutes", Report.Number(Stopwatch.GetElapsedTime(began).TotalMinutes));
        report.PrintTable();
        foreach (var fault in end.Faults.Take(50)) Report.Note("- " + fault);
        report.Target($"nothing lost, nothing twice: {end.Faults.Count} faults", end.Faults.Count == 0);
        if (keep || end.Faults.Count > 0) Report.Note($"Data and log are in {folder.FullName}.");
        else folder.Delete(recursive: true);
        return report.ExitCode;
    }
}
