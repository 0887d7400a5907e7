using System.CommandLine;
using System.Globalization;
using Usher.Discord.Model;
using Usher.Sandbox;

namespace Usher.Benchmarks.Configuring;

/// <summary><c>settings</c>: how long a large file takes, and what many guilds with settings of their own take in one process.</summary>
internal static class SettingsVerb
{
    private const int Departments = 200;
    private const int Guilds = 1000;
    private const double LoadsWithin = 200;
    private const double KilobytesEach = 30;

    internal static Command Command()
    {
        var command = new Command("settings", "How long a file of 200 departments takes, and what 1,000 guilds take in one process.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellation)
    {
        var report = new Report("Settings");
        var folder = Directory.CreateTempSubdirectory("usher-settings-");
        try
        {
            await LoadAsync(report, folder, cancellation);
            await ServeAsync(report, folder, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return report.ExitCode;
    }

    private static async Task LoadAsync(Report report, DirectoryInfo folder, CancellationToken cancellation)
    {
        var file = await WriteAsync(folder, "departments.yml", LargeFile.OfDepartments(Departments), cancellation);
        var times = new List<double[]>();
        for (var start = 0; start < 5; start++)
        {
            using var child = Child.Start(ServeGuildsVerb.Name, file);
            times.Add(await child.AskAsync(cancellation));
        }
        var cold = times.Select(time => time[0]).Order().ElementAt(2);
        var warm = times.Select(time => time[1]).Order().ElementAt(2);
        report.Row("200 departments", "first in a process", "then");
        report.Row("", Report.Number(cold) + " ms", Report.Number(warm) + " ms");
        report.PrintTable();
        report.Target($"a file of {Departments} departments loads within {LoadsWithin} ms, the first in its process (median of 5): {Report.Number(cold)} ms", cold <= LoadsWithin);
        Console.WriteLine();
    }

    private static async Task ServeAsync(Report report, DirectoryInfo folder, CancellationToken cancellation)
    {
        var one = await MeasureAsync(folder, 1, cancellation);
        var many = await MeasureAsync(folder, Guilds + 1, cancellation);
        report.Row("", "live objects", "of them settings", "resident");
        Row(report, "1 guild", one, 1024 * 1024.0, "MiB");
        Row(report, $"{Guilds + 1} guilds", many, 1024 * 1024.0, "MiB");
        var each = one.Zip(many, (before, after) => (after - before) / Guilds).ToArray();
        Row(report, "each more", each, 1000.0, "KB");
        report.PrintTable();
        report.Target($"{Guilds} more guilds take at most {KilobytesEach} KB each of live objects: {Report.Number(each[0] / 1000)} KB", each[0] / 1000 <= KilobytesEach);
        report.Target($"and at most {KilobytesEach} KB each resident: {Report.Number(each[2] / 1000)} KB", each[2] / 1000 <= KilobytesEach);
    }

    private static async Task<double[]> MeasureAsync(DirectoryInfo folder, int guilds, CancellationToken cancellation)
    {
        await using var box = await Box.StartAsync(new BoxOptions { RateLimits = false, JournalLength = 1 }, cancellation);
        var places = Enumerable.Range(0, guilds).Select(number => Found(box, number)).ToList();
        var file = await WriteAsync(folder, string.Create(CultureInfo.InvariantCulture, $"guilds-{guilds}.yml"), LargeFile.OfGuilds(places), cancellation);
        using var child = Child.Start(ServeGuildsVerb.Name, file, "--api", box.ApiAddress.ToString(), "--token", box.Token);
        return await child.AskAsync(cancellation);
    }

    private static (ulong Guild, ulong Staff, ulong Threads, ulong Panel) Found(Box box, int number)
    {
        var (world, harbour) = (box.World, box.Harbour);
        var guild = world.AddGuild(string.Create(CultureInfo.InvariantCulture, $"Town {number}"), harbour.Guild.Owner);
        var staff = world.AddRole(guild, "Staff");
        world.Install(harbour.Bot, guild, Permissions.Administrator);
        return (guild.Id.Value, staff.Id.Value, world.AddChannel(guild, "support").Id.Value, world.AddChannel(guild, "help").Id.Value);
    }

    private static void Row(Report report, string what, double[] bytes, double unit, string name) =>
        report.Row([what, .. bytes.Select(value => $"{Report.Number(value / unit)} {name}")]);

    private static async Task<string> WriteAsync(DirectoryInfo folder, string name, string text, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(file, text, cancellation);
        return file;
    }
}
