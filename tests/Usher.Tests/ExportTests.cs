using System.Text.Json;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

/// <summary><c>usher export</c>, as a process.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Settings = """
        guild: "1100000000000000001"
        departments:
          support: { name: Support, staff: ["1100000000000000004"], home: { thread: "1100000000000000005" } }
        """;

    private const string Old = """
        create table tickets (
          thread_id bigint primary key, user_id bigint not null, category varchar(50) not null, claimed_by bigint, created_at timestamptz default now(),
          archived boolean default false, archived_at timestamptz, metadata jsonb default '{}'::jsonb);
        insert into tickets values
          (2001, 11, 'support', null, '2026-01-01 10:00:00+00', true, '2026-01-02 10:00:00+00', '{}'),
          (2002, 12, 'support', null, '2026-02-01 10:00:00+00', true, '2026-02-02 10:00:00+00', '{}');
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tickets_go_to_standard_output_or_into_a_file()
    {
        var url = await PostgresServer.DatabaseAsync(Old, _cancelled);
        Assert.Equal(0, (await RunAsync(url, "import", "moddy", "--from", "OLD_DB_URL", "--apply")).Code);

        var (code, output, errors) = await RunAsync(url, "export", "--from", "2026-01-15");
        Assert.Equal((0, ""), (code, errors));
        var ticket = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("tickets").EnumerateArray());
        Assert.Equal("12", ticket.GetProperty("opener").GetProperty("id").GetString());

        Assert.Equal((0, "", ""), await RunAsync(url, "export", "--format", "csv", "--out", "all.csv"));
        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "all.csv"), _cancelled)).Length);
        Assert.Contains("<!DOCTYPE html>", (await RunAsync(url, "export", "--format", "html", "--ticket", "1")).Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("There is no ticket 5.", "--ticket", "5")]
    [InlineData("--from is «yesterday»", "--from", "yesterday")]
    [InlineData("pdf", "--format", "pdf")]
    public async Task What_cannot_be_given_away_is_told_in_a_line(string told, params string[] options)
    {
        var (code, output, errors) = await RunAsync("", ["export", .. options]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string url, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "usher.yml"), Settings, _cancelled);
        return await UsherProcess.RunAsync(_folder.Path, new Dictionary<string, string> { ["OLD_DB_URL"] = url }, arguments);
    }
}
