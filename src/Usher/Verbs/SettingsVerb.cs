using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Usher.Starting;
using Usher.Storage;

namespace Usher.Verbs;

/// <summary><c>usher settings</c>: what was changed in Discord, beside what the file says.</summary>
internal static class SettingsVerb
{
    private const string HowToTakeIt = "A running Usher takes it with kill -HUP, or at its next start.";

    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var export = new Command("export", "Prints usher.yml as it would be with everything that was changed in Discord.") { config, data };
        export.SetAction((parsed, stop) => WithAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), ExportAsync, stop));
        var diff = new Command("diff", "Lists every change that was made in Discord, and which of them hold over the file.") { config, data };
        diff.SetAction((parsed, stop) => WithAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), DiffAsync, stop));
        var to = new Option<long>("--to") { HelpName = "VERSION", Description = "The version to go back to, as diff lists them; 0 is the file alone.", Required = true };
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var rollback = new Command("rollback", "Goes back to an earlier version of what was changed in Discord; the way back is a new version.") { to, guild, config, data };
        rollback.SetAction((parsed, stop) => WithAsync(
            parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), opened => RollBackAsync(opened, parsed.GetValue(to), parsed.GetValue(guild), stop), stop));
        return new Command("settings", "Shows, exports and takes back what was changed in Discord by commands such as /role set.") { export, diff, rollback };
    }

    private static async Task<int> WithAsync(FileInfo config, DirectoryInfo data, Func<Opened, Task> work, CancellationToken stop)
    {
        var faults = new List<string>();
        var folder = EnvironmentFile.FolderFor(config);
        var environment = EnvironmentFile.Read(folder, faults);
        var database = new Variables(environment, faults).DatabaseUrl(data);
        var reading = new SettingsSource(config, folder).Read(environment, faults);
        if (faults.Count > 0 || reading is null) throw CannotStartException.Faulty(faults);
        try
        {
            await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, stop);
            await work(new Opened(config, environment, reading.Desks, store, stop));
            return 0;
        }
        catch (StoreUnavailableException unavailable)
        {
            throw new CannotStartException($"The database cannot be used. {unavailable.Message}", inner: unavailable);
        }
    }

    private static async Task ExportAsync(Opened opened)
    {
        var inForce = new List<DeskSettings>();
        foreach (var desk in opened.Desks) inForce.Add(await opened.InForceAsync(desk));
        Console.Out.Write(SettingsExport.Write(await File.ReadAllTextAsync(opened.Config.FullName, opened.Stop), opened.Desks, inForce, opened.Environment));
    }

    private static async Task DiffAsync(Opened opened)
    {
        foreach (var desk in opened.Desks)
        {
            Console.WriteLine($"guild {desk.Guild}");
            var versions = await opened.Store.SettingsVersionsAsync(desk.Guild, opened.Stop);
            if (versions.Count == 0) Console.WriteLine("  Nothing was changed in Discord.");
            foreach (var version in versions)
            {
                var by = version.By == default ? "on the command line" : $"by {version.By}";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  version {version.Number}, {version.At:yyyy-MM-dd HH:mm:ss} UTC, {by}: {version.Change}"));
            }
            foreach (var line in Differences(desk, await opened.InForceAsync(desk))) Console.WriteLine("  holds over the file: " + line);
        }
    }

    private static IEnumerable<string> Differences(DeskSettings file, DeskSettings inForce)
    {
        foreach (var before in file.Departments)
        {
            var after = inForce.Department(before.Key)!;
            if (before.Staff != after.Staff) yield return $"departments.{before.Key}.staff: {string.Join(", ", before.Staff)} -> {string.Join(", ", after.Staff)}";
            if (before.Home != after.Home) yield return $"departments.{before.Key}.home: {Told(before.Home)} -> {Told(after.Home)}";
        }
    }

    private static string Told(HomeSettings home) => home.Kind == HomeKind.DirectMessage ? "none" : $"{(home.Kind == HomeKind.Thread ? "thread" : "channel")} {home.Parent?.ToString() ?? "none"}";

    private static async Task RollBackAsync(Opened opened, long to, string? guild, CancellationToken stop)
    {
        var desks = guild is null ? opened.Desks : [.. opened.Desks.Where(d => d.Guild.ToString() == guild)];
        if (desks is not [var desk])
            throw new CannotStartException($"Say with --guild which guild is meant: {string.Join(", ", opened.Desks.Select(d => d.Guild))}.", CommandLine.MustBeMended);
        var versions = await opened.Store.SettingsVersionsAsync(desk.Guild, stop);
        var target = to == 0 ? SettingsOverrides.None : versions.FirstOrDefault(v => v.Number == to)?.Overrides;
        if (target is null)
            throw new CannotStartException($"There is no version {to}. There are 0 (the file alone) to {versions.Count}; usher settings diff lists them.", CommandLine.MustBeMended);
        var number = await opened.Store.SaveSettingsAsync(desk.Guild, target, $"back to version {to}", default, TimeProvider.System.GetUtcNow(), stop);
        Console.WriteLine($"Version {number} of guild {desk.Guild} is version {to} again. {HowToTakeIt}");
    }

    private sealed record Opened(FileInfo Config, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<DeskSettings> Desks, DeskStore Store, CancellationToken Stop)
    {
        internal async Task<DeskSettings> InForceAsync(DeskSettings file) =>
            (await Store.LatestSettingsAsync(file.Guild, Stop))?.Overrides.Over(file) ?? file;
    }
}
