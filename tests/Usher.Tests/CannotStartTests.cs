using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Usher.Testing;
using Xunit;

namespace Usher.Tests;

public sealed class CannotStartTests : IDisposable
{
    private const string Good = """
        guild: "100000000000000001"
        departments:
          support: { name: Support, staff: ["100000000000000004"], home: { channel: none } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_to_be_mended_is_told_at_once_with_file_and_line()
    {
        _folder.Write("usher.yml", """
            guild: nine
            departments:
              support: { name: Support, home: { thread: none }, coulour: red }
            """);
        _folder.Write(".env", "DATABASE_URL=mysql://db\nnonsense here\nUSHER_LOG_LEVEL=wraning\n");

        var (code, output, errors) = await ServeAsync([]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        string[] expected =
        [
            "usher.yml:1  guild:", "usher.yml:3  departments.support.home.thread:", "usher.yml:3  departments.support.coulour:", "Did you mean colour?",
            "DISCORD_TOKEN is not set", "DATABASE_URL is not a database", ".env:2 ", "USHER_LOG_LEVEL: «wraning» is no level. Did you mean warning?",
        ];
        foreach (var words in expected) Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_told_with_how_to_get_one()
    {
        var (code, _, errors) = await ServeAsync(new() { ["DISCORD_TOKEN"] = "token" }, "--config", "desk.yml");

        Assert.Equal(2, code);
        Assert.Contains("There is no desk.yml. Write one to start from with «usher init»", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_URL", "postgres://", "DATABASE_URL: The address names no host. Write postgres://user:password@host/database")]
    [InlineData("DATABASE_URL", "postgres://desk:hush-hush@db:port/usher", "DATABASE_URL: This is not the address of a PostgreSQL database.")]
    [InlineData("DATABASE_URL", "postgres://desk:hush-hush@db/usher?ssl=yes", "DATABASE_URL: The option ssl of the address is not known")]
    [InlineData("DISCORD_API_URL", "discord", "DISCORD_API_URL is «discord», which is not a web address")]
    [InlineData("USHER_URL", "desk.example.org", "USHER_URL is «desk.example.org»")]
    [InlineData("S3_BUCKET", "files", "S3_ENDPOINT is not set. Attachments go to a bucket when")]
    [InlineData("S3_SECRET_KEY", "hush-hush", "S3_ACCESS_KEY is not set")]
    [InlineData("S3_ENDPOINT", "minio:9000", "S3_ENDPOINT is «minio:9000», which is not a web address")]
    [InlineData("S3_BUCKET", "https://s3/files", "S3_BUCKET is «https://s3/files», which is no bucket's name")]
    [InlineData("S3_PREFIX", "usher", "S3_PREFIX is set, and no bucket is")]
    [InlineData("USHER_ROLES", "gateway", "this version runs as one process")]
    [InlineData("USHER_LOG", "xml", "Write text or json")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is «collector»")]
    [InlineData("DISCORD_TOKEN", "Bot abc", "without «Bot»")]
    public async Task A_variable_that_makes_no_sense_is_told(string name, string value, string words)
    {
        _folder.Write("usher.yml", Good);

        var (code, _, errors) = await ServeAsync(new() { ["DISCORD_TOKEN"] = "token", [name] = value });

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush-hush", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line()
    {
        _folder.Write("usher.yml", Good);
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, output, errors) = await ServeAsync(new() { ["DISCORD_TOKEN"] = "token", ["USHER_URL"] = "https://desk.example.org" }, "--port", port);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Equal($"Port {port} is in use: another program, perhaps another Usher, listens there. Stop it, or choose another with --port.", errors.Trim());
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_one_clear_line()
    {
        _folder.Write("usher.yml", Good);
        _folder.Write("usher.db", "This is a letter and no database, and it is long enough for everybody to see that at the first look at it, is it not?");

        var (code, output, errors) = await ServeAsync(
            new() { ["DISCORD_TOKEN"] = "token", ["USHER_URL"] = "https://desk.example.org", ["DATABASE_URL"] = "sqlite:usher.db" }, "--port", "0");

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.StartsWith("The database cannot be used.", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("settings", "export")]
    [InlineData("demo", "--port", "0")]
    public async Task A_database_server_that_is_not_there_is_one_clear_line_without_its_password(params string[] verb)
    {
        _folder.Write("usher.yml", Good);

        var (code, output, errors) = await UsherProcess.RunAsync(
            _folder.Path,
            new Dictionary<string, string> { ["DISCORD_TOKEN"] = "token", ["USHER_URL"] = "https://desk.example.org", ["DATABASE_URL"] = "postgres://desk:hush-hush@127.0.0.1:1/usher" },
            [.. verb, .. verb[0] == "serve" ? ["--port", "0"] : Array.Empty<string>()]);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Equal("The database cannot be used. The database server at 127.0.0.1:1 cannot be reached: the connection is refused. Work goes on by itself when it is back.", errors.Trim());
    }

    private Task<(int ExitCode, string Output, string Errors)> ServeAsync(Dictionary<string, string> environment, params string[] arguments) =>
        UsherProcess.RunAsync(_folder.Path, environment, ["serve", .. arguments]);
}
