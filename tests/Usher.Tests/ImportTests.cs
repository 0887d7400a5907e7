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

        const string Told = """
            bug_report: 1 ticket (0 open), 0 messages, 0 notes, from 2026-01-03 to 2026-01-03
            support: 2 tickets (2 open), 0 messages, 0 notes, from 2026-01-01 to 2026-01-02
            3 tickets would be taken over, 0 brought up to date; 0 are here already. Nothing was changed: --apply does it.

            """;
        Assert.Equal((0, Told, ""), await ImportAsync(url));
        var (code, output, errors) = await ImportAsync(url, "--apply");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("\n3 tickets taken over, 0 brought up to date; 0 were here already.", output, StringComparison.Ordinal);
        Assert.StartsWith("0 tickets taken over, 0 brought up to date; 3 were here already.", (await ImportAsync(url, "--apply")).Output, StringComparison.Ordinal);
        Assert.Equal(3L, await PostgresServer.RunAsync(url, "select count(*) from tickets", _cancelled));
    }

    [Fact]
    public async Task What_belongs_nowhere_is_named_and_then_nothing_is_taken_over()
    {
        var url = await PostgresServer.DatabaseAsync(Table + Rows + "insert into tickets values (2004, 13, 'partnership'), (2005, -1, 'support');", _cancelled);

        var (code, output, errors) = await ImportAsync(url, "--apply");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("tickets 4, department: there is no department «partnership» in the settings.", errors, StringComparison.Ordinal);
        Assert.Contains("tickets 5, user_id: «-1» is no id of Discord.", errors, StringComparison.Ordinal);
        Assert.Contains("2 faults above; nothing was changed.", errors, StringComparison.Ordinal);
        Assert.Equal((2, ""), await ImportAsync(url, "--department", "partnership=nothing") is var other ? (other.Code, other.Output) : default);
        Assert.Contains("\n4 tickets would be taken over", (await ImportAsync(url, "--department", "partnership=support", "--without-faulty")).Output, StringComparison.Ordinal);
        await PostgresServer.RunAsync(url, "delete from tickets where thread_id > 2003", _cancelled);
        Assert.Contains("\n3 tickets would be taken over, 0 brought up to date; 0 are here already.", (await ImportAsync(url)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://a@b/c", "mysql addresses cannot be read. Give postgres://")]
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
        Assert.Contains("There is no table «tickets» there.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_systems_are_read_from_files_and_a_time_zone_that_is_none_is_told()
    {
        _folder.Write("config.json", """{"tickets": {"1367400000000000001": {"user_id": 11, "status": "closed", "country": "Canada", "created_at": "2025-05-01 08:00"}}}""");

        Assert.Equal(2, (await RunAsync("storefront", "--from", "config.json", "--zone", "Atlantis")).Code);
        var (code, output, errors) = await RunAsync("storefront", "--from", "config.json", "--department", "*=support", "--zone", "America/Sao_Paulo", "--apply");

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("support: 1 ticket (0 open), 0 messages, 0 notes, from 2025-05-01 to 2025-05-01\n1 ticket taken over", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, _cancelled);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), ["import", .. arguments]);
    }

    private async Task<(int Code, string Output, string Errors)> ImportAsync(string url, params string[] further)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, _cancelled);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string> { ["OLD_DB_URL"] = url }, ["import", "moddy", "--from", "OLD_DB_URL", .. further]);
    }
}
