using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Reopening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class LimitTests
{
    private static readonly RoleId Sailor = new(900);
    private static readonly RoleId Muted = new(901);

    [Fact]
    public void All_departments_together_have_a_limit_too()
    {
        var settings = Configuration with { OpenPerMember = 1 };
        var elsewhere = By(Alice) with { Settings = settings, OpenTickets = [ChannelTicket] };
        Assert.Equal(Refused("open.limit", "open.limit", ("count", "1"), ("tickets", HomeChannel.Mention)), Decide(new OpenTicket("support"), null, elsewhere));
        Assert.Null(Decide(new OpenTicket("support"), null, elsewhere with { Settings = settings with { OpenPerMember = 2 } }).Refusal);
        Assert.Null(Decide(new OpenTicket("support"), null, elsewhere with { Settings = Configuration }).Refusal);
        Assert.Equal("open.limit", Decide(new ReopenTicket(), ThreadTicket.ClosedBy(Sam), elsewhere).Refusal!.Code);
    }

    public static TheoryData<int, int?, int, bool> Cooldowns => new()
    {
        // Minutes since the last opening and since the last closing, the cooldown's minutes, whether the next may be opened.
        { 9, null, 10, false },
        { 10, null, 10, true },
        { 60, 9, 10, false },
        { 60, 10, 10, true },
        { 9, 60, 10, false },
        { 1, 1, 0, true },
    };

    [Theory]
    [MemberData(nameof(Cooldowns))]
    public void The_next_ticket_waits_for_the_cooldown_since_the_last_opening_or_closing(int opened, int? closed, int cooldown, bool may)
    {
        var context = By(Alice) with
        {
            Settings = Configuration with { Departments = [Support with { Cooldown = TimeSpan.FromMinutes(cooldown) }, Billing] },
            LatestTickets = [new LatestTicket("support", Noon.AddMinutes(-opened), closed is { } minutes ? Noon.AddMinutes(-minutes) : null)],
        };
        var refusal = Decide(new OpenTicket("support"), null, context).Refusal;
        var free = Noon.AddMinutes(cooldown - Math.Min(opened, closed ?? opened));
        Assert.Equal(may ? null : Refused("open.cooldown", "open.cooldown", ("department", "Support"), ("when", Moment.Relative(free))).Refusal, refusal);
        Assert.Null(Decide(new OpenTicket("billing"), null, context).Refusal);
    }

    [Fact]
    public void Only_members_with_one_of_the_required_roles_open_tickets()
    {
        var settings = Configuration with { Departments = [Support with { RequiredRoles = [Sailor, SupportRole] }] };
        Assert.Equal(
            Refused("open.role_required", "open.role_required", ("roles", $"{Sailor.Mention}, {SupportRole.Mention}"), ("department", "Support")),
            Decide(new OpenTicket("support"), null, By(Alice) with { Settings = settings }));
        Assert.Null(Decide(new OpenTicket("support"), null, By(Alice with { Roles = [Sailor] }) with { Settings = settings }).Refusal);
    }

    [Fact]
    public void Members_with_a_blocked_role_open_none()
    {
        var settings = Configuration with { Departments = [Support with { BlockedRoles = [Muted] }] };
        Assert.Equal(
            Refused("open.role_blocked", "open.role_blocked", ("role", Muted.Mention), ("department", "Support")),
            Decide(new OpenTicket("support"), null, By(Alice with { Roles = [Sailor, Muted] }) with { Settings = settings }));
        Assert.Null(Decide(new OpenTicket("support"), null, By(Alice with { Roles = [Sailor] }) with { Settings = settings }).Refusal);
    }
}
