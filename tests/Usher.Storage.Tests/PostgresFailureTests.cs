using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Usher.Desk.Features;
using Usher.Desk.Values;
using Usher.Sandbox.Database;
using Usher.Storage.Postgres;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What goes wrong with a server, and what is said of it.</summary>
[Trait("Database", "Postgres")]
[Trait("Speed", "Slow")]
public sealed class PostgresFailureTests : IAsyncLifetime
{
    private static readonly GuildId Guild = new(900_000_000_000_000_001);
    private PostgresRoom? _room;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgresRoom Room => _room!;

    private StoreOptions Options => OptionsAt(Room.Url);

    public async ValueTask InitializeAsync() => _room = await PostgresServer.RoomAsync(Token);

    public ValueTask DisposeAsync() => Room.DisposeAsync();

    [Fact]
    public async Task A_server_that_is_not_there_is_one_sentence_without_the_password()
    {
        var exception = await FailsAsync(StoreFailure.Unreachable, "postgres://desk:hush-hush@127.0.0.1:1/desk");

        Assert.True(exception.Passes);
        Assert.Contains("127.0.0.1:1 cannot be reached: the connection is refused", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_with_how_to_make_it()
    {
        var exception = await FailsAsync(StoreFailure.Other, Room.Url.Replace("@/desk?", "@/lost?", StringComparison.Ordinal));

        Assert.Contains("has no database «lost». Make it: createdb --owner desk lost", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keyed:wrong@", "refuses the user «keyed» or the password")]
    [InlineData("keyed@", "wants a password for the user «keyed»")]
    public async Task A_password_that_is_not_the_right_one_is_said_and_not_repeated(string user, string words)
    {
        var super = Room.Url.Replace("//desk@", "//usher@", StringComparison.Ordinal);
        await PostgresServer.RunAsync(
            super,
            """
            do $$ begin
              if not exists (select 1 from pg_roles where rolname = 'keyed') then create role keyed login password 'right'; end if;
              execute format('copy (select unnest(array[%L, %L])) to %L', 'local all keyed scram-sha-256', 'local all all trust', current_setting('hba_file'));
            end $$
            """,
            Token);
        var before = await PostgresServer.RunAsync(super, "select pg_conf_load_time()", Token);
        await PostgresServer.RunAsync(super, "select pg_reload_conf()", Token);
        while (before!.Equals(await PostgresServer.RunAsync(super, "select pg_conf_load_time()", Token))) Token.ThrowIfCancellationRequested();

        var exception = await FailsAsync(StoreFailure.Other, Room.Url.Replace("desk@", user, StringComparison.Ordinal));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_make_no_tables_is_said()
    {
        var url = Room.Url.Replace("@/desk?", "@/postgres?", StringComparison.Ordinal);

        var exception = await FailsAsync(StoreFailure.ReadOnly, url[..url.IndexOf("&schema", StringComparison.Ordinal)]);

        Assert.Contains("Make it the owner: alter database postgres owner to desk", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_database_is_refused_by_one_line_and_left_alone()
    {
        await using (await OpenAsync(Options)) { }
        await Room.RunAsync("insert into schema_versions (version, name, applied_at) values (999, 'later', 0)", Token);

        var exception = await FailsAsync(StoreFailure.Newer, Room.Url);
        Assert.Contains("999", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_migrate_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(Options)));
        foreach (var store in stores) await store.DisposeAsync();

        Assert.Equal(1L, await Room.RunAsync("select count(*) from schema_versions where version = 1", Token));
    }

    [Fact]
    public async Task A_lock_held_by_another_program_is_said_and_passes()
    {
        await using var store = await OpenAsync(Options);
        await using (var other = await Room.ConnectAsync(Token))
        {
            await RunAsync(other, "begin; lock table ticket_numbers in exclusive mode");
            var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.NextNumberAsync(Guild, Token));
            Assert.Equal((StoreFailure.Locked, true), (exception.Reason, exception.Passes));
        }

        Assert.Equal(1, await store.NextNumberAsync(Guild, Token));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_given_up_and_its_neighbours_go_on()
    {
        await using var store = await OpenAsync(Options with { StatementTimeout = TimeSpan.FromMilliseconds(50) });

        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => WorkAsync(store, db => db.FindAsync($"select 1 from pg_sleep(10)", _ => true)));
        Assert.Equal(StoreFailure.Locked, exception.Reason);
        Assert.Equal(1, await store.NextNumberAsync(Guild, Token));
    }

    [Fact]
    public async Task Connections_that_were_cut_are_made_anew_without_anybody_noticing()
    {
        var url = await AloneAsync();
        await using var store = await OpenAsync(OptionsAt(PostgresServer.AsDesk(url)));
        await store.SaveSessionAsync(0, "{}", Token);
        Assert.Equal("{}", await store.LoadSessionAsync(0, Token));
        await CutAsync(url);

        Assert.Equal("{}", await store.LoadSessionAsync(0, Token));
        Assert.Equal(1, await store.NextNumberAsync(Guild, Token));
        Assert.True(await store.PingAsync(Token));
    }

    [Fact]
    public async Task Work_whose_connection_is_cut_in_the_middle_is_begun_anew_and_done_once()
    {
        var url = await AloneAsync();
        await using var store = await OpenAsync(OptionsAt(PostgresServer.AsDesk(url)));
        var tries = 0;

        var number = await WorkAsync(store, async db =>
        {
            var last = await db.FindAsync($"insert into ticket_numbers (guild_id, last_number) values ({Guild}, 1) on conflict (guild_id) do update set last_number = ticket_numbers.last_number + 1 returning last_number", row => row.GetInt64(0));
            if (tries++ == 0) await CutAsync(url);
            return last;
        });

        Assert.Equal((1L, 2), (number, tries));
        Assert.Equal(2, await store.NextNumberAsync(Guild, Token));
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task Two_programs_in_each_others_way_is_a_reason_to_begin_anew(string state)
    {
        await using var store = await OpenAsync(Options);
        var tries = 0;

        var number = await WorkAsync(store, async db =>
        {
            if (tries++ == 0) await db.RunScriptAsync($"do $$ begin raise exception using errcode = '{state}'; end $$");
            return await db.FindAsync($"select cast(7 as bigint)", row => row.GetInt64(0));
        });

        Assert.Equal((7L, 2), (number, tries));
    }

    [Fact]
    public async Task A_connection_that_is_lost_at_the_commit_leaves_no_doubt_whether_it_was_one()
    {
        await using var store = await OpenAsync(Options);
        await Room.RunAsync(
            """
            create sequence commits;
            create function cut() returns trigger language plpgsql as $$ begin
              if nextval('commits') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
              return null;
            end $$;
            create constraint trigger cut after insert on ticket_numbers deferrable initially deferred for each row execute function cut()
            """,
            Token);

        Assert.Equal(1, await store.NextNumberAsync(Guild, Token));
        Assert.Equal(2L, await Room.RunAsync("select last_value from commits", Token));
    }

    [Theory]
    [InlineData("commit", true)]
    [InlineData("rollback", false)]
    public async Task The_server_tells_afterwards_what_became_of_a_transaction(string end, bool committed)
    {
        await using var dialect = PostgresDialect.TryOf(Options)!;
        await using var connection = await Room.ConnectAsync(Token);
        await RunAsync(connection, "begin");
        await using var command = new NpgsqlCommand("select pg_current_xact_id()::text", connection);
        var id = (string)(await command.ExecuteScalarAsync(Token))!;
        await RunAsync(connection, end);

        Assert.Equal(committed, await dialect.WasCommittedAsync(id, new IOException()));
    }

    [Fact]
    public async Task A_server_that_went_away_fails_plainly()
    {
        var server = ThrowAwayPostgres.Begin();
        await server.AnswersAsync(Token);
        await using var store = await OpenAsync(OptionsAt(server.Url("postgres")));
        await store.SaveSessionAsync(0, "{}", Token);
        await server.DisposeAsync();

        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.SaveSessionAsync(0, "{}", Token))).Reason);
        Assert.Equal(StoreFailure.Unreachable, (await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadSessionAsync(0, Token))).Reason);
        Assert.False(await store.PingAsync(Token));
    }

    private static StoreOptions OptionsAt(string url) => new(url, All.Rules, TimeProvider.System) { LockTimeout = TimeSpan.FromMilliseconds(200) };

    private static Task<DeskStore> OpenAsync(StoreOptions options) => DeskStore.OpenAsync(options, NullLoggerFactory.Instance, Token);

    private static async Task<StoreUnavailableException> FailsAsync(StoreFailure reason, string url)
    {
        var exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(OptionsAt(url)));
        Assert.Equal(reason, exception.Reason);
        Assert.DoesNotContain("hush-hush", exception.ToString(), StringComparison.Ordinal);
        return exception;
    }

    private static Task<T> WorkAsync<T>(DeskStore store, Func<StoreConnection, Task<T>> work) => store.Writer.WriteAsync(work, _ => true, Token);

    // Whose connections can be cut without others feeling it.
    private static Task<string> AloneAsync() =>
        PostgresServer.DatabaseAsync("do $$ begin execute format('alter database %I owner to desk', current_database()); end $$", Token);

    private static Task CutAsync(string url) => PostgresServer.RunAsync(
        url, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", Token);

    [SuppressMessage("Security", "CA2100", Justification = "A test's own constant.")]
    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
