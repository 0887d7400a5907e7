using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests;

public sealed class AccessTests
{
    private static readonly Dictionary<string, Actor> Actors = new()
    {
        ["opener"] = Alice,
        ["stranger"] = Bob,
        ["staff"] = Sam,
        ["staff elsewhere"] = Bill,
        ["manager"] = Mona,
        ["administrator"] = Ada,
        ["key of support"] = Key(false, "support"),
        ["key of billing"] = Key(false, "billing"),
        ["key of a manager"] = Key(true),
        ["key of nothing"] = Key(false),
        ["desk"] = Actor.Desk,
    };

    private static Actor Key(bool manager, params ReadOnlySpan<string> departments) => new() { User = new Values.UserId(900), Name = "CRM", Standing = new Standing(manager, [.. departments]) };

    // Who may, on Alice's ticket in support; everybody else may not.
    private static readonly Dictionary<Permission, string[]> OnTicket = new()
    {
        [Permission.Anyone] = ["opener", "stranger", "staff", "staff elsewhere", "manager", "administrator", "key of support", "key of billing", "key of a manager", "key of nothing", "desk"],
        [Permission.Opener] = ["opener", "desk"],
        [Permission.OpenerOrStaff] = ["opener", "staff", "manager", "administrator", "key of support", "key of a manager", "desk"],
        [Permission.Staff] = ["staff", "manager", "administrator", "key of support", "key of a manager", "desk"],
        [Permission.Manager] = ["manager", "administrator", "key of a manager", "desk"],
        [Permission.Privacy] = ["manager", "administrator", "key of a manager", "desk"],
        [Permission.Desk] = ["desk"],
    };

    private static readonly Dictionary<Permission, string[]> OnDesk = new()
    {
        [Permission.Anyone] = OnTicket[Permission.Anyone],
        [Permission.Opener] = ["desk"],
        [Permission.OpenerOrStaff] = ["staff", "staff elsewhere", "manager", "administrator", "key of support", "key of billing", "key of a manager", "desk"],
        [Permission.Staff] = ["staff", "staff elsewhere", "manager", "administrator", "key of support", "key of billing", "key of a manager", "desk"],
        [Permission.Manager] = OnTicket[Permission.Manager],
        [Permission.Privacy] = OnTicket[Permission.Privacy],
        [Permission.Desk] = OnTicket[Permission.Desk],
    };

    public static TheoryData<Permission, string, bool> Table
    {
        get
        {
            var table = new TheoryData<Permission, string, bool>();
            foreach (var permission in Enum.GetValues<Permission>())
            {
                foreach (var actor in Actors.Keys)
                {
                    table.Add(permission, actor, true);
                    table.Add(permission, actor, false);
                }
            }
            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Everybody_may_what_the_table_says(Permission permission, string actor, bool onTicket)
    {
        var allowed = (onTicket ? OnTicket : OnDesk)[permission].Contains(actor);
        Assert.Equal(allowed, Access.Allows(permission, Actors[actor], Configuration, onTicket ? ThreadTicket : null));
    }

    [Fact]
    public void Whom_the_settings_entrust_with_privacy_may_that_and_no_more()
    {
        var entrusting = Configuration with { Privacy = new Settings.PrivacySettings { Roles = [BillingRole] } };

        Assert.True(Access.Allows(Permission.Privacy, Bill, entrusting, null));
        Assert.False(Access.Allows(Permission.Manager, Bill, entrusting, null));
        Assert.False(Access.Allows(Permission.Privacy, Sam, entrusting, null));
    }

    [Fact]
    public void When_the_department_is_gone_managers_and_administrators_are_left()
    {
        var settings = Configuration with { Departments = [Billing] };
        Assert.False(Access.IsStaff(Sam, settings, ThreadTicket));
        Assert.False(Access.IsStaff(Bill, settings, ThreadTicket));
        Assert.True(Access.IsStaff(Mona, settings, ThreadTicket));
        Assert.True(Access.IsStaff(Ada, settings, ThreadTicket));
    }

    [Theory]
    [InlineData(Permission.Opener, "<@1>")]
    [InlineData(Permission.OpenerOrStaff, "<@1> and staff (<@&201>, <@&203>, administrators)")]
    [InlineData(Permission.Staff, "<@&201>, <@&203>, administrators")]
    [InlineData(Permission.Manager, "<@&203>, administrators")]
    public void A_refusal_says_who_could(Permission permission, string who) =>
        Assert.Equal(who, Access.WhoCould(permission, Language.English, Configuration, ThreadTicket));

    [Fact]
    public void Without_a_ticket_staff_is_that_of_every_department() =>
        Assert.Equal("<@&201>, <@&202>, <@&203>, administrators", Access.WhoCould(Permission.Staff, Language.English, Configuration, null));

    [Fact]
    public void Only_who_may_gets_through_the_door_whatever_the_command()
    {
        foreach (var rule in Usher.Desk.Features.All.Features.SelectMany(feature => feature.Commands))
        {
            var command = (Engine.Command)Sample.Of(rule.Command, sparse: false);
            Ticket? ticket = rule.NeedsTicket ? ThreadTicket : null;
            foreach (var actor in Actors.Values)
            {
                var denied = Decide(command, ticket, By(actor)).Refusal?.Code == "access.denied";
                Assert.Equal(!Access.Allows(rule.Permission, actor, Configuration, ticket), denied);
            }
        }
    }
}
