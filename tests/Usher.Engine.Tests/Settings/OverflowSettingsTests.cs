using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class OverflowSettingsTests
{
    [Fact]
    public void Where_tickets_go_without_room_is_read()
    {
        var home = Assert.Single(Read("{ channel: \"100000000000000003\" }", """
            overflow: ["100000000000000004"]
            overflow_create: true
            overflow_queue: true
            """).Desks).Departments[0].Home;

        Assert.Equal((100000000000000004UL, true, true), (Assert.Single(home.Overflow).Value, home.OverflowCreate, home.OverflowQueue));
    }

    [Theory]
    [InlineData("{ channel: none }", "overflow_create: true", "departments.support.overflow_create", "channel category")]
    [InlineData("{ thread: \"100000000000000003\" }", "overflow_create: true", "departments.support.overflow_create", "Remove overflow_create")]
    [InlineData("{ thread: \"100000000000000003\" }", "overflow_queue: true", "departments.support.overflow_queue", "Remove overflow_queue")]
    [InlineData("{ channel: \"100000000000000003\" }", "overflow_queue: true\noverflow_threads: \"100000000000000005\"", "departments.support.overflow_queue", "Keep one")]
    [InlineData("{ channel: \"100000000000000003\" }", "overflow_queue: perhaps", "departments.support.overflow_queue", "true")]
    public void What_is_wrong_is_told_with_its_mend(string home, string department, string path, string mend)
    {
        var fault = Assert.Single(Read(home, department).Faults);

        Assert.Equal(path, fault.Path);
        Assert.Contains(mend, fault.Mend, StringComparison.Ordinal);
    }

    private static SettingsReading Read(string home, string department) => SettingsFile.Read(
        $"""
        guild: "100000000000000001"
        departments:
          support:
            name: Support
            staff: ["100000000000000002"]
            home: {home}
            {department.Replace("\n", "\n    ", StringComparison.Ordinal)}
        panels:
          help:
            channel: "100000000000000006"
            title: Help
        """,
        new Dictionary<string, string>());
}
