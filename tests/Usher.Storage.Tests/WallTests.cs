using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Usher.Desk.Features;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>Row-level security, tried by SQL written by hand as the very role that Usher runs as, which owns the tables.</summary>
[Trait("Database", "Postgres")]
[Trait("Speed", "Slow")]
public sealed class WallTests : IAsyncLifetime
{
    private const string Guild = "11";
    private const string Elsewhere = "12";
    private const string Alice = "101";
    private const string Bob = "102";

    // In each guild: Alice's ticket 1 and Bob's ticket 2, each with a note, a message with an earlier version and a file, and a form.
    private const string Content = """
        insert into tickets (guild_id, number, department, opener_id, status, slot, home_gone, transcript_token, opened_at, version, doc)
          select g, t, 'help', 100 + t, 'open', 0, 0, 'token-' || g || '-' || t, 0, 1, '{}' from unnest(array[11, 12]) g, unnest(array[1, 2]) t;
        insert into ticket_notes (guild_id, ticket, doc) select guild_id, number, '["hush"]' from tickets;
        insert into facts (guild_id, ticket, id, at, by_id, name, data) select guild_id, number, 1, 0, 500, 'note_written', '{"text":"hush"}' from tickets;
        insert into messages (guild_id, ticket, id, channel_id, author_id, at, payload) select guild_id, number, 1, 7, opener_id, 0, '{}' from tickets;
        insert into search (guild_id, ticket, kind, item, author_id, place, words) select guild_id, number, kind, 1, opener_id, 0, 'hush' from tickets, unnest(array[0, 1, 2]) kind;
        insert into search_backlog (guild_id, ticket) select guild_id, number from tickets;
        insert into message_versions (guild_id, ticket, message_id, version, payload, at) select guild_id, number, 1, 1, '{}', 0 from tickets;
        insert into attachments (guild_id, ticket, id, message_id, file_name, size, url, state, due_at) select guild_id, number, 1, 1, 'cat.png', 1, '', 'stored', 0 from tickets;
        insert into forms (guild_id, user_id, department, expires_at, doc) select guild_id, opener_id, 'help', 0, '{}' from tickets;
        insert into effects (guild_id, ticket, stream, body, due_at) select guild_id, number, 't', '{}', 0 from tickets;
        insert into timers (guild_id, ticket, name, due_at) select guild_id, number, 'close', 0 from tickets;
        insert into measures (guild_id, ticket, fact_id, kind, department, person_id, at) select guild_id, number, 1, 'opened', 'help', 0, 0 from tickets;
        insert into figures (guild_id, day, kind, department, person_id, times, total, durations) select distinct guild_id, 0, 'opened', 'help', 0, 2, 0, '' from tickets;
        insert into webhooks (guild_id, number, url, events, secret, created_at, created_by) select distinct guild_id, 1, 'https://crm.example/', '*', 'whsec_1', 0, 'Dana' from tickets;
        insert into webhook_deliveries (guild_id, hook, ticket, event_id, type, body, state, created_at, due_at) select guild_id, 1, number, 'e', 'ticket.opened', '{}', 'owed', 0, 0 from tickets;
        insert into ticket_totals (guild_id, department, tickets) select distinct guild_id, 'help', 2 from tickets;
        insert into ticket_numbers (guild_id, last_number) values (11, 2), (12, 2);
        insert into inbox (key, payload, received_at) values ('event', '{}', 0);
        insert into direct_channels (user_id, channel_id) values (101, 1);
        insert into blocked_members (guild_id, user_id, by_id, at) values (11, 102, 500, 0), (12, 102, 500, 0);
        insert into erasures (guild_id, number, user_id, state, asked_by, asked_at) values (11, 1, 101, 'asked', 500, 0), (12, 1, 101, 'asked', 500, 0);
        insert into data_links (guild_id, user_id, asked_by, hash, at) select g, 101, 101, 'hash-' || g, 0 from unnest(array[11, 12]) g;
        insert into imported_tickets (guild_id, source, source_id, ticket, version, at) select guild_id, 'shellia', 'TKT' || number, number, 1, 0 from tickets;
        insert into audit (guild_id, id, at, by_id, action, ticket, concerning, hash) values (11, 1, 0, 500, 'ticket_claimed', 1, 101, ''), (12, 1, 0, 500, 'ticket_claimed', 1, 101, '')
        """;

    private PostgresRoom? _room;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgresRoom Room => _room!;

