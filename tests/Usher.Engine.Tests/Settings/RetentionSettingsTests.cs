using Usher.Desk.Settings;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class RetentionSettingsTests
{
    private const string Desk = """
        guild: "100000000000000001"
        retention: { content: 180d, ticket: 3y }
        departments:
          support: { name: Support, staff: ["100000000000000004"], home: { thread: "100000000000000006" } }
          billing: { name: Billing, staff: ["100000000000000004"], home: { thread: "100000000000000006" }, retention: { content: never } }
        privacy: { keep: { disputes: { departments: [support], for: 1y, reason: Disputes. } } }
        """;

    [Fact]
    public void A_department_says_it_for_itself_and_what_must_stay_stays_at_least_so_long()
    {
        var reading = Read(Desk);

        Assert.Empty(reading.Faults);
        var (year, three) = (TimeSpan.FromDays(365.25), TimeSpan.FromDays(3 * 365.25));
        Assert.Equal(new RetentionSettings(year, three), reading.Desks[0].RetentionOf("support"));
        Assert.Equal(new RetentionSettings(null, three), reading.Desks[0].RetentionOf("billing"));
        Assert.Equal(new RetentionSettings(TimeSpan.FromDays(180), three), reading.Desks[0].RetentionOf("gone from the settings"));
    }

    [Theory]
    [InlineData("content: 180d", "content: 0d", "«0d» is no time.")]
    [InlineData("content: 180d", "content: soon", "«soon» is no time.")]
    [InlineData("content: 180d", "content: 101y", "content is out of range.")]
    [InlineData("content: 180d", "content: 4y", "What was said cannot stay longer than its ticket.")]
    [InlineData("content: 180d", "contents: 4y", "contents is not a setting.")]
    public void What_is_wrong_is_told(string good, string broken, string wrong) =>
        Assert.Contains(Read(Desk.Replace(good, broken, StringComparison.Ordinal)).Faults, fault => fault.Wrong.Contains(wrong, StringComparison.Ordinal));

    private static SettingsReading Read(string yaml) => SettingsFile.Read(yaml, new Dictionary<string, string>());
}
