using Usher.Desk.Settings;
using Usher.Engine.Lookups;
using Usher.Engine.Settings;
using Usher.Storage.Postgres;
using Xunit;

namespace Usher.Engine.Tests.Settings;

/// <summary>What people write below <c>sources</c> and <c>staff_from</c>, and how they are told what is wrong with it.</summary>
public sealed class SourceSettingsTests
{
    private const string Good = """
        guild: "100000000000000001"
        sources:
          errors:
            sql: ${OTHER_URL}
            query: select * from errors where code = {answer};
            show: { command: Command, at: { label: When, as: time } }
          cases:
            sql: ${OTHER_URL}
            query: select * from cases where member = {opener}
            option: { value: id, label: "{id}: {kind}" }
        staff_from:
          sql: ${OTHER_URL}
          query: select roles from staff where id = {member}
          column: roles
          roles: { Manager: "100000000000000004", Supervisor_*: "100000000000000005" }
        departments:
          support:
            name: Support
            staff: ["100000000000000004"]
            home: { thread: "100000000000000006" }
            form:
              questions:
                code: { ask: Code, lookup: errors }
                case: { ask: Case, as: select, options_from: cases }
        """;

    private static readonly Dictionary<string, string> Environment = new() { ["OTHER_URL"] = "postgres://reader:s3cret-word@db.example.org/moddy" };

    [Fact]
    public void Sources_are_read_with_what_they_show_and_ask_for()
    {
        var reading = SettingsFile.Read(Good, Environment);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        var desk = Assert.Single(reading.Desks);
        var errors = Assert.IsType<SqlSourceSettings>(desk.Source("errors"));
        Assert.Equal("select * from errors where code = {answer}", errors.Query);
        Assert.Equal(["answer"], errors.Asks);
        Assert.Equal([new ShownField("command", "Command"), new ShownField("at", "When", FieldLook.Time)], errors.Show);
        Assert.Equal(new RowOption("id", "{id}: {kind}"), desk.Source("cases")!.Option);
        Assert.Equal([new(100000000000000005)], desk.StaffFrom!.RolesOf(["Supervisor_Mod", "Nobody"]));
    }

    [Fact]
    public void Without_the_address_there_is_a_warning_and_a_desk()
    {
        var reading = SettingsFile.Read(Good, new Dictionary<string, string>());

        Assert.Empty(reading.Faults);
        Assert.Equal(3, reading.Warnings.Count);
        Assert.All(reading.Warnings, warning => Assert.Contains("OTHER_URL", warning.Wrong, StringComparison.Ordinal));
        Assert.Null(Assert.IsType<SqlSourceSettings>(Assert.Single(reading.Desks).Source("errors")).Url);
    }

