using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class PrivacySettingsTests
{
    private const string Desk = """
        guild: "100000000000000001"
        departments:
          support: { name: Support, staff: ["100000000000000004"], home: { thread: "100000000000000006" } }

        """;

    [Fact]
    public void What_must_stay_and_who_may_erase_is_read()
    {
        var reading = Read("""
            privacy:
              roles: ["100000000000000007"]
              channel: "100000000000000009"
              links_expire_after: 12h
              keep:
                invoices: { departments: [support], for: 10y, reason: "Invoices, by tax law." }
                all: { for: 30d, reason: Disputes. }
            """);

        Assert.Empty(reading.Faults);
        var privacy = reading.Desks[0].Privacy;
        Assert.Equal([new RoleId(100000000000000007)], privacy.Roles);
        Assert.Equal(new ChannelId(100000000000000009), privacy.Channel);
        Assert.Equal(TimeSpan.FromHours(12), privacy.LinksExpireAfter);
        Assert.Equal(TimeSpan.FromDays(7), Read("").Desks[0].Privacy.LinksExpireAfter);
        Assert.Equal([new KeepRule(["support"], TimeSpan.FromDays(3652.5), "Invoices, by tax law."), new KeepRule([], TimeSpan.FromDays(30), "Disputes.")], privacy.Keep);
    }

    [Theory]
    [InlineData("privacy: { keep: { a: { reason: x } } }", "for is missing.")]
    [InlineData("privacy: { keep: { a: { for: 1y } } }", "reason is missing.")]
    [InlineData("privacy: { keep: { a: { for: ever, reason: x } } }", "«ever» is no time.")]
    [InlineData("privacy: { keep: { a: { for: 0d, reason: x } } }", "for is out of range.")]
    [InlineData("privacy: { keep: { a: { for: 900y, reason: x } } }", "for is out of range.")]
    [InlineData("privacy: { keep: { a: { for: 1y, reason: x, departments: [sales] } } }", "There is no department sales.")]
    [InlineData("privacy: { links_expire_after: 31d }", "links_expire_after is out of range.")]
    [InlineData("privacy: { links_expire_after: 5m }", "links_expire_after is out of range.")]
    [InlineData("privacy: { links_expire_after: never }", "«never» is not a duration.")]
    [InlineData("privacy: { keeps: {} }", "keeps is not a setting.")]
    [InlineData("privacy: yes", "privacy must hold keys with values.")]
    public void What_is_wrong_is_told(string lines, string wrong) => Assert.Contains(Read(lines).Faults, fault => fault.Wrong.Contains(wrong, StringComparison.Ordinal));

    private static SettingsReading Read(string lines) => SettingsFile.Read(Desk + lines, new Dictionary<string, string>());
}
