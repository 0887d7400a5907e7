using System.CommandLine;
using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Values;
using Usher.Starting;
using Command = System.CommandLine.Command;

namespace Usher.Verbs;

/// <summary><c>usher audit</c>: what staff did, and whether that is as it was written.</summary>
internal static class AuditVerb
{
    private const int Usual = 50;
    private const int Most = 100_000;

    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var guild = new Option<string?>("--guild") { HelpName = "ID", Description = "The guild, where the file has several." };
        var ticket = new Option<long?>("--ticket") { HelpName = "N", Description = "Only what was done in this ticket." };
        var by = new Option<string?>("--by") { HelpName = "USER", Description = "Only what this user did." };
        var action = new Option<string?>("--action") { HelpName = "NAME", Description = "Only this action, such as ticket_closed." };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "How many entries at most, the newest.", DefaultValueFactory = _ => Usual };
        var list = new Command("list", "Lists what staff and programs did, the newest first.") { ticket, by, action, limit, guild, config, data };
        list.SetAction((parsed, stop) => OpenedDesk.WithAsync(
            parsed, config, data, guild,
            opened => ListAsync(opened, new AuditQuery { Ticket = parsed.GetValue(ticket), By = UserIn(parsed.GetValue(by)), Action = parsed.GetValue(action), Limit = LimitIn(parsed.GetValue(limit)) }),
            stop));
        var noted = new Option<string?>("--noted") { HelpName = "N:HASH", Description = "What an earlier run printed: it must still stand there." };
        var verify = new Command("verify", "Goes through the whole audit log and says whether every entry is as it was written.") { noted, guild, config, data };
        verify.SetAction((parsed, stop) => OpenedDesk.WithAsync(parsed, config, data, guild, opened => VerifyAsync(opened, parsed.GetValue(noted)), stop));
        return new Command("audit", "Shows what staff did, and sees whether that is as it was written.") { list, verify };
    }

    private static async Task<int> ListAsync(OpenedDesk opened, AuditQuery query)
    {
        var entries = await opened.Store.AuditAsync(opened.Desk.Guild, query, opened.Stop);
        if (entries.Count == 0) Console.WriteLine("There is nothing of that in the audit log.");
        foreach (var entry in entries) Console.WriteLine(Told(entry));
        return 0;
    }

    private static async Task<int> VerifyAsync(OpenedDesk opened, string? noted)
    {
        var verdict = await opened.Store.VerifyAuditAsync(opened.Desk.Guild, opened.Stop);
        if (verdict.BrokenAt is { } broken)
        {
            Console.Error.WriteLine($"Entry {Number(broken)} of the audit log is not as it was written, or is missing. {Number(verdict.Entries)} entries before it are whole.");
            return CommandLine.CannotRun;
        }
        if (noted is not null && !await StandsAsync(opened, noted))
        {
            Console.Error.WriteLine($"The audit log is whole in itself, but {noted} does not stand in it: it was cut off there, or written anew.");
            return CommandLine.CannotRun;
        }
        Console.WriteLine($"The audit log is as it was written: {Number(verdict.Entries)} entries.");
        if (verdict.Entries > 0) Console.WriteLine($"Note elsewhere what shows that later: --noted {Number(verdict.Entries)}:{verdict.LastHash}");
        return 0;
    }

    private static async Task<bool> StandsAsync(OpenedDesk opened, string noted)
    {
        if (noted.Split(':') is not [var id, { Length: 64 } hash] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new CannotStartException($"--noted takes what an earlier run printed, such as 12:…; «{noted}» is not that.", CommandLine.MustBeMended);
        return await opened.Store.AuditHashAsync(opened.Desk.Guild, number, opened.Stop) == hash;
    }

    private static string Told(AuditEntry entry)
    {
        var deed = entry.Deed;
        var who = entry.Program ?? (entry.By == default ? "Usher" : entry.By.ToString());
        var where = deed.Ticket is { } ticket ? $" in ticket {Number(ticket)}" : "";
        var whom = deed.Concerning is { } user ? $" concerning {user}" : "";
        var detail = deed.Detail is { } more ? $": {more}" : "";
        return $"{Number(entry.Id)} {entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)} {who}: {deed.Action}{where}{whom}{detail}";
    }

    private static UserId? UserIn(string? text) => text is null ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new UserId(id)
        : throw new CannotStartException($"--by takes a user's id; «{text}» is none.", CommandLine.MustBeMended);

    private static int LimitIn(int limit) => limit is > 0 and <= Most ? limit
        : throw new CannotStartException($"--limit takes a number from 1 to {Number(Most)}.", CommandLine.MustBeMended);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
