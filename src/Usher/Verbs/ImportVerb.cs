using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Engine.Importing;
using Usher.Starting;
using Usher.Storage;

namespace Usher.Verbs;

/// <summary><c>usher import</c>: takes over the tickets of another system. It only tells what it would do until it is told to do it, and done twice it doubles nothing.</summary>
internal static class ImportVerb
{
    // As long as those of tickets that are opened here.
    private const int TokenLength = 32;
    private const int MostTold = 20;

    internal static Command Command()
    {
        var from = new Option<string>("--from") { HelpName = "URL", Description = "The other system's database, postgres://user:password@host/database; or the name of an environment variable that holds it.", Required = true };
        var apply = new Option<bool>("--apply") { Description = "Does it. Without, it is only told what would be done." };
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where usher.yml has several." };
        var (config, data) = (VerbOptions.Config(), VerbOptions.ServedData());
        var moddy = new Command("moddy", "The table tickets of moddy's own system: threads, openers, categories, who has them, when they were archived, and what was asked.") { from, apply, guild, config, data };
        moddy.SetAction((parsed, stop) => ImportAsync(
            parsed.GetRequiredValue(from), parsed.GetValue(apply), parsed.GetValue(guild), parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), stop));
        return new Command("import", "Takes over the tickets of another system.") { moddy };
    }

    private static async Task<int> ImportAsync(string from, bool apply, string? guild, FileInfo config, DirectoryInfo data, CancellationToken stop)
    {
        var faults = new List<string>();
        var folder = Directory.GetCurrentDirectory();
        var environment = EnvironmentFile.Read(folder, faults);
        var database = new Variables(environment, faults).DatabaseUrl(data);
        var reading = new SettingsSource(config, folder).Read(environment, faults);
        if (faults.Count > 0 || reading is null) throw CannotStartException.Faulty(faults);
        var desks = guild is null ? reading.Desks : [.. reading.Desks.Where(d => d.Guild.ToString() == guild)];
        if (desks is not [var desk])
            throw new CannotStartException($"Say with --guild which guild is meant: {string.Join(", ", reading.Desks.Select(d => d.Guild))}.", CommandLine.MustBeMended);
        try
        {
            var read = await ModdyTickets.ReadAsync(environment.GetValueOrDefault(from, from), stop);
            await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, stop);
            return await TakeOverAsync(read, desk, store, apply, stop);
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

    private static async Task<int> TakeOverAsync(ReadTickets read, DeskSettings desk, DeskStore store, bool apply, CancellationToken stop)
    {
        var wrong = read.Unreadable.Select(row => $"{row.Row}: {row.Why}")
            .Concat(read.Tickets.Where(ticket => ticket.In(desk) is null).Select(ticket => $"thread {ticket.Home}: there is no department «{ticket.Department}» in the settings"))
            .ToList();
        foreach (var line in wrong.Take(MostTold)) Console.Error.WriteLine(line);
        if (wrong.Count > MostTold) Console.Error.WriteLine($"and {wrong.Count - MostTold} more");
        if (wrong.Count > 0) throw new CannotStartException($"{wrong.Count} of {read.Tickets.Count + read.Unreadable.Count} tickets cannot be taken over; nothing was changed. Mend them there, or add the departments to the settings.", CommandLine.MustBeMended);
        var (known, taken) = (0, 0);
        foreach (var ticket in read.Tickets)
        {
            stop.ThrowIfCancellationRequested();
            if (await store.FindTicketByHomeAsync(ticket.Home, stop) is not null) known++;
            else
            {
                taken++;
                if (apply) await TakeAsync(ticket, desk, store, stop);
            }
        }
        Console.WriteLine(apply
            ? $"{taken} tickets were taken over; {known} were here already. Usher fetches what was written in those that are open when it starts."
            : $"{taken} tickets would be taken over; {known} are here already. Nothing was changed: --apply does it.");
        return 0;
    }

    private static async Task TakeAsync(ImportedTicket ticket, DeskSettings desk, DeskStore store, CancellationToken stop)
    {
        var number = await store.NextNumberAsync(desk.Guild, stop);
        var others = await store.OpenTicketsOfAsync(desk.Guild, ticket.Opener, stop);
        var facts = ticket.Facts(ticket.In(desk)!, desk.Guild, number, others, RandomNumberGenerator.GetHexString(TokenLength, lowercase: true));
        Usher.Desk.Tickets.Ticket? after = null;
        foreach (var fact in facts) after = fact.ApplyTo(after);
        var stored = await store.CommitAsync(new Commit { Guild = desk.Guild, After = after, Facts = facts, By = default, At = TimeProvider.System.GetUtcNow() }, stop);
        if (stored is not CommitResult.Committed) throw new CannotStartException($"Thread {ticket.Home} could not be stored beside what is here. Stop Usher, then start this again: what is done is not done twice.");
    }
}
