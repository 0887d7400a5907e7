using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ClaimingTests
{
    private static readonly Ticket Sams = ThreadTicket.ClaimedBy(Sam);

    [Fact]
    public void A_click_on_the_card_is_answered_by_the_card_and_costs_no_call() =>
        Assert.Equal(
            Decision.That(new TicketClaimed(Noon, Sam.User, "Sam")) with { Reply = new ShowTicket() },
            Decide(new ClaimTicket(), ThreadTicket, By(Sam) with { Interaction = CardClick }));

    [Fact]
    public void A_slash_command_is_answered_in_words_and_the_card_is_edited() =>
        Assert.Equal(
            (Decision.That(new TicketClaimed(Noon, Sam.User, "Sam")) with { Reply = Tells("claim.done", ("ticket", "#0007")) }).Then(new RefreshCard()),
            Decide(new ClaimTicket(), ThreadTicket, By(Sam) with { Interaction = Click }));

    [Fact]
    public void A_typed_command_is_answered_where_it_was_typed() =>
        Assert.Equal(
            Decision.That(new TicketClaimed(Noon, Sam.User, "Sam")).Then(
                new RefreshCard(),
                new PostCard(HomeChannel, Tells("claim.done", ("ticket", "#0007")).Card, Cards.Mentions.None, PostPurpose.Line)),
            Decide(new ClaimTicket(), ThreadTicket, By(Sam) with { Typed = TypedInHome }));

    [Fact]
    public void A_ticket_that_is_yours_is_yours_already() =>
        Assert.Equal(Refused("claim.yours", "claim.yours"), Decide(new ClaimTicket(), Sams, By(Sam)));

    [Fact]
    public void A_ticket_that_is_taken_stays_with_whoever_has_it()
    {
        Assert.Equal(Refused("claim.taken", "claim.taken", ("who", Sam.User.Mention)), Decide(new ClaimTicket(), Sams, By(Sue)));
        Assert.Equal(Refused("claim.taken", "claim.taken", ("who", Sam.User.Mention)), Decide(new ClaimTicket(), Sams, By(Ada)));
    }

    [Fact]
    public void A_closed_ticket_is_neither_taken_nor_given_back()
    {
        Assert.Equal(Refused("ticket.closed", "refusal.closed"), Decide(new ClaimTicket(), ThreadTicket.ClosedBy(Sam), By(Sam)));
        Assert.Equal(Refused("ticket.closed", "refusal.closed"), Decide(new UnclaimTicket(), Sams.ClosedBy(Sam), By(Sam)));
    }

    [Fact]
    public void Whoever_has_it_a_manager_or_an_administrator_gives_it_back()
    {
        foreach (var actor in new[] { Sam, Mona, Ada })
            Assert.Equal(Decision.That(new TicketUnclaimed(Noon, actor.User)) with { Reply = new ShowTicket() }, Decide(new UnclaimTicket(), Sams, By(actor) with { Interaction = CardClick }));
    }

    [Fact]
    public void Another_of_staff_does_not_and_is_told_who_could() =>
        Assert.Equal(
            Refused("claim.not_yours", "claim.not_yours", ("who", Sam.User.Mention), ("managers", $"{ManagerRole.Mention}, administrators")),
            Decide(new UnclaimTicket(), Sams, By(Sue)));

    [Fact]
    public void What_nobody_has_cannot_be_given_back() =>
        Assert.Equal(Refused("claim.none", "claim.none"), Decide(new UnclaimTicket(), ThreadTicket, By(Sam)));

    [Fact]
    public void Staff_of_another_department_is_refused_and_told_who_could() =>
        Assert.Equal(
            Refused("access.denied", "refusal.not_allowed", ("who", $"{SupportRole.Mention}, {ManagerRole.Mention}, administrators")),
            Decide(new ClaimTicket(), ThreadTicket, By(Bill)));

    [Fact]
    public void Outside_a_ticket_there_is_nothing_to_take() =>
        Assert.Equal(Refused("ticket.none", "refusal.no_ticket"), Decide(new ClaimTicket(), null, By(Sam)));

    [Fact]
    public void Of_two_who_click_at_once_the_second_finds_it_taken()
    {
        var after = After(new ClaimTicket(), ThreadTicket, By(Sam));
        Assert.Equal("claim.taken", Decide(new ClaimTicket(), after, By(Sue)).Refusal!.Code);
        Assert.Equal(new Claim(Sam.User, "Sam", Noon), after!.Claim);
        Assert.Null(After(new UnclaimTicket(), after, By(Mona))!.Claim);
    }

    [Fact]
    public void Permission_is_asked_of_the_roles_of_the_moment() =>
        Assert.Equal("access.denied", Decide(new UnclaimTicket(), Sams, By(Sam with { Roles = [] })).Refusal!.Code);
}
