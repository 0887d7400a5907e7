using System.CommandLine;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Engine.Guilds;
using Usher.Starting;
using Usher.Storage;
using Usher.Web.Exports;
using Usher.Web.Transcripts;

namespace Usher.Verbs;

/// <summary><c>usher export</c>: gives tickets away with all that was said in them, notes included. It reads, also beside a running desk.</summary>
internal static class ExportVerb
{
    internal static Command Command()
    {
        var format = new Option<string>("--format") { HelpName = "FORMAT", Description = "json (everything), csv (a table for spreadsheets) or html (a page; of several tickets a ZIP of pages).", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong([.. ExportFormats.Names]);
        var to = new Option<FileInfo?>("--out") { HelpName = "FILE", Description = "Where to; standard output when not said." };
        var ticket = new Option<long?>("--ticket") { HelpName = "N", Description = "One ticket, by its number; all when not said." };
        var department = new Option<string?>("--department") { HelpName = "KEY", Description = "Only tickets of that department." };
        var from = new Option<string?>("--from") { HelpName = "TIME", Description = "Only tickets opened then or later, such as 2026-01-20 or 2026-01-20T10:30:00Z." };
        var before = new Option<string?>("--before") { HelpName = "TIME", Description = "Only tickets opened before that." };
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var (config, data) = (VerbOptions.Config(), VerbOptions.ServedData());
        var verb = new Command("export", "Gives tickets away as JSON, CSV or HTML, with all that was said in them and staff's notes.") { format, to, ticket, department, from, before, guild, config, data };
        verb.SetAction((parsed, stop) => ExportAsync(
            new Wish(
                ExportFormats.Named(parsed.GetRequiredValue(format))!.Value, parsed.GetValue(to), parsed.GetValue(ticket), parsed.GetValue(department),
                MomentOf(parsed.GetValue(from), "--from"), MomentOf(parsed.GetValue(before), "--before"), parsed.GetValue(guild)),
            parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), stop));
        return verb;
    }

    private static async Task<int> ExportAsync(Wish wish, FileInfo config, DirectoryInfo data, CancellationToken stop)
    {
        var faults = new List<string>();
        var folder = EnvironmentFile.FolderFor(config);
        var environment = EnvironmentFile.Read(folder, faults);
        var variables = new Variables(environment, faults);
        var (database, address) = (variables.DatabaseUrl(data), variables.PublicAddress() ?? "");
        var reading = new SettingsSource(config, folder).Read(environment, faults);
        if (faults.Count > 0 || reading is null) throw CannotStartException.Faulty(faults);
        var desks = wish.Guild is null ? reading.Desks : [.. reading.Desks.Where(desk => desk.Guild.ToString() == wish.Guild)];
        if (desks is not [var one])
            throw new CannotStartException($"Say with --guild which guild is meant: {string.Join(", ", reading.Desks.Select(desk => desk.Guild))}.", CommandLine.MustBeMended);
        try
        {
            await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, stop);
            await WriteAsync(wish, one, store, address, stop);
            return 0;
        }
        catch (StoreUnavailableException unavailable)
        {
            throw new CannotStartException($"The database cannot be used. {unavailable.Message}", inner: unavailable);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"The export cannot be written: {failure.Message}", inner: failure);
        }
    }

    private static async Task WriteAsync(Wish wish, DeskSettings desk, DeskStore store, string address, CancellationToken stop)
    {
        Ticket? ticket = null;
        if (wish.Ticket is { } number && (ticket = await store.FindTicketAsync(new TicketKey(desk.Guild, number), stop)) is null)
            throw new CannotStartException($"There is no ticket {number.ToString(CultureInfo.InvariantCulture)}.", CommandLine.MustBeMended);
        var guilds = new GuildDirectory();
        guilds.Use([desk]);
        // Names that only Discord knows are shown as ids, and pictures are linked: the bytes belong to the desk that serves.
        var export = new ArchiveExport(store, new TranscriptSource(guilds, store, null, address, standalone: true), address, _ => true);
        await using var stream = wish.To is { } file ? new FileStream(file.FullName, FileMode.Create, FileAccess.Write) : Console.OpenStandardOutput();
        var output = PipeWriter.Create(stream);
        if (ticket is not null) await export.WriteAsync(wish.Format, ticket, output, stop);
        else await export.WriteAsync(wish.Format, new TicketQuery(desk.Guild) { Department = wish.Department, OpenedFrom = wish.From, OpenedBefore = wish.Before }, TimeProvider.System.GetUtcNow(), output, stop);
        await output.CompleteAsync();
    }

    private static DateTimeOffset? MomentOf(string? written, string option) => written switch
    {
        null => null,
        _ when DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => moment,
        _ => throw new CannotStartException($"{option} is «{written}», which is no time. Write it like 2026-01-20 or 2026-01-20T10:30:00Z.", CommandLine.MustBeMended),
    };

    private sealed record Wish(ExportFormat Format, FileInfo? To, long? Ticket, string? Department, DateTimeOffset? From, DateTimeOffset? Before, string? Guild);
}