    public async ValueTask InitializeAsync()
    {
        _room = await PostgresServer.RoomAsync(Token);
        await using var store = await DeskStore.OpenAsync(new StoreOptions(Room.Url, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token);
        await Room.RunAsync("set usher.scope = 'desk'; " + Content, Token);
    }

    public ValueTask DisposeAsync() => Room.DisposeAsync();

    [Fact]
    public async Task The_role_owns_the_tables_and_is_nobody_special()
    {
        Assert.Equal(false, await Room.RunAsync("select rolsuper or rolbypassrls from pg_roles where rolname = current_user", Token));
        Assert.Equal("desk", await Room.RunAsync("select tableowner::text from pg_tables where tablename = 'tickets' and schemaname = current_schema()", Token));
    }

    [Fact]
    public async Task Every_table_has_walls_and_its_owner_too_is_held_by_them()
    {
        const string Open = """
            select string_agg(relname, ', ') from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
              and relname <> 'schema_versions' and not (relrowsecurity and relforcerowsecurity)
            """;
        Assert.Equal(DBNull.Value, await Room.RunAsync(Open, Token));
    }

    [Fact]
    public async Task A_connection_that_says_nothing_sees_nothing()
    {
        foreach (var table in await TablesAsync()) Assert.Equal(0L, await Room.RunAsync($"select count(*) from {table}", Token));
    }

    [Theory]
    [InlineData("select count(*) from tickets", 1)]
    [InlineData("select count(*) from tickets where opener_id <> 101", 0)]
    [InlineData("select count(*) from tickets where transcript_token = 'token-11-2'", 0)]
    [InlineData("select count(*) from tickets where guild_id = 12", 0)]
    [InlineData("select count(*) from messages", 1)]
    [InlineData("select count(*) from messages where ticket = 2 or guild_id = 12", 0)]
    [InlineData("select count(*) from message_versions", 1)]
    [InlineData("select count(*) from message_versions where ticket = 2", 0)]
    [InlineData("select count(*) from search", 2)]
    [InlineData("select count(*) from search where kind = 2", 0)]
    [InlineData("select count(*) from search where ticket = 2 or guild_id = 12", 0)]
    [InlineData("select count(*) from search where words @@ 'hush' and ticket = 2", 0)]
    [InlineData("select count(*) from search_backlog", 0)]
    [InlineData("select count(*) from attachments", 1)]
    [InlineData("select count(*) from attachments where ticket = 2", 0)]
    [InlineData("select count(*) from forms", 1)]
    [InlineData("select count(*) from forms where user_id = 102", 0)]
    [InlineData("select count(*) from facts", 0)]
    [InlineData("select count(*) from facts where name = 'note_written' and ticket = 1", 0)]
    [InlineData("select count(*) from ticket_notes", 0)]
    [InlineData("select count(*) from tickets join ticket_notes on ticket = number", 0)]
    [InlineData("select count(*) from moddy_tickets", 0)]
    [InlineData("select count(*) from effects", 0)]
    [InlineData("select count(*) from timers", 0)]
    [InlineData("select count(*) from measures", 0)]
    [InlineData("select count(*) from figures", 0)]
    [InlineData("select count(*) from webhooks", 0)]
    [InlineData("select count(*) from webhook_deliveries", 0)]
    [InlineData("select count(*) from ticket_totals", 0)]
    [InlineData("select count(*) from inbox", 0)]
    [InlineData("select count(*) from direct_channels", 0)]
    [InlineData("select count(*) from blocked_members", 0)]
    [InlineData("select count(*) from data_links", 0)]
    [InlineData("select count(*) from erasures", 0)]
    [InlineData("select count(*) from imported_tickets", 0)]
    [InlineData("select count(*) from audit", 0)]
    [InlineData("select count(*) from tickets t join messages m on m.ticket = 2 or m.guild_id = 12", 0)]
    [InlineData("with all_of_them as (select * from tickets union all select * from tickets) select count(*) from all_of_them where number = 2", 0)]
    public async Task In_a_members_name_their_own_is_seen_and_nothing_else(string sql, long rows)
    {
        await using var connection = await InNameAsync(Guild, Alice);
        Assert.Equal(rows, await ScalarAsync(connection, sql));
    }

    [Theory]
    [InlineData("set_config('usher.scope', 'desk', true)")]
    [InlineData("set_config('usher.member', '', true)")]
    [InlineData("set_config('usher.member', '', true) || set_config('usher.scope', 'desk', true)")]
    [InlineData("set_config('usher.guild', '', true)")]
    public async Task A_transaction_that_speaks_for_a_member_becomes_nobody_greater_by_saying_so(string says)
    {
        await using var connection = await InNameAsync(Guild, Alice);
        await ScalarAsync(connection, "select " + says);

        Assert.Equal(0L, await ScalarAsync(connection, "select count(*) from tickets where number = 2 or guild_id = 12"));
        Assert.Equal(0L, await ScalarAsync(connection, "select count(*) from facts"));
    }

    [Theory]
    [InlineData("set transaction isolation level read committed")]
    [InlineData("set transaction read write")]
    public async Task Nor_does_it_change_what_kind_of_transaction_it_is(string sql)
    {
        await using var connection = await InNameAsync(Guild, Alice, "read only");

        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, sql));
    }

    [Theory]
    [InlineData("update tickets set department = 'mine' where number = 2")]
    [InlineData("update tickets set opener_id = 101")]
    [InlineData("update messages set payload = '\"mine\"'")]
    [InlineData("update message_versions set payload = ''")]
    [InlineData("update attachments set hash = 'mine'")]
    [InlineData("update facts set data = ''")]
    [InlineData("update ticket_notes set doc = ''")]
    [InlineData("update forms set doc = ''")]
    [InlineData("delete from tickets")]
    [InlineData("delete from messages")]
    [InlineData("delete from search")]
    [InlineData("delete from attachments")]
    [InlineData("delete from facts")]
    [InlineData("delete from forms")]
    [InlineData("delete from effects")]
    public async Task In_a_members_name_no_row_is_changed_or_taken_away(string sql)
    {
        await using var connection = await InNameAsync(Guild, Alice);
        await using var command = Command(connection, sql);

        Assert.Equal(0, await command.ExecuteNonQueryAsync(Token));
    }

    [Theory]
    [InlineData("insert into tickets (guild_id, number, department, opener_id, status, home_gone, transcript_token, opened_at, version, doc) values (11, 3, 'x', 101, 'open', 0, 't', 0, 1, '{}')")]
    [InlineData("insert into messages (guild_id, ticket, id, channel_id, author_id, at, payload) values (11, 2, 9, 7, 101, 0, '{}')")]
    [InlineData("insert into facts (guild_id, ticket, id, at, by_id, name, data) values (11, 2, 9, 0, 101, 'note_written', '{}')")]
    [InlineData("insert into attachments (guild_id, ticket, id, message_id, file_name, size, url, state, due_at) values (11, 2, 9, 1, 'x', 1, '', 'stored', 0)")]
    [InlineData("insert into forms (guild_id, user_id, department, expires_at, doc) values (11, 102, 'x', 0, '{}')")]
    [InlineData("insert into effects (guild_id, ticket, stream, body, due_at) values (11, 1, 't', '{}', 0)")]
    public async Task In_a_members_name_no_row_is_added(string sql)
    {
        await using var connection = await InNameAsync(Guild, Alice);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task A_guild_is_a_wall_for_the_desks_own_work_too()
    {
        await using var connection = await Room.ConnectAsync(Token);
        await ScalarAsync(connection, "begin");
        await ScalarAsync(connection, $"select set_config('usher.guild', '{Guild}', true)");

        Assert.Equal(2L, await ScalarAsync(connection, "select count(*) from tickets"));
        Assert.Equal(0L, await ScalarAsync(connection, $"select count(*) from tickets where guild_id = {Elsewhere}"));
        await ScalarAsync(connection, $"delete from messages where guild_id = {Elsewhere}");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, $"insert into ticket_numbers values ({Elsewhere}0, 1)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await ScalarAsync(connection, "rollback");
        Assert.Equal(4L, await Room.RunAsync("set usher.scope = 'desk'; select count(*) from messages", Token));
    }

    [Fact]
    public async Task A_backup_of_the_role_itself_holds_everything_when_it_says_so()
    {
        await using var connection = await Room.ConnectAsync(Token);
        // How pg_dump reads.
        await ScalarAsync(connection, "set usher.scope = 'desk'");
        await ScalarAsync(connection, "begin isolation level repeatable read read only");

        Assert.Equal(4L, await ScalarAsync(connection, "select count(*) from tickets"));
    }

    [Fact]
    public async Task What_was_said_in_one_transaction_does_not_hold_in_the_next()
    {
        await using var connection = await InNameAsync(Guild, Bob);
        Assert.Equal(1L, await ScalarAsync(connection, "select count(*) from tickets"));
        await ScalarAsync(connection, "commit");

        Assert.Equal(0L, await ScalarAsync(connection, "select count(*) from tickets"));
    }

    [Fact]
    public async Task Walls_are_built_anew_where_they_were_taken_down_or_a_table_was_added()
    {
        await Room.RunAsync("create table later (guild_id bigint not null, word text)", Token);
        await using var store = await DeskStore.OpenAsync(new StoreOptions(Room.Url, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token);

        await Room.RunAsync("set usher.scope = 'desk'; insert into later values (11, 'hush')", Token);
        await using var connection = await InNameAsync(Guild, Alice);
        Assert.Equal(0L, await ScalarAsync(connection, "select count(*) from later"));
    }

    private async Task<NpgsqlConnection> InNameAsync(string guild, string member, string access = "read write")
    {
        var connection = await Room.ConnectAsync(Token);
        await ScalarAsync(connection, $"begin isolation level serializable {access}");
        await ScalarAsync(connection, $"select set_config('usher.guild', '{guild}', true), set_config('usher.member', '{member}', true)");
        return connection;
    }

    private async Task<IReadOnlyList<string>> TablesAsync()
    {
        var names = (string)(await Room.RunAsync("select string_agg(relname, ',') from pg_class where relkind in ('r', 'v') and relnamespace = current_schema()::regnamespace and relname <> 'schema_versions'", Token))!;
        Assert.Contains("tickets", names, StringComparison.Ordinal);
        return names.Split(',');
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = Command(connection, sql);
        return await command.ExecuteScalarAsync(Token) is var value && value is int number ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : value;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Written by hand is the point.")]
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection);
}
