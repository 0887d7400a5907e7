using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Leaving;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class LeavingTests
{
    private static readonly string Line = Say("leave.line", ("opener", Alice.User.Mention));

    [Fact]
    public void Staff_reads_that_the_opener_left() =>
        Assert.Equal(
            Decision.That(new OpenerLeft(Noon)).Then(new RefreshCard(), new PostCard(HomeChannel, Card.Saying(Line), Mentions.None, PostPurpose.Line)),
            Decide(new SeeOpenerLeave(), ThreadTicket, By(Actor.Desk)));

    [Fact]
    public void Whoever_has_the_ticket_is_pinged_by_name()
    {
        var post = Decide(new SeeOpenerLeave(), ThreadTicket.ClaimedBy(Sam), By(Actor.Desk)).Effects.OfType<PostCard>().Single();
        Assert.Equal((Card.Saying($"<@3> {Line}"), new Mentions([Sam.User], [])), (post.Card, post.Mentions));
    }

    [Fact]
    public void Leaving_twice_or_after_the_end_is_no_news()
    {
        Assert.Equal(Decision.Nothing, Decide(new SeeOpenerLeave(), ThreadTicket with { OpenerLeft = true }, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeOpenerLeave(), ThreadTicket.ClosedBy(Sam), By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeOpenerReturn(), ThreadTicket, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeOpenerReturn(), ThreadTicket.ClosedBy(Sam) with { OpenerLeft = true }, By(Actor.Desk)));
    }

    [Fact]
    public void While_the_home_is_being_made_it_is_only_remembered()
    {
        Assert.Equal(Decision.That(new OpenerLeft(Noon)), Decide(new SeeOpenerLeave(), OpeningTicket, By(Actor.Desk)));
        Assert.Equal(Decision.That(new OpenerReturned(Noon)), Decide(new SeeOpenerReturn(), OpeningTicket with { OpenerLeft = true }, By(Actor.Desk)));
    }

    [Fact]
    public void Whoever_returns_is_let_into_the_home_again()
    {
        Assert.Equal(
            Decision.That(new OpenerReturned(Noon)).Then(new RefreshCard(), new AddThreadMember(HomeChannel, Alice.User)),
            Decide(new SeeOpenerReturn(), ThreadTicket with { OpenerLeft = true }, By(Actor.Desk)));
        Assert.Equal(
            Decision.That(new OpenerReturned(Noon)).Then(new RefreshCard(), new ShowChannelTo(HomeChannel, Alice.User)),
            Decide(new SeeOpenerReturn(), ChannelTicket with { OpenerLeft = true }, By(Actor.Desk)));
    }

    [Fact]
    public void A_leaver_found_by_accident_is_a_leaver()
    {
        var expected = Decide(new SeeOpenerLeave(), ThreadTicket, By(Actor.Desk));
        Assert.Equal(expected, Ended(new AddThreadMember(HomeChannel, Alice.User), Cannot(FailureReason.UserGone), ThreadTicket));
        Assert.Equal(expected, Ended(new ShowChannelTo(HomeChannel, Alice.User), Cannot(FailureReason.UserGone), ThreadTicket));
        Assert.Equal(Decision.Nothing, Ended(new AddThreadMember(HomeChannel, Bob.User), Cannot(FailureReason.UserGone), ThreadTicket));
    }

    [Fact]
    public void Who_left_is_not_in_the_thread()
    {
        var after = After(new SeeOpenerLeave(), ThreadTicket, By(Actor.Desk))!;
        Assert.Equal((true, false), (after.OpenerLeft, after.OpenerIsIn));
        Assert.False(After(new SeeOpenerReturn(), after, By(Actor.Desk))!.OpenerLeft);
    }
}
