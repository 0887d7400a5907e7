using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Testing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>Whoever gives Usher a superuser's address has its walls all the same: it lays down what it has too much.</summary>
[Trait("Database", "Postgres")]
[Trait("Speed", "Slow")]
public sealed class WalledRoleTests
{
    private const string Owners = "select string_agg(distinct relowner::regrole::text, ', ') from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S', 'i')";
    private const string OwnersOfFunctions = "select string_agg(distinct proowner::regrole::text, ', ') from pg_proc where pronamespace = 'public'::regnamespace";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_superusers_connections_are_held_by_the_walls()
    {
        var url = await PostgresServer.DatabaseAsync("", Token);
        await using (var store = await OpenAsync(url))
            await store.Writer.WriteAsync(db => db.ExecuteAsync($"insert into inbox (key, payload, received_at) values ('event', '', 0)"), _ => true, Token);
        await using var dialect = Dialect.Of(new StoreOptions(url, All.Rules, TimeProvider.System));
        await using var writer = await dialect.OpenAsync(Purpose.Writing, Token);
        await dialect.PrepareAsync(writer, Token);
        await using var reader = await dialect.OpenAsync(Purpose.Reading, Token);

        foreach (var connection in new[] { writer, reader }) Assert.Equal((false, 1L, 0L), await CountAsync(connection));
        Assert.Equal(("usher_desk", "usher_desk"), (await PostgresServer.RunAsync(url, Owners, Token), await PostgresServer.RunAsync(url, OwnersOfFunctions, Token)));

        static async Task<(bool, long, long)> CountAsync(StoreConnection db) => (
            await db.FindAsync($"select rolsuper or rolbypassrls from pg_roles where rolname = current_user", row => row.GetBoolean(0)),
            await db.FindAsync($"select count(*) from inbox", row => row.GetInt64(0)),
            await db.FindAsync($"select count(*) from inbox, set_config('usher.scope', '', false)", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task What_an_earlier_version_made_as_a_superuser_becomes_the_roles()
    {
        var url = await PostgresServer.DatabaseAsync("", Token);
        await using (await OpenAsync(url)) await PostgresServer.RunAsync(url, "reassign owned by usher_desk to current_user; grant all on audit to current_user", Token);
        Assert.NotEqual("usher_desk", await PostgresServer.RunAsync(url, Owners, Token));

        await using (await OpenAsync(url))
        {
            Assert.Equal(("usher_desk", "usher_desk"), (await PostgresServer.RunAsync(url, Owners, Token), await PostgresServer.RunAsync(url, OwnersOfFunctions, Token)));
            Assert.Equal(false, await PostgresServer.RunAsync(url, "select has_table_privilege('usher_desk', 'audit', 'update, delete, truncate')", Token));
        }
    }

    [Fact]
    public async Task An_ordinary_owner_stays_the_owner()
    {
        await using var room = await PostgresServer.RoomAsync(Token);
        await using (await OpenAsync(room.Url)) Assert.Equal("desk", await room.RunAsync("select current_user::text", Token));

        await using (await OpenAsync(room.Url.Replace("//desk@", "//usher@", StringComparison.Ordinal)))
        {
            Assert.Equal("desk", await room.RunAsync("select tableowner::text from pg_tables where tablename = 'tickets' and schemaname = current_schema()", Token));
        }
        await using (await OpenAsync(room.Url))
        {
            // The ordinary role goes on as if nobody had been there.
        }
    }

    [Fact]
    public async Task Names_of_superusers_may_need_quotes()
    {
        var url = await PostgresServer.DatabaseAsync("""create role "The Boss" superuser login""", Token);
        await using (await OpenAsync(url.Replace("//usher@", "//The%20Boss@", StringComparison.Ordinal))) Assert.Equal("usher_desk", await PostgresServer.RunAsync(url, Owners, Token));
    }

    [Fact]
    public async Task A_schema_of_its_own_is_made_for_it()
    {
        var url = await PostgresServer.DatabaseAsync("", Token) + "&schema=helpdesk";
        await using (await OpenAsync(url)) Assert.Equal("usher_desk", await PostgresServer.RunAsync(url, "select tableowner::text from pg_tables where schemaname = 'helpdesk' and tablename = 'tickets'", Token));
        await using (await OpenAsync(url)) Assert.Equal(0L, await PostgresServer.RunAsync(url, "select count(*) from helpdesk.tickets", Token));
    }

    [Fact]
    public async Task What_another_program_has_beside_its_tables_stays_as_it_is()
    {
        var url = await PostgresServer.DatabaseAsync("create table orders (guild_id bigint); insert into orders values (1)", Token);
        await using var store = await OpenAsync(url);

        Assert.Equal(false, await PostgresServer.RunAsync(url, "select relrowsecurity or relowner = 'usher_desk'::regrole from pg_class where relname = 'orders'", Token));
    }

    [Fact]
    public async Task Several_that_start_at_once_make_one_role()
    {
        var urls = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostgresServer.DatabaseAsync("", Token)));
        foreach (var store in await Task.WhenAll(urls.Concat(urls).Select(OpenAsync))) await store.DisposeAsync();
    }

    private static Task<DeskStore> OpenAsync(string url) => DeskStore.OpenAsync(new StoreOptions(url, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, Token);
}
