using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ReopeningTests
{
    private static readonly Ticket Closed = ThreadTicket.ClosedBy(Sam);

    [Fact]
    public void The_opener_goes_on_with_a_thread_ticket() =>
        Assert.Equal(
            (Decision.That(new TicketReopened(Noon, Alice.User, 0)) with { Reply = Tells("reopen.done", ("ticket", HomeChannel.Mention)) }).Then(
                new ReopenThread(HomeChannel),
                new RefreshCard(),
                new PostCard(HomeChannel, Card.Saying("🔓 <@1> reopened this ticket."), Mentions.None, PostPurpose.Line),
                new AddThreadMember(HomeChannel, Alice.User)),
            Decide(new ReopenTicket(), Closed, By(Alice) with { Interaction = Click }));

    [Fact]
    public void When_staff_does_it_the_opener_is_told()
    {
        var post = Decide(new ReopenTicket(), Closed, By(Sam)).Effects.OfType<PostCard>().Single();
        Assert.Equal((Card.Saying("<@1> 🔓 <@3> reopened this ticket."), new Mentions([Alice.User], [])), (post.Card, post.Mentions));
    }

    [Fact]
    public void A_reopened_ticket_is_open_again_in_a_place_that_is_free()
    {
        var settings = Configuration with { Departments = [Support with { OpenPerMember = 2 }] };
        var after = After(new ReopenTicket(), Closed, By(Alice) with { Settings = settings, OpenTickets = [ThreadTicket with { Number = 8 }] })!;
        Assert.Equal((TicketStatus.Open, null, 1, true), (after.Status, after.Closing, after.Slot, after.WaitsForStaff));
    }

    [Fact]
    public void An_open_one_is_shown() =>
        Assert.Equal(Refused("reopen.open", "reopen.open", ("ticket", HomeChannel.Mention)), Decide(new ReopenTicket(), ThreadTicket, By(Alice)));

    [Fact]
    public void A_channel_cannot_be_reopened_and_says_plainly_why() =>
        Assert.Equal(Refused("reopen.channel", "reopen.channel"), Decide(new ReopenTicket(), ChannelTicket.ClosedBy(Bill), By(Alice)));

    [Fact]
    public void A_thread_that_is_gone_or_never_was_cannot()
    {
        Assert.Equal(Refused("reopen.gone", "reopen.gone"), Decide(new ReopenTicket(), Closed with { Home = Closed.Home with { Gone = true } }, By(Alice)));
        Assert.Equal(Refused("reopen.gone", "reopen.gone"), Decide(new ReopenTicket(), OpeningTicket with { Status = TicketStatus.Failed }, By(Alice)));
    }

    [Fact]
    public void Another_open_ticket_stands_in_the_way() =>
        Assert.Equal(
            Refused("reopen.other_open", "reopen.other_open", ("ticket", "#0007")),
            Decide(new ReopenTicket(), Closed, By(Sam) with { OpenTickets = [OpeningTicket, ChannelTicket] }));

    [Fact]
    public void One_in_another_department_does_not() =>
        Assert.Null(Decide(new ReopenTicket(), Closed, By(Sam) with { OpenTickets = [ChannelTicket] }).Refusal);

    [Fact]
    public void Without_its_opener_a_ticket_stays_closed_until_they_are_back()
    {
        var left = Closed with { OpenerLeft = true };
        Assert.Equal(Refused("reopen.opener_left", "reopen.opener_left"), Decide(new ReopenTicket(), left, By(Sam)));
        Assert.False(After(new ReopenTicket(), left, By(Alice))!.OpenerLeft);
    }

    [Fact]
    public void A_stranger_is_told_who_could() =>
        Assert.Equal("access.denied", Decide(new ReopenTicket(), Closed, By(Bob)).Refusal!.Code);

    [Fact]
    public void A_ticket_whose_department_is_gone_can_be_reopened_by_its_opener() =>
        Assert.Null(Decide(new ReopenTicket(), Closed, By(Alice) with { Settings = Configuration with { Departments = [] } }).Refusal);
}
