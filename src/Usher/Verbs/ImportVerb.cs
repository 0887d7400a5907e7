using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Engine.Importing;
using Usher.Engine.Importing.Sources;
using Usher.Engine.Importing.Systems;
using Usher.Starting;
using Usher.Storage;

namespace Usher.Verbs;

/// <summary><c>usher import</c>: takes over the tickets of another system. It only tells what it would do until it is told to do it; done again it doubles nothing and brings what is new.</summary>
internal static class ImportVerb
{
    // Fewer are there before anybody wonders whether it goes on.
    private const int ToldEvery = 5000;

    internal static Command Command()
    {
        var verb = new Command("import", "Takes over the tickets of another system.");
        foreach (var system in ImportSystem.All) verb.Add(Command(system));
        return verb;
    }

    private static Command Command(ImportSystem system)
    {
        var from = new Option<string>("--from") { HelpName = "SOURCE", Description = "Where it keeps them: postgres://user:password@host/database, a SQLite file, a JSON or CSV file, or a folder of these; or the name of an environment variable that says so.", Required = true };
        var apply = new Option<bool>("--apply") { Description = "Does it. Without, it is only told what would be done." };
        var departments = new Option<string[]>("--department") { HelpName = "THEIRS=OURS", Description = "Which department here one of their kinds is, such as tech=support; *=support is for all others. May be given several times.", DefaultValueFactory = _ => [] };
        var zone = new Option<string?>("--zone") { HelpName = "ZONE", Description = "Where the clocks stand of times that say no zone, such as America/Sao_Paulo. UTC when not said." };
        var without = new Option<bool>("--without-faulty") { Description = "Takes over what has no faults. Without, one fault is enough for nothing to be taken over." };
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where usher.yml has several." };
        var (config, data) = (VerbOptions.Config(), VerbOptions.ServedData());
        var command = new Command(system.Name, system.About) { from, apply, departments, zone, without, guild, config, data };
        command.SetAction((parsed, stop) => ImportAsync(
            system, new Wish(parsed.GetRequiredValue(from), parsed.GetValue(apply), parsed.GetValue(departments) ?? [], parsed.GetValue(zone), parsed.GetValue(without), parsed.GetValue(guild)),
            parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), stop));
        return command;
    }

    private static async Task<int> ImportAsync(ImportSystem system, Wish wish, FileInfo config, DirectoryInfo data, CancellationToken stop)
    {
        var faults = new List<string>();
        var folder = Directory.GetCurrentDirectory();
        var environment = EnvironmentFile.Read(folder, faults);
        var database = new Variables(environment, faults).DatabaseUrl(data);
        var reading = new SettingsSource(config, folder).Read(environment, faults);
        if (faults.Count > 0 || reading is null) throw CannotStartException.Faulty(faults);
        var desks = wish.Guild is null ? reading.Desks : [.. reading.Desks.Where(d => d.Guild.ToString() == wish.Guild)];
        if (desks is not [var desk])
            throw new CannotStartException($"Say with --guild which guild is meant: {string.Join(", ", reading.Desks.Select(d => d.Guild))}.", CommandLine.MustBeMended);
        var departments = DepartmentMap.Read(wish.Departments, desk, out var wrong) ?? throw new CannotStartException(wrong!, CommandLine.MustBeMended);
        try
        {
            var read = await ReadAsync(system, environment.GetValueOrDefault(wish.From, wish.From), TimesOf(wish.Zone), desk, stop);
            await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, stop);
            store.LanguageOf = _ => desk.Language;
            return await TakeOverAsync(read, new Takeover(desk, store, system.Name, departments, TimeProvider.System), wish, stop);
        }
        catch (ImportException cannot)
        {
            throw new CannotStartException($"The other system's tickets cannot be read. {cannot.Message}", CommandLine.MustBeMended, cannot);
        }
        catch (StoreUnavailableException unavailable)
        {
            throw new CannotStartException($"The database cannot be used. {unavailable.Message}", inner: unavailable);
        }
    }

    private static async Task<ReadTickets> ReadAsync(ImportSystem system, string from, SourceTimes times, DeskSettings desk, CancellationToken stop)
    {
        await using var source = await SourceTables.OpenAsync(from, stop);
        return await system.ReadAsync(source, times, desk.Guild, stop);
    }

    private static SourceTimes TimesOf(string? zone)
    {
        if (zone is null) return SourceTimes.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new SourceTimes(found)
            : throw new CannotStartException($"--zone is «{zone}», which is no time zone. Write it like America/Sao_Paulo or Europe/Paris.", CommandLine.MustBeMended);
    }

    private static async Task<int> TakeOverAsync(ReadTickets read, Takeover takeover, Wish wish, CancellationToken stop)
    {
        var plan = await takeover.PlanAsync(read, stop);
        foreach (var fault in plan.Faults) Console.Error.WriteLine(fault);
        if (plan.Faults.Count > 0 && !wish.WithoutFaulty)
        {
            throw new CannotStartException(
                $"{Count(plan.Faults.Count, "fault")} above; nothing was changed. Mend them there, or leave what is faulty out with --without-faulty.", CommandLine.MustBeMended);
        }
        foreach (var line in Summary(plan)) Console.WriteLine(line);
        var (taken, renewed) = (plan.New.Count(), plan.Renewed.Count());
        if (!wish.Apply)
        {
            Console.WriteLine($"{Count(taken, "ticket")} would be taken over, {N(renewed)} brought up to date; {N(plan.Known)} {(plan.Known == 1 ? "is" : "are")} here already. Nothing was changed: --apply does it.");
            return 0;
        }
        var told = 0;
        var missed = await takeover.ApplyAsync(plan, AuditSignature.CommandLine(OpenedDesk.User, default), Tell, stop);
        if (missed.Count > 0)
            throw new CannotStartException($"{Count(missed.Count, "ticket")} changed here meanwhile, the first is {missed[0].Row}. Stop Usher, then start this again: what is done is not done twice.");
        Console.WriteLine($"{Count(taken, "ticket")} taken over, {N(renewed)} brought up to date; {N(plan.Known)} {(plan.Known == 1 ? "was" : "were")} here already. Usher fetches what was written in those that are open when it starts.");
        return 0;

        void Tell(int done)
        {
            if (done / ToldEvery == told / ToldEvery) return;
            told = done;
            Console.Error.WriteLine($"{N(done)} of {N(taken + renewed)} …");
        }
    }

    private static IEnumerable<string> Summary(TakeoverPlan plan)
    {
        foreach (var department in plan.New.GroupBy(step => step.Department.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var tickets = department.ToList();
            yield return $"{department.Key}: {Count(tickets.Count, "ticket")} ({N(tickets.Count(step => step.Old.End is null))} open), {Count(tickets.Sum(step => step.Messages.Count), "message")}, "
                + $"{Count(tickets.Sum(step => step.Old.Notes.Count), "note")}, from {Day(tickets.Min(step => step.Old.OpenedAt))} to {Day(tickets.Max(step => step.Old.OpenedAt))}";
        }
        foreach (var step in plan.Renewed)
            yield return $"ticket {N((int)step.Here!.Number)} ({step.Old.Row}): {Count(step.Messages.Count, "message")} and {Count(step.Facts.Count, "change")} are new{(step.IsGoneOnWith ? "; people went on with it here, so the rest stays as it is" : "")}";
        if (plan.Elsewhere > 0) yield return $"{Count(plan.Elsewhere, "ticket")} of other guilds: left out";
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => $"{N(count)} {what}{(count == 1 ? "" : "s")}";

    private static string N(int count) => count.ToString(CultureInfo.InvariantCulture);

    private sealed record Wish(string From, bool Apply, string[] Departments, string? Zone, bool WithoutFaulty, string? Guild);
}
