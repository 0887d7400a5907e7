using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Queueing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

/// <summary>Where a ticket goes when there is no room, and who comes before whom.</summary>
public sealed class QueueingTests
{
    private static readonly ChannelId Home = Billing.Home.Parent!.Value;
    private static readonly ChannelId Second = new(9001);
    private static readonly ChannelId Third = new(9002);
    private static readonly ChannelId Threads = new(9003);

    // What is left to try: the configured categories in turn, one that is made, threads; else it waits, or fails.
    public static TheoryData<string, ulong, FailureReason, string> WhereTo => new()
    {
        { "overflow", Home.Value, FailureReason.CategoryFull, "channel 9001" },
        { "overflow", 9001, FailureReason.CategoryFull, "channel 9002" },
        { "overflow", 9002, FailureReason.CategoryFull, "fails" },
        { "overflow", 9001, FailureReason.ChannelGone, "channel 9002" },
        { "overflow", Home.Value, FailureReason.GuildFull, "fails" },
        { "overflow create", 9002, FailureReason.CategoryFull, "room" },
        { "overflow create", 9002, FailureReason.ChannelGone, "room" },
        { "create", Home.Value, FailureReason.CategoryFull, "room" },
        { "create", Home.Value, FailureReason.ChannelGone, "fails" },
        { "create", 7777, FailureReason.CategoryFull, "room" },
        { "create threads", Home.Value, FailureReason.GuildFull, "thread" },
        { "threads", Home.Value, FailureReason.CategoryFull, "thread" },
        { "queue", Home.Value, FailureReason.CategoryFull, "waits" },
        { "queue", Home.Value, FailureReason.GuildFull, "waits" },
        { "queue", Home.Value, FailureReason.MissingPermission, "fails" },
        { "queue", Home.Value, FailureReason.ChannelGone, "fails" },
        { "create queue", Home.Value, FailureReason.GuildFull, "waits" },
        { "create queue", Home.Value, FailureReason.CategoryFull, "room" },
        { "", Home.Value, FailureReason.CategoryFull, "fails" },
    };

    [Theory]
    [MemberData(nameof(WhereTo))]
    public void A_ticket_without_room_goes_where_the_settings_say(string settings, ulong tried, FailureReason why, string expected)
    {
        var home = Billing.Home with
        {
            Overflow = settings.Contains("overflow", StringComparison.Ordinal) ? [Second, Third] : [],
            OverflowCreate = settings.Contains("create", StringComparison.Ordinal),
            OverflowQueue = settings.Contains("queue", StringComparison.Ordinal),
            OverflowThreads = settings.Contains("threads", StringComparison.Ordinal) ? Threads : null,
        };
        var effect = new CreateChannel(new ChannelId(tried), "billing-0007", "marker", [], []);

        var decided = All.Rules.Decide(new EndEffect(effect, new CannotBeDone(why, "no")), Waiting(7) with { Queue = null }, Desk(home));

        var went = decided.Decision.Effects.Select(e => e switch
        {
            CreateChannel create => $"channel {create.Category}",
            MakeRoom { Like: var like } when like == Home => "room",
            CreateThread { Parent: var parent } when parent == Threads => "thread",
            _ => null,
        }).OfType<string>().SingleOrDefault() ?? (decided.Ticket!.Queue is null ? "fails" : "waits");
        Assert.Equal(expected, went);
        Assert.Equal(expected == "fails", decided.Ticket!.Status == TicketStatus.Failed);
    }

    [Fact]
    public void Places_are_counted_among_those_who_wait_for_the_same_room()
    {
        var settings = Desk(Billing.Home).Settings;
        Ticket[] queue = [Waiting(1), Waiting(2) with { Department = "support" }, Waiting(3), Waiting(4, FailureReason.GuildFull), Waiting(5, FailureReason.GuildFull) with { Department = "support" }];

        Assert.Equal([1, 1, 2, 3, 3], queue.Select(ticket => Waitlist.PositionOf(ticket, queue, settings)));
    }

    [Fact]
    public void Who_comes_later_waits_behind_the_others_without_asking_Discord()
    {
        var context = Desk(Billing.Home with { OverflowQueue = true }) with { Actor = Bob, Interaction = Click, NextNumber = 8, Queue = [Waiting(7)] };

        var decided = All.Rules.Decide(new OpenTicket("billing"), null, context);

        Assert.Empty(decided.Decision.Effects);
        Assert.Equal(new QueuePlace(Noon, Why: null), decided.Ticket!.Queue);
    }

    [Fact]
    public void What_is_being_tried_is_not_tried_twice() =>
        Assert.Equal(Decision.Nothing, All.Rules.Decide(new TryQueued(), Waiting(7) with { Queue = new QueuePlace(Noon, null, 1, IsTried: true) }, Desk(Billing.Home)).Decision);

    [Fact]
    public void Whoever_left_while_the_channel_was_made_keeps_none()
    {
        var left = All.Rules.Decide(new LeaveQueue(), Waiting(7) with { Queue = new QueuePlace(Noon, null, 1, IsTried: true) }, Desk(Billing.Home) with { Actor = Alice, Interaction = Click }).Ticket!;

        var decided = All.Rules.Decide(new EndEffect(new CreateChannel(Home, "n", "t", [], []), new Done(new ChannelId(5))), left, Desk(Billing.Home));

        Assert.Equal(TicketStatus.Failed, decided.Ticket!.Status);
        Assert.Equal([new DeleteChannel(new ChannelId(5))], decided.Decision.Effects);
    }

    [Fact]
    public void Only_the_opener_and_staff_leave_for_them() =>
        Assert.Equal("access.denied", All.Rules.Decide(new LeaveQueue(), Waiting(7), Desk(Billing.Home) with { Actor = Bob }).Decision.Refusal!.Code);

    private static Context Desk(HomeSettings home) => By(Actor.Desk) with { Settings = Configuration with { Departments = [Support, Billing with { Home = home }] } };

    private static Ticket Waiting(long number, FailureReason why = FailureReason.CategoryFull) => ChannelTicket with
    {
        Number = number,
        Status = TicketStatus.Opening,
        Home = new Home(HomeKind.Channel),
        Card = null,
        Queue = new QueuePlace(Noon, why, 1),
    };
}