    [Theory]
    [InlineData("lookup: errors", "lookup: error", "Did you mean errors?")]
    [InlineData("as: select, options_from: cases", "as: buttons, options_from: cases", "Write as: select.")]
    [InlineData("options_from: cases", "options_from: errors", "option: { value: column")]
    [InlineData("{answer};", "'{answer}'", "given apart from the query")]
    [InlineData("{answer};", "{questoin}", "Ask that first")]
    [InlineData("{opener}", "{answer}", "an earlier question in its query")]
    [InlineData("show: { command: Command, at: { label: When, as: time } }", "show: { at: { label: When, as: tiem } }", "Did you mean time?")]
    [InlineData("show: { command: Command, at: { label: When, as: time } }", "", "Write show:")]
    [InlineData("query: select * from errors where code = {answer};", "", "Write query:")]
    [InlineData("{member}", "1", "Write {member}")]
    [InlineData("{member}", "{opener}", "Write one of {member}")]
    [InlineData("Manager: \"100000000000000004\"", "Manager: boss", "Developer Mode")]
    public void What_is_wrong_is_told_with_its_mend(string good, string broken, string mend)
    {
        var reading = SettingsFile.Read(Good.Replace(good, broken, StringComparison.Ordinal), Environment);

        Assert.Contains(reading.Faults, fault => fault.Mend.Contains(mend, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mysql://reader:s3cret-word@db/moddy")]
    [InlineData("postgres://reader:s3cret-word@db:many/moddy")]
    [InlineData("postgres://reader:s3cret-word@db/moddy?colour=s3cret-word")]
    [InlineData("postgres://reader:s3cret-word@/moddy")]
    public void An_address_that_is_wrong_is_told_without_repeating_it(string url)
    {
        var reading = SettingsFile.Read(Good, new Dictionary<string, string> { ["OTHER_URL"] = url });

        Assert.NotEmpty(reading.Faults);
        Assert.All(reading.Faults, fault => Assert.DoesNotContain("s3cret-word", fault.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_is_printed_nowhere()
    {
        var desk = Assert.Single(SettingsFile.Read(Good, Environment).Desks);
        var other = Assert.Single(SettingsFile.Read(Good, new Dictionary<string, string> { ["OTHER_URL"] = "postgres://reader:an0ther-word@db.example.org/moddy" }).Desks);

        Assert.DoesNotContain("s3cret-word", desk.Source("errors")!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["sources.errors.url", "sources.cases.url", "staff_from"], SettingsDifference.Between([desk], [other]));
    }

    [Fact]
    public void A_web_address_is_read_with_its_headers()
    {
        var reading = SettingsFile.Read(Web("https://api.example.org/orders/{answer}"), new Dictionary<string, string> { ["SHOP_KEY"] = "s3cret-word" });

        Assert.Empty(reading.Faults);
        var shop = Assert.IsType<HttpSourceSettings>(Assert.Single(reading.Desks).Source("shop"));
        Assert.Equal(new HttpHeader("Authorization", new Secret("Bearer s3cret-word")), Assert.Single(shop.Headers));
        Assert.Equal(["answer"], shop.Asks);
        Assert.DoesNotContain("s3cret-word", shop.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://{answer}/orders")]
    [InlineData("https://api.{answer}.example.org")]
    [InlineData("https://api.example.org:{answer}/x")]
    [InlineData("{answer}")]
    [InlineData("file:///etc/{answer}")]
    [InlineData("api.example.org/{answer}")]
    public void No_answer_says_who_is_asked(string url) =>
        Assert.Contains(SettingsFile.Read(Web(url), new Dictionary<string, string> { ["SHOP_KEY"] = "x" }).Faults, fault => fault.Path == "sources.shop.http");

    private static string Web(string url) => $$"""
        guild: "100000000000000001"
        sources:
          shop:
            http: "{{url}}"
            headers: { Authorization: "Bearer ${SHOP_KEY}" }
            show: { state: State }
        departments:
          support: { name: Support, staff: ["100000000000000004"], home: { thread: "100000000000000006" } }
        """;

    [Theory]
    [InlineData("postgres://user:pass@host/db", "host", 5432, "db", "user", "pass")]
    [InlineData("postgresql://user:p%40ss%2F@host:5433/db?sslmode=require", "host", 5433, "db", "user", "p@ss/")]
    [InlineData("postgres://user:p@ss@host/db", "host", 5432, "db", "user", "p@ss")]
    [InlineData("postgres://host/db", "host", 5432, "db", null, null)]
    [InlineData("postgres://user@/db?host=%2Frun%2Fpostgresql", "/run/postgresql", 5432, "db", "user", null)]
    [InlineData("postgres://user@[::1]:5433/db", "::1", 5433, "db", "user", null)]
    public void An_address_is_read_as_people_know_it(string url, string host, int port, string database, string? user, string? password)
    {
        var read = PostgresUrl.Read(url, out _)!;

        Assert.Equal((host, port, database, user, password), (read.Host, read.Port, read.Database, read.Username, read.Password));
    }
}
