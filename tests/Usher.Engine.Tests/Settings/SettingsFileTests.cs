using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class SettingsFileTests
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private const string Whole = """
        guild: "100000000000000001"
        language: pt-BR
        prefix: "?"
        log_channel: 100000000000000002
        managers: ["100000000000000003"]
        countdown: 1m30s
        departments:
          support:
            name: Support
            emoji: "🛟"
            description: Questions about your account
            staff: ["100000000000000004", "100000000000000005"]
            home: { thread: "100000000000000006" }
            naming: "{department}-{number}-{opener}"
            welcome: |
              Hello!
              Somebody comes soon.
            colour: "#5865F2"
            open_per_member: 3
          billing:
            name: Billing
            emoji: "<:coin:100000000000000007>"
            staff: ["100000000000000004"]
            home: { channel: none }
        panels:
          help:
            channel: "100000000000000008"
            title: How can we help?
            text: Choose.
            departments: [billing, support]
        """;

    [Fact]
    public void A_whole_file_becomes_the_settings_it_says()
    {
        var reading = SettingsFile.Read(Whole, NoEnvironment);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        var expected = new DeskSettings
        {
            Guild = new GuildId(100000000000000001),
            Language = Language.BrazilianPortuguese,
            Prefix = "?",
            LogChannel = new ChannelId(100000000000000002),
            Managers = [new RoleId(100000000000000003)],
            Countdown = TimeSpan.FromSeconds(90),
            Departments =
            [
                new Department
                {
                    Key = "support",
                    Name = "Support",
                    Emoji = "🛟",
                    Description = "Questions about your account",
                    Staff = [new RoleId(100000000000000004), new RoleId(100000000000000005)],
                    Home = new HomeSettings(HomeKind.Thread, new ChannelId(100000000000000006)),
                    Naming = "{department}-{number}-{opener}",
                    Welcome = "Hello!\nSomebody comes soon.",
                    Colour = 0x5865F2,
                    OpenPerMember = 3,
                },
                new Department
                {
                    Key = "billing",
                    Name = "Billing",
                    Emoji = "<:coin:100000000000000007>",
                    Staff = [new RoleId(100000000000000004)],
                    Home = new HomeSettings(HomeKind.Channel, null),
                },
            ],
            Panels =
            [
                new Panel
                {
                    Key = "help",
                    Channel = new ChannelId(100000000000000008),
                    Title = "How can we help?",
                    Text = "Choose.",
                    Departments = ["billing", "support"],
                },
            ],
        };
        Assert.Equal(expected, Assert.Single(reading.Desks));
    }

    [Fact]
    public void What_is_left_away_has_the_defaults_of_the_settings()
    {
        var desk = Assert.Single(Read("""
            guild: "100000000000000001"
            departments:
              support: { name: Support, staff: ["100000000000000004"], home: { channel: "100000000000000006" } }
            panels:
              help: { channel: "100000000000000008", title: Help }
            """).Desks);

        Assert.Equal(Language.English, desk.Language);
        Assert.Equal(TimeSpan.FromSeconds(10), desk.Countdown);
        Assert.Equal("!", desk.Prefix);
        Assert.Equal("{department}-{number}", desk.Departments[0].Naming);
        Assert.Equal(1, desk.Departments[0].OpenPerMember);
        Assert.Equal(new HomeSettings(HomeKind.Channel, new ChannelId(100000000000000006)), desk.Departments[0].Home);
        Assert.Equal(["support"], desk.Panels[0].Departments);
    }

    [Fact]
    public void Several_guilds_stand_in_a_list()
    {
        var reading = Read("""
            guilds:
              - guild: "100000000000000001"
                departments: &departments
                  support: { name: Support, staff: ["100000000000000004"], home: { channel: none } }
              - guild: "100000000000000009"
                language: fr
                departments: *departments
            """);

        Assert.Empty(reading.Faults);
        Assert.Equal([new GuildId(100000000000000001), new GuildId(100000000000000009)], reading.Desks.Select(d => d.Guild));
        Assert.Equal(reading.Desks[0].Departments, reading.Desks[1].Departments);
    }

    [Fact]
    public void What_departments_share_can_be_merged_in()
    {
        var desk = Assert.Single(Read("""
            guild: "100000000000000001"
            x-shared: &shared
              staff: ["100000000000000004"]
              home: { channel: none }
              open_per_member: 2
            departments:
              support: { <<: *shared, name: Support }
              billing: { <<: *shared, name: Billing, open_per_member: 5 }
            """).Desks);

        Assert.Equal([2, 5], desk.Departments.Select(d => d.OpenPerMember));
        Assert.Equal(desk.Departments[0].Staff, desk.Departments[1].Staff);
    }

    [Fact]
    public void Values_come_from_the_environment_and_cannot_change_the_file()
    {
        var environment = new Dictionary<string, string> { ["GUILD"] = "100000000000000001", ["NAME"] = "Help\n  evil: [", ["EMPTY"] = "" };
        var desk = Assert.Single(SettingsFile.Read("""
            guild: ${GUILD}
            departments:
              support:
                name: Support
                description: "a${EMPTY}b costs $${5} or $5"
                welcome: "${NAME}"
                staff: ["100000000000000004"]
                home: { channel: none }
            """, environment).Desks);

        Assert.Equal(new GuildId(100000000000000001), desk.Guild);
        Assert.Equal("ab costs ${5} or $5", desk.Departments[0].Description);
        Assert.Equal("Help\n  evil: [", desk.Departments[0].Welcome);
    }

    [Fact]
    public void Nobody_on_the_staff_is_a_warning_only()
    {
        var reading = Read(Good.Replace("staff: [\"100000000000000004\"]", "staff: []", StringComparison.Ordinal));

        Assert.Empty(reading.Faults);
        Assert.Single(reading.Desks);
        var warning = Assert.Single(reading.Warnings);
        Assert.Equal((6, "departments.support.staff"), (warning.Line, warning.Path));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_in_the_order_of_the_lines()
    {
        var reading = Read("""
            guild: nine
            langage: fr
            departments:
              support:
                name: Support
                colour: red
                home: { thread: none }
            panels:
              help: { title: Help, departments: [suport] }
            """);

        Assert.False(reading.IsGood);
        Assert.Empty(reading.Desks);
        Assert.Equal(
            [
                (1, "guild"), (2, "langage"), (6, "departments.support.colour"), (7, "departments.support.home.thread"),
                (9, "panels.help.channel"), (9, "panels.help.departments[0]"),
            ],
            reading.Faults.Select(f => (f.Line, f.Path)));
    }

    [Fact]
    public void A_fault_of_something_merged_into_two_places_is_told_for_each_place()
    {
        var reading = Read("""
            guild: "100000000000000001"
            x-shared: &shared { colour: red, staff: ["100000000000000004"], home: { channel: none } }
            departments:
              support: { <<: *shared, name: Support }
              billing: { <<: *shared, name: Billing }
            """);

        Assert.Equal(["departments.support.colour", "departments.billing.colour"], reading.Faults.Select(f => f.Path));
        Assert.All(reading.Faults, f => Assert.Equal(2, f.Line));
    }

    [Theory]
    [InlineData("🛟")]
    [InlineData("❤️")]
    [InlineData("ℹ")]
    [InlineData("3️⃣")]
    [InlineData("🇧🇷")]
    [InlineData("👩‍🚒")]
    [InlineData("<a:wave:100000000000000007>")]
    public void What_Discord_takes_as_an_emoji_is_one(string emoji) => Assert.Empty(Read(Good.Replace("🛟", emoji, StringComparison.Ordinal)).Faults);

    [Theory]
    [InlineData(101, 0, "departments.support.staff")]
    [InlineData(99, 2, "departments.support.staff")]
    [InlineData(1, 101, "managers")]
    [InlineData(99, 1, null)]
    public void More_roles_than_one_message_pings_are_told(int staff, int managers, string? path)
    {
        var yaml = Good.Replace("staff: [\"100000000000000004\"]", $"staff: [{Ids(200, staff)}]", StringComparison.Ordinal) + $"\nmanagers: [{Ids(500, managers)}]";

        Assert.Equal(path, Read(yaml).Faults.SingleOrDefault()?.Path);

        static string Ids(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"\"100000000000000{n}\""));
    }

    [Theory]
    [InlineData("100000000000000008", "The panel help")]
    [InlineData("100000000000000006", "The tickets of support")]
    [InlineData("100000000000000009", null)]
    public void A_log_where_members_read_is_warned_of(string channel, string? warning)
    {
        var reading = Read(Good + $"\nlog_channel: {channel}");

        Assert.Empty(reading.Faults);
        if (warning is null) Assert.Empty(reading.Warnings);
        else Assert.StartsWith(warning, Assert.Single(reading.Warnings).Wrong, StringComparison.Ordinal);
    }

    private const string Good = """
        guild: "100000000000000001"
        departments:
          support:
            name: Support
            emoji: "🛟"
            staff: ["100000000000000004"]
            home: { thread: "100000000000000006" }
            naming: "{department}-{number}"
            colour: "#5865F2"
        panels:
          help:
            channel: "100000000000000008"
            title: Help
            departments: [support]
        """;

    [Fact]
    public void The_file_that_the_table_breaks_is_good() => Assert.Empty(Read(Good).Faults);

    [Theory]
    [InlineData("guild: \"100000000000000001\"", "guild: 12345", 1, "guild", "Copy ID")]
    [InlineData("guild: \"100000000000000001\"", "guild: \"99999999999999999999\"", 1, "guild", "Copy ID")]
    [InlineData("guild: \"100000000000000001\"", "guild: \"9999999999999999999\"", 1, "guild", "Copy ID")]
    [InlineData("guild: \"100000000000000001\"", "language: en", 1, "guild", "Write guild: \"id\"")]
    [InlineData("guild: \"100000000000000001\"", "guild:", 1, "guild", "Write guild: \"id\"")]
    [InlineData("guild: \"100000000000000001\"", "guild: [\"100000000000000001\"]", 1, "guild", "Copy ID")]
    [InlineData("guild: \"100000000000000001\"", "guild: ${GUILD}", 1, "guild", "Set GUILD")]
    [InlineData("guild: \"100000000000000001\"", "guild: \"${GU ILD}\"", 1, "guild", "letters, digits and _")]
    [InlineData("guild: \"100000000000000001\"", "guild: \"${GUILD\"", 1, "guild", "$${")]
    [InlineData("departments:\n", "departements:\n", 2, "departements", "Did you mean departments?")]
    [InlineData("  support:\n", "  Support Team:\n", 3, "departments.Support Team", "lower-case letters")]
    [InlineData("  support:\n", "  support: 5\n  other:\n", 3, "departments.support", "name: and home:")]
    [InlineData("name: Support", "nmae: Support", 4, "departments.support.nmae", "Did you mean name?")]
    [InlineData("name: Support", "name: [Support]", 4, "departments.support.name", "one text or number")]
    [InlineData("name: Support", "name: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901", 4, "departments.support.name", "Shorten it by 2")]
    [InlineData("name: Support", "name: \"Sup\\nport\"", 4, "departments.support.name", "one line")]
    [InlineData("name: Support", "name: Support\n    name: Help", 5, "departments.support.name", "Keep one of the two")]
    [InlineData("emoji: \"🛟\"", "emoji: \":ring:\"", 5, "departments.support.emoji", "<:name:id>")]
    [InlineData("emoji: \"🛟\"", "emoji: \"🛟🛟\"", 5, "departments.support.emoji", "<:name:id>")]
    [InlineData("emoji: \"🛟\"", "emoji: \"★\"", 5, "departments.support.emoji", "<:name:id>")]
    [InlineData("emoji: \"🛟\"", "emoji: \"€\"", 5, "departments.support.emoji", "<:name:id>")]
    [InlineData("name: Support", "name: \"\\u200b\\u2800\"", 4, "departments.support.name", "a word or an emoji")]
    [InlineData("title: Help", "title: \"\\u3164\"", 13, "panels.help.title", "a word or an emoji")]
    [InlineData("panels:", "  billing: { name: Support, staff: [\"100000000000000004\"], home: { channel: none } }\npanels:", 10, "departments.billing.name", "name of its own")]
    [InlineData("emoji: \"🛟\"", "emoji: \"<:ring:12>\"", 5, "departments.support.emoji", "<:name:id>")]
    [InlineData("staff: [\"100000000000000004\"]", "staff: \"100000000000000004\"", 6, "departments.support.staff", "staff: [\"id\", \"id\"]")]
    [InlineData("staff: [\"100000000000000004\"]", "staff: [\"<@&100000000000000004>\"]", 6, "departments.support.staff[0]", "\"100000000000000004\"")]
    [InlineData("staff: [\"100000000000000004\"]", "staff: [\"100000000000000004\", \"100000000000000004\"]", 6, "departments.support.staff[1]", "Keep one")]
    [InlineData("staff: [\"100000000000000004\"]", "staff: [\"100000000000000001\"]", 6, "departments.support.staff", "everybody would be staff")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: thread", 7, "departments.support.home", "")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: {}", 7, "departments.support.home", "channel category")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: { thread: none }", 7, "departments.support.home.thread", "text channel")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: { tread: \"100000000000000006\", channel: none }", 7, "departments.support.home.tread", "Did you mean thread?")]
    [InlineData("home: { thread: \"100000000000000006\" }", "home: { thread: \"100000000000000006\", channel: none }", 7, "departments.support.home", "Keep thread or channel")]
    [InlineData("    home: { thread: \"100000000000000006\" }\n", "", 3, "departments.support.home", "home: {")]
    [InlineData("{department}-{number}", "{departement}-{number}", 8, "departments.support.naming", "Did you mean {department}?")]
    [InlineData("{department}-{number}", "{department}", 8, "departments.support.naming", "{random:6}")]
    [InlineData("{department}-{number}", "{department}-{department}-01234567890123456789012345678901234567890123456789012345678901-0123456789-0123456789-{number}", 8, "departments.support.naming", "Shorten")]
    [InlineData("colour: \"#5865F2\"", "colour: red", 9, "departments.support.colour", "#5865F2")]
    [InlineData("colour: \"#5865F2\"", "color: \"#5865F2\"", 9, "departments.support.color", "Did you mean colour?")]
    [InlineData("colour: \"#5865F2\"", "open_per_member: 0", 9, "departments.support.open_per_member", "from 1 to 50")]
    [InlineData("colour: \"#5865F2\"", "open_per_member: many", 9, "departments.support.open_per_member", "from 1 to 50")]
    [InlineData("colour: \"#5865F2\"", "sla: 5m", 9, "departments.support.sla", "Remove it")]
    [InlineData("panels:", "countdown: soon\npanels:", 10, "countdown", "10s or 5m")]
    [InlineData("panels:", "countdown: 8d\npanels:", 10, "countdown", "7d or less")]
    [InlineData("panels:", "language: klingon\npanels:", 10, "language", "en, fr, pt-BR, zh-TW")]
    [InlineData("panels:", "prefix: /\npanels:", 10, "prefix", "without spaces")]
    [InlineData("panels:", "managers: *nobody\npanels:", 10, "managers", "&nobody")]
    [InlineData("channel: \"100000000000000008\"", "channel: help", 12, "panels.help.channel", "Copy ID")]
    [InlineData("title: Help", "text: Help", 11, "panels.help.title", "Write title:")]
    [InlineData("departments: [support]", "departments: [suport]", 14, "panels.help.departments[0]", "Did you mean support?")]
    [InlineData("departments: [support]", "departments: [sales]", 14, "panels.help.departments[0]", "There are support.")]
    [InlineData("departments: [support]", "departments: [support, support]", 14, "panels.help.departments[1]", "Keep one")]
    [InlineData("departments: [support]", "departments: []", 14, "panels.help.departments", "leave departments away")]
    public void A_broken_file_is_told_with_line_and_mend(string good, string broken, int line, string path, string mend)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);

        var faults = Read(Good.Replace(good, broken, StringComparison.Ordinal)).Faults;

        var fault = Assert.Single(faults, f => f.Path == path);
        Assert.Equal(line, fault.Line);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "Begin with guild")]
    [InlineData("# nothing yet", 1, "Begin with guild")]
    [InlineData("~", 1, "Begin with guild")]
    [InlineData("- guild", 1, "Begin with guild")]
    [InlineData("guild: \"1\n", 1, "quote that is not closed")]
    [InlineData("departments:\n\tsupport: {}", 2, "Indent with spaces")]
    [InlineData("departments:\n  a: b: c\n", 2, "Text with : or # needs quotes")]
    [InlineData("guilds: []", 1, "Begin one with - guild")]
    [InlineData("guilds: [5]", 1, "Begin it with - guild")]
    public void What_is_not_even_the_shape_of_a_file_is_told(string yaml, int line, string mend) =>
        Assert.Contains(Read(yaml).Faults, f => f.Line == line && f.Mend.Contains(mend, StringComparison.Ordinal));

    [Fact]
    public void With_several_guilds_nothing_stands_beside_them_and_none_stands_twice()
    {
        var reading = Read("""
            language: fr
            guilds:
              - { guild: "100000000000000001", departments: { a: { name: A, home: { channel: none } } } }
              - { guild: "100000000000000001", departments: { a: { name: A, home: { channel: none } } } }
            """);

        Assert.Equal([(1, "language"), (4, "guilds[1].guild")], reading.Faults.Select(f => (f.Line, f.Path)));
    }

    [Fact]
    public void However_a_file_is_damaged_it_is_told_and_never_throws()
    {
        char[] strange = ['\t', '\0', '{', ']', ':', '&', '*', '!', '"', '|', '%', '-', '\uD83D'];
        for (var at = 0; at < Whole.Length; at++)
        {
            Read(Whole[..at]);
            Read(Whole.Remove(at, 1));
            Read(Whole.Insert(at, strange[at % strange.Length].ToString()));
        }
    }

    [Theory]
    [InlineData(25, false)]
    [InlineData(26, true)]
    public void A_panel_has_room_for_five_rows_of_five_buttons(int count, bool tooMany)
    {
        var departments = string.Concat(Enumerable.Range(1, count).Select(i => $"  d{i}: {{ name: D{i}, home: {{ channel: none }} }}\n"));

        var faults = Read($"guild: \"100000000000000001\"\ndepartments:\n{departments}panels:\n  help: {{ channel: \"100000000000000008\", title: Help }}\n").Faults;

        Assert.Equal(tooMany, faults.Any(f => f.Path == "panels.help.channel" && f.Wrong.Contains("25 buttons", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_words_of_a_panel_fit_into_one_message()
    {
        var departments = string.Concat(Enumerable.Range(1, 25).Select(i => $"  d{i}: {{ name: D{i}, description: {new string('x', 100)}, home: {{ channel: none }} }}\n"));

        var faults = Read($"guild: \"100000000000000001\"\ndepartments:\n{departments}panels:\n  help: {{ channel: \"100000000000000008\", title: Help, text: {new string('y', 1500)} }}\n").Faults;

        Assert.Contains("4000", Assert.Single(faults).Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("🛟", true)]
    [InlineData("ℹ️", true)]
    [InlineData("3️⃣", true)]
    [InlineData("🇧🇷", true)]
    [InlineData("👩‍🚀", true)]
    [InlineData("<a:spin_it:100000000000000007>", true)]
    [InlineData("x", false)]
    [InlineData("3", false)]
    [InlineData("ok", false)]
    [InlineData("<:bad name:100000000000000007>", false)]
    public void An_emoji_is_one_picture_or_a_guilds_own(string text, bool isEmoji) => Assert.Equal(isEmoji, Written.IsEmoji(text));

    [Theory]
    [InlineData("10s", 10)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172800)]
    [InlineData("0s", 0)]
    public void A_duration_is_numbers_with_units(string text, int seconds)
    {
        Assert.True(Written.TryDuration(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("-5s")]
    [InlineData("5s1m")]
    [InlineData("1.5h")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Written.TryDuration(text, out _));

    private static SettingsReading Read(string yaml) => SettingsFile.Read(yaml, NoEnvironment);
}
