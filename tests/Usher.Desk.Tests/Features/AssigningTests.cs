using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class AssigningTests
{
    private static AssignTicket To(Actor member) => new(member.User, member);

    [Fact]
    public void Staff_gives_a_ticket_to_a_colleague_who_is_mentioned_once()
    {
        var line = new PostCard(HomeChannel, Card.Saying(Say("assign.line", ("member", Sue.User.Mention), ("who", Sam.User.Mention))), new Mentions([Sue.User], []), PostPurpose.Line);
        Assert.Equal(
            (Decision.That(new TicketAssigned(Noon, Sam.User, Sue.User, "Sue")) with { Reply = Tells("assign.done", ("ticket", "#0007"), ("who", Sue.User.Mention)) }).Then(new RefreshCard(), line),
            Decide(To(Sue), ThreadTicket, By(Sam) with { Interaction = Click }));
        Assert.Equal(new Claim(Sue.User, "Sue", Noon), After(To(Sue), ThreadTicket, By(Sam))!.Claim);
    }

    [Fact]
    public void Typed_in_the_ticket_the_line_there_is_the_answer() =>
        Assert.Single(Decide(To(Sue), ThreadTicket, By(Sam) with { Typed = TypedInHome }).Effects.OfType<PostCard>());

    [Fact]
    public void Whoever_gives_it_to_themselves_claims_it() =>
        Assert.Equal([new TicketClaimed(Noon, Sam.User, "Sam")], Decide(To(Sam), ThreadTicket, By(Sam)).Facts);

    [Fact]
    public void Whoever_has_it_or_a_manager_gives_it_on()
    {
        Assert.Null(Decide(To(Sue), ThreadTicket.ClaimedBy(Sam), By(Sam)).Refusal);
        Assert.Null(Decide(To(Sue), ThreadTicket.ClaimedBy(Sam), By(Mona)).Refusal);
        Assert.Equal("claim.not_yours", Decide(To(Sue), ThreadTicket.ClaimedBy(Sam), By(Sue)).Refusal!.Code);
    }

    [Fact]
    public void Managers_and_administrators_can_be_given_tickets_too()
    {
        Assert.Null(Decide(To(Mona), ThreadTicket, By(Sam)).Refusal);
        Assert.Null(Decide(To(Ada), ThreadTicket, By(Sam)).Refusal);
    }

    [Fact]
    public void Nobody_but_staff_of_the_department_can_be_given_a_ticket()
    {
        foreach (var somebody in new[] { Alice, Bob, Bill, Robot with { Roles = [SupportRole] } })
        {
            Assert.Equal(
                Refused("assign.not_staff", "assign.not_staff", ("who", somebody.User.Mention), ("staff", $"{SupportRole.Mention}, {ManagerRole.Mention}, administrators")),
                Decide(To(somebody), ThreadTicket, By(Sam)));
        }
    }

    [Fact]
    public void Nobody_of_whom_Discord_did_not_tell_can_be_given_a_ticket() =>
        Assert.Equal(Refused("assign.not_member", "assign.not_member", ("who", Sue.User.Mention)), Decide(new AssignTicket(Sue.User, null), ThreadTicket, By(Sam)));

    [Fact]
    public void What_is_theirs_already_is_not_given_again() =>
        Assert.Equal("assign.theirs", Decide(To(Sue), ThreadTicket.ClaimedBy(Sue), By(Sam)).Refusal!.Code);

    [Fact]
    public void A_closed_ticket_and_one_that_is_still_being_opened_are_not_given()
    {
        Assert.Equal("ticket.closed", Decide(To(Sue), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.opening", Decide(To(Sue), OpeningTicket, By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new AskForAssignee(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void The_opener_gives_nothing_away() => Assert.Equal("access.denied", Decide(To(Sue), ThreadTicket, By(Alice)).Refusal!.Code);

    [Fact]
    public void Without_a_name_the_members_are_offered()
    {
        var choice = Assert.Single(Assert.IsType<Tell>(Decide(new AskForAssignee(), ThreadTicket, By(Sam)).Reply).Card.Parts.OfType<Choice>());
        Assert.Equal((new Press("assign", 7), ChoiceAmong.Members), (choice.Press, choice.Among));
    }
}
