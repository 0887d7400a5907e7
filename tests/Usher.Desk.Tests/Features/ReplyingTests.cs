using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;
using Reply = Usher.Desk.Features.Replying.Reply;

namespace Usher.Desk.Tests.Features;

public sealed class ReplyingTests
{
    private static readonly Ticket Answered = ThreadTicket with { WaitsForStaff = false, FirstResponseAt = Noon };
    private static readonly PostCard Post =
        new(HomeChannel, Card.Saying("<@1> **<@3>:** We look into it"), new Mentions([Alice.User], []), PostPurpose.Line);

    [Fact]
    public void Staffs_first_words_are_the_first_response()
    {
        Assert.Equal(Decision.That(new StaffReplied(Noon)), Decide(new HearMessage(), ThreadTicket, By(Sam)));
        var after = After(new HearMessage(), ThreadTicket, By(Sam) with { Now = Noon.AddMinutes(5) })!;
        Assert.Equal((false, Noon.AddMinutes(5), Noon.AddMinutes(5)), (after.WaitsForStaff, after.WaitingSince, after.FirstResponseAt));
    }

    [Fact]
    public void The_first_response_stays_the_first()
    {
        var waiting = After(new HearMessage(), Answered, By(Alice) with { Now = Noon.AddHours(1) });
        Assert.True(waiting!.WaitsForStaff);
        Assert.Equal(Noon, After(new HearMessage(), waiting, By(Sam) with { Now = Noon.AddHours(2) })!.FirstResponseAt);
    }

    [Fact]
    public void Only_a_change_of_whose_turn_it_is_is_a_fact()
    {
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), ThreadTicket, By(Alice)));
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), Answered, By(Sam)));
        Assert.Equal(Decision.That(new OpenerReplied(Noon)), Decide(new HearMessage(), Answered, By(Alice)));
    }

    [Fact]
    public void Bots_strangers_and_what_is_said_after_the_end_change_nothing()
    {
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), ThreadTicket, By(Robot)));
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), ThreadTicket, By(Sam with { IsBot = true })));
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), ThreadTicket, By(Bob)));
        Assert.Equal(Decision.Nothing, Decide(new HearMessage(), ThreadTicket.ClosedBy(Sam), By(Alice)));
    }

    [Fact]
    public void A_reply_by_command_names_its_writer_and_pings_the_opener() =>
        Assert.Equal(
            (Decision.That(new StaffReplied(Noon)) with { Reply = Tells("reply.done") }).Then(Post),
            Decide(new Reply("We look into it"), ThreadTicket, By(Sam) with { Interaction = Click }));

    [Fact]
    public void A_reply_typed_in_the_ticket_takes_the_place_of_the_command() =>
        Assert.Equal(
            Decision.Nothing.Then(Post, new DeleteMessage(HomeChannel, TypedInHome.Message)),
            Decide(new Reply("We look into it"), Answered, By(Sam) with { Typed = TypedInHome }));

    [Fact]
    public void Words_that_look_like_places_are_words()
    {
        var post = Decide(new Reply("{who} {opener} @everyone"), ThreadTicket, By(Sam)).Effects.OfType<PostCard>().Single();
        Assert.Equal((Card.Saying("<@1> **<@3>:** {who} {opener} @everyone"), new Mentions([Alice.User], [])), (post.Card, post.Mentions));
    }

    [Fact]
    public void A_reply_that_is_too_long_closed_too_early_or_homeless_is_refused()
    {
        Assert.Equal(Refused("reply.too_long", "reply.too_long", ("most", "3800")), Decide(new Reply(new string('x', 3801)), ThreadTicket, By(Sam)));
        Assert.Equal(Refused("ticket.closed", "refusal.closed"), Decide(new Reply("x"), ThreadTicket.ClosedBy(Sam), By(Sam)));
        Assert.Equal(Refused("ticket.opening", "refusal.opening"), Decide(new Reply("x"), OpeningTicket, By(Sam)));
        Assert.Equal(Refused("ticket.no_home", "refusal.no_home"), Decide(new Reply("x"), ThreadTicket with { Home = ThreadTicket.Home with { Gone = true } }, By(Sam)));
        Assert.Equal("access.denied", Decide(new Reply("x"), ThreadTicket, By(Alice)).Refusal!.Code);
    }
}
