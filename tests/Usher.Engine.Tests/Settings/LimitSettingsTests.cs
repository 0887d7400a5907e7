using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Limits_of_guild_and_department_are_read()
    {
        var reading = Read("open_per_member: 3\npaused: Back on Monday.", """
            paused: Back tomorrow.
            cooldown: 1d12h
            required_roles: ["100000000000000007", "100000000000000008"]
            blocked_roles: ["100000000000000009"]
            """);

        Assert.Empty(reading.Faults);
        var desk = Assert.Single(reading.Desks);
        Assert.Equal(3, desk.OpenPerMember);
        Assert.Equal(("Back on Monday.", "Back tomorrow."), (desk.Paused, desk.Departments[0].Paused));
        Assert.Equal(TimeSpan.FromHours(36), desk.Departments[0].Cooldown);
        Assert.Equal([new RoleId(100000000000000007), new RoleId(100000000000000008)], desk.Departments[0].RequiredRoles);
        Assert.Equal([new RoleId(100000000000000009)], desk.Departments[0].BlockedRoles);
    }

    [Fact]
    public void Left_away_they_limit_nothing()
    {
        var desk = Assert.Single(Read("", "").Desks);

        Assert.Null(desk.OpenPerMember);
        Assert.Equal((null, null), (desk.Paused, desk.Departments[0].Paused));
        Assert.Equal(TimeSpan.Zero, desk.Departments[0].Cooldown);
        Assert.Empty(desk.Departments[0].RequiredRoles);
        Assert.Empty(desk.Departments[0].BlockedRoles);
    }

    [Theory]
    [InlineData("open_per_member: 0", "", 2, "open_per_member", "from 1 to 50")]
    [InlineData("", "cooldown: soon", 7, "departments.support.cooldown", "10m or 1d")]
    [InlineData("", "cooldown: 31d", 7, "departments.support.cooldown", "30d or less")]
    [InlineData("attachments: { largest: big }", "", 2, "attachments.largest", "such as 25MB")]
    [InlineData("attachments: { largest: 101MB }", "", 2, "attachments.largest", "up to 100MB")]
    [InlineData("attachments: { largest: 0MB }", "", 2, "attachments.largest", "up to 100MB")]
    [InlineData("attachments: { room: 10 }", "", 2, "attachments.room", "such as 25MB")]
    [InlineData("attachments: { not: [exe] }", "", 2, "attachments.not[0]", "such as .exe")]
    [InlineData("attachments: { only: [image/*, \"*/*\"] }", "", 2, "attachments.only[1]", "image/png")]
    [InlineData("attachments: { quota: 10GB }", "", 2, "attachments.quota", "room")]
    [InlineData("transcripts: { links_expire_after: soon }", "", 2, "transcripts.links_expire_after", "or never")]
    [InlineData("transcripts: { links_expire_after: 59m }", "", 2, "transcripts.links_expire_after", "1h to 3650d")]
    [InlineData("transcripts: { links_expire_after: 3651d }", "", 2, "transcripts.links_expire_after", "1h to 3650d")]
    [InlineData("transcripts: 30d", "", 2, "transcripts", "links_expire_after: 30d")]
    [InlineData("", "transcripts: { links: 30d }", 7, "departments.support.transcripts.links", "links_expire_after")]
    [InlineData("", "required_roles: [\"100000000000000001\"]", 7, "departments.support.required_roles", "every member")]
    [InlineData("", "blocked_roles: [\"100000000000000001\"]", 7, "departments.support.blocked_roles", "those who shall not")]
    [InlineData("", "blocked_roles: sailors", 7, "departments.support.blocked_roles", "[\"id\", \"id\"]")]
    public void What_is_wrong_is_told_with_its_line_and_its_mend(string guild, string department, int line, string path, string mend)
    {
        var fault = Assert.Single(Read(guild, department).Faults);

        Assert.Equal((line, path), (fault.Line, fault.Path));
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Which_files_are_kept_is_read()
    {
        var reading = Read("attachments: { largest: 25MB, only: [image/*, .PDF], not: [image/svg+xml, .exe], room: 10gb }", "");
        Assert.Empty(reading.Faults);
        var attachments = Assert.Single(reading.Desks).Attachments;
        Assert.Equal((25L << 20, 10L << 30), (attachments.Largest, attachments.Room));
        Assert.Equal(["image/*", ".pdf"], attachments.Only.Select(kind => kind.Text));
        Assert.Equal(["image/svg+xml", ".exe"], attachments.Not.Select(kind => kind.Text));
        Assert.Equal(new AttachmentSettings(), Assert.Single(Read("", "").Desks).Attachments);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("transcripts: { links_expire_after: 30d }", "", 720)]
    [InlineData("transcripts: { links_expire_after: 30d }", "transcripts: { links_expire_after: 1h }", 1)]
    [InlineData("transcripts: { links_expire_after: 30d }", "transcripts: { links_expire_after: never }", null)]
    [InlineData("transcripts: { links_expire_after: 30d }", "transcripts: {}", 720)]
    public void How_long_links_hold_the_department_says_else_the_guild(string guild, string department, int? hours)
    {
        var reading = Read(guild, department);
        Assert.Empty(reading.Faults);
        Assert.Equal(hours, Assert.Single(reading.Desks).TranscriptsOf("support").LinksExpireAfter?.TotalHours);
    }

    [Fact]
    public void What_closing_claiming_and_deleting_mean_is_read()
    {
        var department = Assert.Single(Read("", """
            confirm_close: true
            delete_threads: True
            claim: claimer_sees
            note: next_message
            """).Desks).Departments[0];

        Assert.True(department.NoteIsNextMessage);
        Assert.True(department.ConfirmClose);
        Assert.True(department.DeleteThreads);
        Assert.Equal(ClaimMode.ClaimerSees, department.Claim);
        var plain = Assert.Single(Read("", "").Desks).Departments[0];
        Assert.False(plain.NoteIsNextMessage);
        Assert.False(plain.ConfirmClose);
        Assert.False(plain.DeleteThreads);
        Assert.Equal(ClaimMode.EveryoneWrites, plain.Claim);
    }

    [Theory]
    [InlineData("confirm_close: perhaps", "confirm_close", "true or false")]
    [InlineData("claim: mine", "claim", "claimer_writes")]
    [InlineData("note: aloud", "note", "next_message")]
    public void What_cannot_be_meant_is_told(string line, string key, string mend)
    {
        var fault = Assert.Single(Read("", line).Faults);

        Assert.Equal((7, $"departments.support.{key}"), (fault.Line, fault.Path));
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void In_threads_a_claim_keeps_nobody_out_and_the_check_says_so()
    {
        var yaml = """
            guild: "100000000000000001"
            departments:
              support: { name: Support, staff: ["100000000000000004"], claim: claimer_writes, home: { thread: "100000000000000006" } }
            """;

        var fault = Assert.Single(SettingsFile.Read(yaml, new Dictionary<string, string>()).Faults);

        Assert.Equal("departments.support.claim", fault.Path);
        Assert.Contains("everyone_writes", fault.Mend, StringComparison.Ordinal);
        Assert.Empty(SettingsFile.Read(yaml.Replace("claimer_writes", "everyone_writes", StringComparison.Ordinal), new Dictionary<string, string>()).Faults);
    }

    [Fact]
    public void A_role_cannot_be_required_and_blocked()
    {
        var fault = Assert.Single(Read("", """
            required_roles: ["100000000000000007"]
            blocked_roles: ["100000000000000007"]
            """).Faults);

        Assert.Equal((8, "departments.support.blocked_roles"), (fault.Line, fault.Path));
    }

    private static SettingsReading Read(string guild, string department) => SettingsFile.Read(
        $"""
        guild: "100000000000000001"
        {guild}
        departments:
          support:
            name: Support
            staff: ["100000000000000004"]
            {department.Replace("\n", "\n    ", StringComparison.Ordinal)}
            home: {"{ channel: none }"}
        """,
        new Dictionary<string, string>());
}
