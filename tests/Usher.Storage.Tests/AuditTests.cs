using System.Data.Common;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>The audit log: written with what it tells of, whole, and changed by nobody.</summary>
public sealed class AuditTests : StoreTest
{
    private static readonly AuditSignature ByBob = new(Noon, Bob, null);

    [Fact]
    public async Task What_was_done_stands_in_order_with_who_and_what_and_another_guild_has_its_own()
    {
        await WriteThreeAsync();
        await Store.RecordAsync(new GuildId(5), ByBob, new Deed("elsewhere"), Token);
        await ReopenAsync();

        var entries = await Store.AuditAsync(Guild, new AuditQuery(), Token);
        Assert.Equal([3L, 2L, 1L], entries.Select(entry => entry.Id));
        Assert.Equal(new Deed("ticket_transferred", 7, 3, Alice, "billing"), entries[1].Deed);
        Assert.Equal((Bob, null, Noon), (entries[1].By, entries[1].Program, entries[1].At));
        Assert.Equal("command line (root)", entries[0].Program);
        Assert.Equal([2L], (await Store.AuditAsync(Guild, new AuditQuery { Ticket = 7 }, Token)).Select(entry => entry.Id));
        Assert.Equal([1L], (await Store.AuditAsync(Guild, new AuditQuery { OlderThan = 2 }, Token)).Select(entry => entry.Id));
        Assert.Equal([2L, 1L], (await Store.AuditAsync(Guild, new AuditQuery { By = Bob }, Token)).Select(entry => entry.Id));
        Assert.Equal([2L], (await Store.AuditAsync(Guild, new AuditQuery { Concerning = Alice, Action = "ticket_transferred", From = Noon, Before = Noon.AddSeconds(1) }, Token)).Select(entry => entry.Id));
        Assert.Equal((true, 3L), await VerdictAsync());
        Assert.Equal("elsewhere", Assert.Single(await Store.AuditAsync(new GuildId(5), new AuditQuery(), Token)).Deed.Action);
    }

    [Fact]
    public async Task It_is_written_with_the_decision_or_not_at_all()
    {
        var ticket = await OpenTicketAsync();
        var closing = Facts(ticket, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", "hush")) with { By = Bob, Deeds = [new Deed("ticket_closed", 1, 2)] };
        await CommitAsync(closing);
        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(closing, Token));

        var entry = Assert.Single(await Store.AuditAsync(Guild, new AuditQuery(), Token));
        Assert.Equal(new Deed("ticket_closed", 1, 2), entry.Deed);
    }

    [Fact]
    public async Task Keys_and_settings_are_told_of_by_themselves()
    {
        await Store.AddApiKeyAsync(new ApiKey(Guild, 0, "CRM", ["notes"], 600, Noon), "hash", new ApiKeyEvent(Noon, "root", "created"), Token);
        await Store.RevokeApiKeyAsync(Guild, 1, new ApiKeyEvent(Noon, "root", "revoked"), Token);
        Assert.False(await Store.RevokeApiKeyAsync(Guild, 1, new ApiKeyEvent(Noon, "root", "revoked"), Token));
        await Store.SaveSettingsAsync(Guild, SettingsOverrides.None, "departments.help.staff", Bob, Noon, Token);

        Assert.Equal(["settings_changed", "key_revoked", "key_created"], (await Store.AuditAsync(Guild, new AuditQuery(), Token)).Select(entry => entry.Deed.Action));
        Assert.Equal((true, 3L), await VerdictAsync());
    }

    [Theory]
    [InlineData("update audit set action = 'nothing' where id = 2")]
    [InlineData("update audit set hash = hash")]
    [InlineData("delete from audit where id = 3")]
    [InlineData("delete from audit")]
    [InlineData("insert into audit (guild_id, id, at, by_id, action, hash) values (900000000000000001, 2, 0, 5, 'x', '')")]
    [InlineData("insert into audit (guild_id, id, at, by_id, action, hash) values (900000000000000001, 9, 0, 5, 'x', '')")]
    public async Task Sql_written_by_hand_changes_nothing_of_it(string sql)
    {
        await WriteThreeAsync();

        await Assert.ThrowsAnyAsync<DbException>(() => ByHandAsync(sql));
        Assert.Equal((true, 3L), await VerdictAsync());
    }

