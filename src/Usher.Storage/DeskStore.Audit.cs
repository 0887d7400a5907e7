using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>Who did something, and when, as the audit log signs it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who; zero for the desk itself and the command line.</param>
/// <param name="Program">What acted, where it was no person.</param>
public sealed record AuditSignature(DateTimeOffset At, UserId By, string? Program)
{
    /// <summary>Somebody at the machine.</summary>
    /// <param name="user">The machine's name of them; null when unknown.</param>
    /// <param name="at">When.</param>
    public static AuditSignature CommandLine(string? user, DateTimeOffset at) => new(at, default, user is null ? "command line" : $"command line ({user})");
}

/// <summary>What going through the audit log of a guild found.</summary>
/// <param name="Entries">How many entries are as they were written.</param>
/// <param name="LastHash">The hash of the last of these: noted elsewhere, it shows later that nothing up to it was changed or cut off. Empty when there are none.</param>
/// <param name="BrokenAt">The first entry that is not as it was written, or is missing; null when all are whole.</param>
public sealed record AuditVerdict(long Entries, string LastHash, long? BrokenAt)
{
    /// <summary>Whether every entry is as it was written.</summary>
    public bool IsWhole => BrokenAt is null;
}

// Appended to in the transaction of what it tells of; changed by nobody (the database refuses), and verifiable.
public sealed partial class DeskStore
{
    private const int AuditPage = 2000;

    /// <summary>Entries of the audit log, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> AuditAsync(GuildId guild, AuditQuery query, CancellationToken cancellationToken)
    {
        var sql = Begin($"select id, at, by_id, program, action, ticket, fact, concerning, detail, hash from audit where guild_id = {guild}");
        if (query.Ticket is { } ticket) sql.Add($" and ticket = {ticket}");
        if (query.By is { } by) sql.Add($" and by_id = {by}");
        if (query.Concerning is { } concerning) sql.Add($" and concerning = {concerning}");
        if (query.Action is { } action) sql.Add($" and action = {action}");
        if (query.From is { } from) sql.Add($" and at >= {from}");
        if (query.Before is { } before) sql.Add($" and at < {before}");
        if (query.OlderThan is { } older) sql.Add($" and id < {older}");
        sql.Add($" order by id desc limit {query.Limit}");
        return ListAsync(sql, ReadAudit, cancellationToken);
    }

    /// <summary>Goes through a guild's audit log from its beginning and sees whether every entry is as it was written.</summary>
    public async Task<AuditVerdict> VerifyAuditAsync(GuildId guild, CancellationToken cancellationToken)
    {
        var (last, hash) = (0L, "");
        while (true)
        {
            var after = last;
            var page = await ListAsync(
                $"select id, at, by_id, program, action, ticket, fact, concerning, detail, hash from audit where guild_id = {guild} and id > {after} order by id limit {AuditPage}",
                ReadAudit, cancellationToken);
            foreach (var entry in page)
            {
                var expected = AuditHash(hash, guild, entry.Id, new AuditSignature(entry.At, entry.By, entry.Program), entry.Deed);
                if (entry.Id != last + 1 || entry.Hash != expected) return new AuditVerdict(last, hash, last + 1);
                (last, hash) = (entry.Id, entry.Hash);
            }
            if (page.Count < AuditPage) return new AuditVerdict(last, hash, null);
        }
    }

    /// <summary>The hash of one entry of the audit log; empty when there is none of that number.</summary>
    public async Task<string> AuditHashAsync(GuildId guild, long id, CancellationToken cancellationToken) =>
        await FindAsync($"select hash from audit where guild_id = {guild} and id = {id}", row => row.GetString(0), cancellationToken) ?? "";

    /// <summary>Tells the audit log of something that changes nothing else in the database.</summary>
    public Task RecordAsync(GuildId guild, AuditSignature by, Deed deed, CancellationToken cancellationToken) => WriteAsync(
        async db =>
        {
            await AuditAsync(db, guild, by, [deed]);
            return true;
        },
        cancellationToken);

    private static async Task AuditAsync(StoreConnection db, GuildId guild, AuditSignature by, ValueList<Deed> deeds)
    {
        if (deeds.Count == 0) return;
        // Of two programs that write at once the second waits here, and goes on where the first has ended.
        await db.Dialect.LockAuditAsync(db, guild);
        var (id, hash) = await db.FindAsync($"select id, hash from audit where guild_id = {guild} order by id desc limit 1", row => (row.GetInt64(0), row.GetString(1)));
        foreach (var deed in deeds)
        {
            hash = AuditHash(hash ?? "", guild, ++id, by, deed);
            await db.PutAsync(
                $"""
                insert into audit (guild_id, id, at, by_id, program, action, ticket, fact, concerning, detail, hash)
                values ({guild}, {id}, {by.At}, {by.By}, {by.Program}, {deed.Action}, {deed.Ticket}, {deed.Fact}, {deed.Concerning}, {deed.Detail}, {hash})
                """);
        }
    }

    // Each field with its length before it, so that no two entries are written alike: docs/operating.md says how, for whoever wants to reckon it up without Usher.
    private static string AuditHash(string previous, GuildId guild, long id, AuditSignature by, Deed deed)
    {
        var text = new StringBuilder();
        foreach (var field in (ReadOnlySpan<string?>)
        [
            previous, guild.ToString(), Text(id), Text(by.At.ToUnixTimeMilliseconds()), by.By.ToString(), by.Program, deed.Action,
            Text(deed.Ticket), Text(deed.Fact), deed.Concerning?.ToString(), deed.Detail,
        ])
        {
            if (field is null) text.Append('-');
            else text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(field)}:{field}");
            text.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static AuditEntry ReadAudit(DbDataReader row) => new(
        row.GetInt64(0), row.Instant(1), row.Id<UserId>(2), row.TextOrNull(3),
        new Deed(row.GetString(4), row.NumberOrNull(5), row.NumberOrNull(6), row.IsDBNull(7) ? null : row.Id<UserId>(7), row.TextOrNull(8)), row.GetString(9));
}
