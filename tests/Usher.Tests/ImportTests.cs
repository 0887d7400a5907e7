using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class ImportTests : IDisposable
{
    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
          bug_report: { name: Bug Reports, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
        """;

    // As the system itself makes it.
    private const string Table = """
        create table tickets (
          thread_id bigint primary key, user_id bigint not null, category varchar(50) not null, claimed_by bigint, created_at timestamptz default now(),
          archived boolean default false, archived_at timestamptz, metadata jsonb default '{}'::jsonb);
        """;

    private const string Rows = """
        insert into tickets values
          (2001, 11, 'support', null, '2026-01-01 10:00:00+00', false, null, '{}'),
          (2002, 11, 'support', 99, '2026-01-02 10:00:00+00', false, null, '{"target":"server","guild":{"id":5}}'),
          (2003, 12, 'bug_report', 99, '2026-01-03 10:00:00+00', true, '2026-01-04 10:00:00+00', '{"error_code":"BB1FE07D"}');
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tickets_of_moddys_own_system_are_told_first_taken_over_when_asked_and_never_twice()
    {
        var url = await PostgresServer.DatabaseAsync(Table + Rows, _cancelled);

        Assert.Equal((0, "3 tickets would be taken over; 0 are here already. Nothing was changed: --apply does it.\n", ""), await ImportAsync(url));
        var (code, output, errors) = await ImportAsync(url, "--apply");
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("3 tickets were taken over; 0 were here already.", output, StringComparison.Ordinal);
        Assert.StartsWith("0 tickets were taken over; 3 were here already.", (await ImportAsync(url, "--apply")).Output, StringComparison.Ordinal);
        Assert.Equal(3L, await PostgresServer.RunAsync(url, "select count(*) from tickets", _cancelled));
    }

    [Fact]
    public async Task What_belongs_nowhere_is_named_and_then_nothing_is_taken_over()
    {
        var url = await PostgresServer.DatabaseAsync(Table + Rows + "insert into tickets values (2004, 13, 'partnership'), (2005, -1, 'support');", _cancelled);

        var (code, output, errors) = await ImportAsync(url, "--apply");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("thread 2004: there is no department «partnership» in the settings", errors, StringComparison.Ordinal);
        Assert.Contains("thread 2005: its ids", errors, StringComparison.Ordinal);
        Assert.Contains("2 of 5 tickets cannot be taken over; nothing was changed.", errors, StringComparison.Ordinal);
        await PostgresServer.RunAsync(url, "delete from tickets where thread_id > 2003", _cancelled);
        Assert.StartsWith("3 tickets would be taken over; 0 are here already.", (await ImportAsync(url)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://a@b/c", "This is not the address of a PostgreSQL database.")]
    [InlineData("postgres://somebody:hidden@127.0.0.1:1/moddy", "The database does not answer.")]
    public async Task A_database_that_cannot_be_read_is_one_line_without_its_address(string url, string why)
    {
        var (code, _, errors) = await ImportAsync(url);

        Assert.Equal(2, code);
        Assert.Contains(why, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_table_says_so()
    {
        var (code, _, errors) = await ImportAsync(await PostgresServer.DatabaseAsync("", _cancelled));

        Assert.Equal(2, code);
        Assert.Contains("relation \"tickets\" does not exist", errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> ImportAsync(string url, params string[] further)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, _cancelled);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string> { ["OLD_DB_URL"] = url }, ["import", "moddy", "--from", "OLD_DB_URL", .. further]);
    }
}
