using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ClaimModeTests
{
    private static readonly Actor Beth = new() { User = new UserId(9), Name = "Beth", Roles = [BillingRole] };

    [Theory]
    [InlineData(ClaimMode.ClaimerWrites)]
    [InlineData(ClaimMode.ClaimerSees)]
    public void A_claim_keeps_the_rest_of_the_staff_out_until_it_is_given_back(ClaimMode mode)
    {
        Assert.Equal([new GuardChannel(HomeChannel, mode, [BillingRole], Bill.User, null)], Guards(new ClaimTicket(), ChannelTicket, Bill, mode));
        Assert.Equal([new GuardChannel(HomeChannel, mode, [BillingRole], null, Bill.User)], Guards(new UnclaimTicket(), Guarded(ChannelTicket, Bill, mode), Mona, mode));
        Assert.Equal([new GuardChannel(HomeChannel, mode, [BillingRole], Beth.User, Bill.User)], Guards(new AssignTicket(Beth.User, Beth), Guarded(ChannelTicket, Bill, mode), Bill, mode));
    }

    [Fact]
    public void Where_everyone_writes_and_in_threads_Discord_is_told_nothing()
    {
        Assert.Empty(Guards(new ClaimTicket(), ChannelTicket, Bill, ClaimMode.EveryoneWrites));
        Assert.Empty(Guards(new ClaimTicket(), ThreadTicket, Sam, ClaimMode.ClaimerSees));
    }

    [Fact]
    public void Managers_are_kept_out_of_nothing()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Claim = ClaimMode.ClaimerSees, Staff = [BillingRole, ManagerRole] }] };
        var guard = Assert.Single(Decide(new ClaimTicket(), ChannelTicket, By(Bill) with { Settings = settings }).Effects.OfType<GuardChannel>());
        Assert.Equal([BillingRole], guard.Staff);
    }

    [Fact]
    public void The_opener_keeps_their_place_when_they_had_the_ticket_themselves()
    {
        var own = Guarded(ChannelTicket with { Opener = Bill.User }, Bill, ClaimMode.ClaimerSees);
        Assert.Null(Assert.Single(Guards(new UnclaimTicket(), own, Bill, ClaimMode.ClaimerSees)).Former);
    }

    [Theory]
    [InlineData(ClaimMode.ClaimerSees, ClaimMode.EveryoneWrites)]
    [InlineData(ClaimMode.ClaimerWrites, ClaimMode.ClaimerSees)]
    public void What_the_settings_say_now_holds_from_the_next_claim_or_unclaim_on(ClaimMode before, ClaimMode now)
    {
        var claimed = Guarded(ChannelTicket, Bill, before);
        Assert.Equal([new GuardChannel(HomeChannel, now, [BillingRole], null, Bill.User)], Guards(new UnclaimTicket(), claimed, Bill, now));
        var settings = Configuration with { Departments = [Support, Billing with { Claim = now }] };
        Assert.Null(After(new UnclaimTicket(), claimed, By(Bill) with { Settings = settings })!.Guard);
        UserId? claimer = now == ClaimMode.EveryoneWrites ? null : Beth.User;
        Assert.Equal([new GuardChannel(HomeChannel, now, [BillingRole], claimer, Bill.User)], Guards(new AssignTicket(Beth.User, Beth), claimed, Bill, now));
    }

    [Fact]
    public void Whoever_is_given_a_ticket_sees_the_channel_before_the_words_that_call_them()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Claim = ClaimMode.ClaimerSees }] };
        var effects = Decide(new AssignTicket(Beth.User, Beth), ChannelTicket, By(Mona) with { Settings = settings }).Effects.ToList();
        Assert.InRange(effects.FindIndex(effect => effect is GuardChannel), 0, effects.FindIndex(effect => effect is PostCard { Purpose: PostPurpose.Line, In: var home } && home == HomeChannel) - 1);
    }

    private static Ticket Guarded(Ticket ticket, Actor by, ClaimMode mode) => ticket.ClaimedBy(by) with { Guard = new ChannelGuard(mode, by.User) };

    private static IEnumerable<GuardChannel> Guards(Command command, Ticket ticket, Actor actor, ClaimMode mode)
    {
        var settings = Configuration with { Departments = [Support with { Claim = mode }, Billing with { Claim = mode }] };
        return Decide(command, ticket, By(actor) with { Settings = settings }).Effects.OfType<GuardChannel>();
    }
}
