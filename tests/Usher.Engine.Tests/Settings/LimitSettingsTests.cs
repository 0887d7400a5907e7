using Usher.Desk.Values;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class LimitSettingsTests
{
    [Fact]
    public void Limits_of_guild_and_department_are_read()
    {
        var reading = Read("open_per_member: 3", """
            cooldown: 1d12h
            required_roles: ["100000000000000007", "100000000000000008"]
            blocked_roles: ["100000000000000009"]
            """);

        Assert.Empty(reading.Faults);
        var desk = Assert.Single(reading.Desks);
        Assert.Equal(3, desk.OpenPerMember);
        Assert.Equal(TimeSpan.FromHours(36), desk.Departments[0].Cooldown);
        Assert.Equal([new RoleId(100000000000000007), new RoleId(100000000000000008)], desk.Departments[0].RequiredRoles);
        Assert.Equal([new RoleId(100000000000000009)], desk.Departments[0].BlockedRoles);
    }

    [Fact]
    public void Left_away_they_limit_nothing()
    {
        var desk = Assert.Single(Read("", "").Desks);

        Assert.Null(desk.OpenPerMember);
        Assert.Equal(TimeSpan.Zero, desk.Departments[0].Cooldown);
        Assert.Empty(desk.Departments[0].RequiredRoles);
        Assert.Empty(desk.Departments[0].BlockedRoles);
    }

    [Theory]
    [InlineData("open_per_member: 0", "", 2, "open_per_member", "from 1 to 50")]
    [InlineData("", "cooldown: soon", 7, "departments.support.cooldown", "10m or 1d")]
    [InlineData("", "cooldown: 31d", 7, "departments.support.cooldown", "30d or less")]
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