    [Fact]
    [Trait("Database", "Sqlite")]
    public async Task On_SQLite_no_row_takes_anothers_place_either()
    {
        await WriteThreeAsync();
        await Assert.ThrowsAnyAsync<DbException>(() => ByHandAsync("insert or replace into audit (guild_id, id, at, by_id, action, hash) values (900000000000000001, 2, 0, 5, 'x', '')"));
        await Assert.ThrowsAnyAsync<DbException>(() => ByHandAsync("update or replace audit set id = 3 where id = 2"));
        Assert.Equal((true, 3L), await VerdictAsync());
    }

    // Whoever owns the database can take the triggers away. Then the hashes tell.
    [Theory]
    [InlineData("update audit set action = 'nothing' where id = 2", 2)]
    [InlineData("update audit set by_id = 5 where id = 1", 1)]
    [InlineData("update audit set detail = null where id = 2", 2)]
    [InlineData("update audit set at = at + 1 where id = 3", 3)]
    [InlineData("delete from audit where id = 2", 2)]
    [InlineData("delete from audit where id = 1", 1)]
    public async Task What_was_changed_behind_the_triggers_is_found(string sql, long entry)
    {
        await WriteThreeAsync();
        await ByHandAsync(WithoutGuards + sql);

        Assert.Equal((false, entry - 1), await VerdictAsync());
    }

    [Fact]
    public async Task What_is_cut_off_at_the_end_is_found_by_what_was_noted()
    {
        await WriteThreeAsync();
        var noted = await Store.VerifyAuditAsync(Guild, Token);
        await ByHandAsync(WithoutGuards + "delete from audit where id = 3");

        Assert.Equal((true, 2L), await VerdictAsync());
        Assert.NotEqual(noted.LastHash, await Store.AuditHashAsync(Guild, noted.Entries, Token));
    }

    [Fact]
    public async Task Two_programs_that_write_at_once_write_one_log()
    {
        await using var other = await OpenAsync(Options with { LockTimeout = TimeSpan.FromSeconds(30) });
        await CloseAsync();
        await using var one = await OpenAsync(Options with { LockTimeout = TimeSpan.FromSeconds(30) });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? one : other).RecordAsync(Guild, ByBob, new Deed($"deed_{i}"), Token)));

        var verdict = await one.VerifyAuditAsync(Guild, Token);
        Assert.Equal((true, 40L), (verdict.IsWhole, verdict.Entries));
    }

    [Fact]
    public async Task A_member_sees_nothing_of_it()
    {
        await WriteThreeAsync();
        Assert.Empty(await Store.InNameOf(Guild, Bob).AuditAsync(Guild, new AuditQuery(), Token));
    }

    private static string WithoutGuards => TestDatabase.IsPostgres
        ? "alter table audit disable trigger user; grant all on audit to current_user; "
        : "drop trigger audit_is_not_changed; drop trigger audit_is_not_deleted; ";

    private async Task WriteThreeAsync()
    {
        await Store.RecordAsync(Guild, ByBob, new Deed("ticket_claimed", 3, 2), Token);
        await Store.RecordAsync(Guild, ByBob, new Deed("ticket_transferred", 7, 3, Alice, "billing"), Token);
        await Store.RecordAsync(Guild, AuditSignature.CommandLine("root", Noon), new Deed("key_created", Detail: "key 1"), Token);
    }

    private async Task<(bool, long)> VerdictAsync()
    {
        var verdict = await Store.VerifyAuditAsync(Guild, Token);
        return (verdict.IsWhole, verdict.BrokenAt - 1 ?? verdict.Entries);
    }

    private async Task ByHandAsync(string sql)
    {
        await using var other = await OtherProgramAsync();
        await using var command = other.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
