using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Engine.Settings;
using Xunit;

namespace Usher.Engine.Tests.Settings;

public sealed class ApprovalSettingsTests
{
    private const string Whole = """
        guild: "100000000000000001"
        approvals:
          refund:
            name: Refund
            emoji: "🔄"
            channel: "100000000000000009"
            roles: ["100000000000000007"]
            mention: []
            needed: 2
            denials: 3
            asked_by: opener
            own: true
            button: true
            form:
              questions:
                id: { ask: Whose id?, format: number }
        departments:
          support:
            name: Support
            staff: ["100000000000000004"]
            home: { channel: "100000000000000006" }
            permissions: category
            naming: "sup-{random:5}"
            approvals:
              gift: { name: Gift, channel: "100000000000000009" }
        panels:
          help: { channel: "100000000000000008", title: Help, style: options, button: Open, emoji: "🎫" }
        """;

    [Fact]
    public void What_others_decide_is_read()
    {
        var reading = Read(Whole);

        Assert.Empty(reading.Faults);
        var desk = Assert.Single(reading.Desks);
        var refund = Assert.Single(desk.Approvals);
        Assert.Equal(
            ("refund", "Refund", "🔄", new ChannelId(100000000000000009), 2, 3, ApprovalAsker.Opener, true, true),
            (refund.Key, refund.Name, refund.Emoji, refund.Channel, refund.Needed, refund.Denials, refund.AskedBy, refund.Own, refund.Button));
        Assert.Equal([new RoleId(100000000000000007)], refund.Roles);
        Assert.Empty(refund.Called);
        Assert.Equal("id", Assert.Single(refund.Form!.Questions).Key);
        var gift = Assert.Single(desk.Departments[0].Approvals);
        Assert.Equal((1, 1, ApprovalAsker.Staff, false, false, null), (gift.Needed, gift.Denials, gift.AskedBy, gift.Own, gift.Button, gift.Form));
    }

    [Fact]
    public void The_categorys_permissions_random_names_and_one_button_are_read()
    {
        var desk = Assert.Single(Read(Whole).Desks);

        Assert.Equal((ChannelPermissions.Category, "sup-{random:5}"), (desk.Departments[0].Permissions, desk.Departments[0].Naming));
        Assert.Equal((PanelStyle.Options, "Open", "🎫"), (desk.Panels[0].Style, desk.Panels[0].Button, desk.Panels[0].Emoji));
    }

    [Theory]
    [InlineData("asked_by: opener", "asked_by: anyone", "approvals.refund.asked_by", "staff or opener")]
    [InlineData("needed: 2", "needed: 21", "approvals.refund.needed", "from 1 to 20")]
    [InlineData("roles: [\"100000000000000007\"]", "roles: [\"100000000000000001\"]", "approvals.refund.roles", "everybody would decide")]
    [InlineData("{ ask: Whose id?, format: number }", "{ ask: Whose server?, lookup: invite }", "approvals.refund.form", "Ask it plainly")]
    [InlineData("format: number }", "as: buttons, options: { a: A } }", "approvals.refund.form", "Ask it plainly")]
    [InlineData("      questions:", "      place: inside\n      questions:", "approvals.refund.form.place", "Remove place")]
    [InlineData("channel: \"100000000000000009\" }", "}", "departments.support.approvals.gift.channel", "where it is decided")]
    [InlineData("{random:5}", "{random:3}", "departments.support.naming", "from 4 to 16")]
    [InlineData("permissions: category", "permissions: category\n    claim: claimer_sees", "departments.support.claim", "Keep claim or permissions")]
    [InlineData("home: { channel: \"100000000000000006\" }", "home: { channel: none }", "departments.support.permissions", "id of a channel category")]
    [InlineData("style: options, ", "", "panels.help.button", "style: options")]
    public void What_is_wrong_is_told_with_its_mend(string good, string broken, string path, string mend)
    {
        var faults = Read(Whole.Replace(good, broken, StringComparison.Ordinal)).Faults;

        Assert.Contains(faults, fault => fault.Path == path && $"{fault.Wrong} {fault.Mend}".Contains(mend, StringComparison.Ordinal));
    }

    [Fact]
    public void A_modal_has_room_for_five_questions()
    {
        var six = string.Join("\n        ", Enumerable.Range(1, 6).Select(n => $"q{n}: {{ ask: Question {n} }}"));

        Assert.Contains(Read(Whole.Replace("id: { ask: Whose id?, format: number }", six, StringComparison.Ordinal)).Faults, fault => fault.Path == "approvals.refund.form");
    }

    private static SettingsReading Read(string yaml) => SettingsFile.Read(yaml, new Dictionary<string, string>());
}
