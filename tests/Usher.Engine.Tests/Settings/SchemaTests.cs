using Usher.Desk.Settings;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

/// <summary>The schema that editors use and the reader that decides say the same.</summary>
public sealed class SchemaTests
{
    private const string Unknown = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";

    private const string Good = """
        guild: "100000000000000001"
        approvals:
          refund:
            name: Refund
            channel: "100000000000000009"
            form:
              questions:
                items:
                  ask: What is given back?
                  as: radio
                  options:
                    money:
                      label: Money
                    goods:
                      label: Goods
        sources:
          cases:
            sql: postgres://reader@localhost/other
            query: select * from cases where member = {opener}
            show:
              case_id:
                label: Case
            option:
              value: case_id
              label: "{case_id}"
        staff_from:
          sql: postgres://reader@localhost/other
          query: select roles from staff where id = {member}
          column: roles
          roles: { Manager: "100000000000000004" }
        targets:
          first_response: 4h
        transcripts:
          links_expire_after: 30d
        retention:
          content: 180d
        privacy:
          channel: "100000000000000009"
          links_expire_after: 7d
          keep:
            invoices:
              for: 10y
              reason: Invoices, by tax law.
        attachments:
          largest: 25MB
        webhooks:
          crm:
            url: https://crm.example/usher
            secret: 0123456789abcdef
            events: [ticket.opened]
        departments:
          support:
            targets:
              resolution: 2d
            retention:
              ticket: never
            transcripts:
              links_expire_after: never
            name: Support
            staff: ["100000000000000004"]
            home: { thread: "100000000000000006" }
            form:
              questions:
                about:
                  ask: What is it about?
                  as: buttons
                  options:
                    other:
                      label: Something else
            approvals:
              gift:
                name: Gift
                channel: "100000000000000009"
                form:
                  questions:
                    what:
                      ask: What is given?
                      as: radio
                      options:
                        flowers:
                          label: Flowers
                        books:
                          label: Books
        panels:
          help: { channel: "100000000000000008", title: Help }
        """;

    private static readonly Schema Schema = new();

    public static TheoryData<string> Places => [.. Schema.KeysByPlace().Keys];

    /// <summary>What the reader says of an unknown key names all that it knows at that place.</summary>
    [Theory]
    [MemberData(nameof(Places))]
    public void Every_key_that_the_reader_knows_is_in_the_schema_and_the_other_way_round(string place)
    {
        var fault = Assert.Single(SettingsFile.Read(With(place), new Dictionary<string, string>()).Faults, f => f.Path.EndsWith(Unknown, StringComparison.Ordinal));

        const string before = "here stand ";
        var known = fault.Mend[(fault.Mend.IndexOf(before, StringComparison.Ordinal) + before.Length)..].TrimEnd('.').Split(", ");
        Assert.Equal(Schema.KeysByPlace()[place], known);
    }

    [Fact]
    public void The_places_with_keys_are_these() => Assert.Equal(["", "approvals.*", "approvals.*.form", "approvals.*.form.questions.*", "approvals.*.form.questions.*.options.*", "attachments", "departments.*", "departments.*.approvals.*", "departments.*.approvals.*.form", "departments.*.approvals.*.form.questions.*", "departments.*.approvals.*.form.questions.*.options.*", "departments.*.form", "departments.*.form.questions.*", "departments.*.form.questions.*.options.*", "departments.*.home", "departments.*.retention", "departments.*.targets", "departments.*.transcripts", "panels.*", "privacy", "privacy.keep.*", "retention", "sources.*", "sources.*.option", "sources.*.show.*", "staff_from", "targets", "transcripts", "webhooks.*"], Schema.KeysByPlace().Keys);

    [Fact]
    public void A_good_file_is_good_to_editors_too() => Assert.Empty(Schema.Check(Good));

    [Fact]
    public void A_department_without_a_home_is_good_to_both()
    {
        var yaml = Good.Replace("home: { thread: \"100000000000000006\" }", "home: none", StringComparison.Ordinal);

        Assert.Empty(Schema.Check(yaml));
        Assert.Equal(new HomeSettings(HomeKind.DirectMessage, null), SettingsFile.Read(yaml, new Dictionary<string, string>()).Desks[0].Departments[0].Home);
    }

    [Theory]
    [InlineData("guild: \"100000000000000001\"", "guild: harbour")]
    [InlineData("guild: \"100000000000000001\"", "")]
    [InlineData("name: Support", "nmae: Support")]
    [InlineData("  support:", "  Support Team:")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: { thread: none }")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: {}")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: nowhere")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: { thread: \"100000000000000006\", channel: none }")]
    [InlineData("name: Support", "{ name: Support, open_per_member: 51 }")]
    [InlineData("panels:", "language: klingon\npanels:")]
    [InlineData("panels:", "countdown: soon\npanels:")]
    [InlineData("staff: [\"100000000000000004\"]", "colour: red")]
    [InlineData("title: Help", "title: Help, departments: []")]
    [InlineData("title: Help", "title: Help, departments: [support, support]")]
    [InlineData("title: Help", "title: Help, style: pretty")]
    [InlineData("name: Refund", "name: Refund\n    asked_by: nobody")]
    [InlineData("name: Refund", "name: Refund\n    needed: 21")]
    [InlineData("name: Gift", "name: Gift\n        own: perhaps")]
    [InlineData("name: Support", "name: Support\n    permissions: all")]
    [InlineData("as: buttons", "as: riddle")]
    [InlineData("url: https://crm.example/usher", "url: crm.example")]
    [InlineData("[ticket.opened]", "[ticket.exploded]")]
    [InlineData("secret: 0123456789abcdef", "secret: short")]
    [InlineData("about:", "About it:")]
    [InlineData("panels:", "guilds: []\npanels:")]
    public void What_the_reader_refuses_an_editor_marks(string good, string broken)
    {
        var yaml = Good.Replace(good, broken, StringComparison.Ordinal);

        Assert.NotEmpty(SettingsFile.Read(yaml, new Dictionary<string, string>()).Faults);
        if (YamlTree.Read(yaml, new FaultList()) is not null) Assert.NotEmpty(Schema.Check(yaml));
    }

    private static string With(string place)
    {
        var lines = Good.Replace("home: { thread: \"100000000000000006\" }", "home:\n      thread: \"100000000000000006\"", StringComparison.Ordinal)
            .Replace("help: { channel: \"100000000000000008\", title: Help }", "help:\n    channel: \"100000000000000008\"\n    title: Help", StringComparison.Ordinal)
            .Split('\n').ToList();
        var at = -1;
        foreach (var part in place.Split('.', StringSplitOptions.RemoveEmptyEntries))
            at = part == "*" ? at + 1 : lines.FindIndex(at + 1, line => line.TrimStart().StartsWith(part + ":", StringComparison.Ordinal));
        var indent = at + 1 < lines.Count ? lines[at + 1].Length - lines[at + 1].TrimStart().Length : 0;
        lines.Insert(at + 1, $"{new string(' ', indent)}{Unknown}: 1");
        return string.Join('\n', lines);
    }
}
