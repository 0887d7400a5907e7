using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Button = Usher.Desk.Cards.Button;

namespace Usher.Desk.Tests.Features;

public sealed class TranscribingTests
{
    private static readonly Button Transcript = new("Transcript", null, Link: "https://desk.example/api/ticket/dice");
    private static readonly Button Reopen = new("Reopen", new Press("reopen", 7), Emoji: "🔓");

    [Fact]
    public void Staff_reads_who_opened_who_closed_when_and_why_with_the_transcript()
    {
        var ticket = ThreadTicket.ClaimedBy(Sue) with { Notes = [new Note(Sue.User, "Sue", "hidden", Noon)] };
        var when = Moment.Full(Noon);
        var card = new Card(
        [
            new Words("### Support #0007"),
            new Words($"**Opened by** <@1>, {when}\n**Closed by** <@3> {when}\n**Taken on by** <@4>\n**Reason** Solved\n**Notes** 1"),
            new Buttons([Transcript, Reopen]),
        ]);
        Assert.Equal(new PostCard(LogChannel, card, Mentions.None, PostPurpose.Log, WithTranscript: true), Log(Close(ticket, "Solved")));
    }

    [Fact]
    public void The_opener_gets_it_by_direct_message_in_their_own_language()
    {
        var message = Message(Close(ThreadTicket with { OpenerLanguage = Language.French }, "Résolu"))!;
        Assert.Equal((Alice.User, true), (message.To, message.WithTranscript));
        var expected = Language.French.Say("farewell.Closed", ("ticket", "#0007")) + "\n" + Language.French.Say("card.reason", ("reason", "Résolu"));
        Assert.Equal(new Words(expected), message.Card.Parts[1]);
    }

    [Fact]
    public void A_button_in_a_direct_message_names_its_guild() =>
        Assert.Contains(Message(Close(ThreadTicket))!.Card.Parts.OfType<Buttons>().Single().Row, button => button.Press == new Press("reopen", 7, null, Guild));

    [Fact]
    public void What_cannot_be_reopened_offers_no_button_for_it()
    {
        Assert.Equal<ValueList<Button>>([Transcript], Log(Close(ChannelTicket))!.Card.Parts.OfType<Buttons>().Single().Row);
        var lost = Decide(new LoseHome(HomeChannel), ThreadTicket, By(Actor.Desk));
        Assert.Equal<ValueList<Button>>([Transcript], Log(lost)!.Card.Parts.OfType<Buttons>().Single().Row);
    }

    [Fact]
    public void Without_a_public_address_there_is_no_link_that_Discord_would_refuse()
    {
        var decision = Decide(new CloseTicket(null), ChannelTicket, By(Bill) with { PublicAddress = "" });
        Assert.Empty(Log(decision)!.Card.Parts.OfType<Buttons>());
    }

    [Fact]
    public void An_opener_who_left_gets_no_message() => Assert.Null(Message(Close(ThreadTicket with { OpenerLeft = true })));

    [Fact]
    public void Without_a_log_channel_only_the_opener_is_told()
    {
        var decision = Decide(new CloseTicket(null), ThreadTicket, By(Sam) with { Settings = Configuration with { LogChannel = null } });
        Assert.Null(Log(decision));
        Assert.NotNull(Message(decision));
    }

    [Theory]
    [InlineData(FailureReason.DirectMessagesClosed)]
    [InlineData(FailureReason.UserGone)]
    public void That_the_opener_was_not_reached_is_told_to_staff(FailureReason reason)
    {
        var text = Say("farewell.unreached", ("opener", "<@1>"), ("ticket", "#0007"), ("why", Say($"failure.staff.{reason}")));
        Assert.Equal(
            Decision.Nothing.Then(new PostCard(LogChannel, Card.Saying(text), Mentions.None, PostPurpose.Log)),
            Ended(Message(Close(ThreadTicket))!, Cannot(reason), ThreadTicket.ClosedBy(Sam)));
    }

    [Fact]
    public void Another_message_that_does_not_arrive_is_not_taken_for_the_transcript() =>
        Assert.Equal(Decision.Nothing, Ended(new SendDirectMessage(Alice.User, Card.Saying("x")), Cannot(FailureReason.UserGone), ThreadTicket));

    [Fact]
    public void A_cancelled_ticket_says_farewell_as_one() =>
        Assert.Equal(
            new Words(Say("farewell.Cancelled", ("ticket", "#0007"))),
            Message(Decide(new CancelTicket(), ThreadTicket, By(Alice)))!.Card.Parts[1]);

    private static Decision Close(Ticket ticket, string? reason = null) => Decide(new CloseTicket(reason), ticket, By(Sam with { Roles = [SupportRole, BillingRole] }));

    private static PostCard? Log(Decision decision) => decision.Effects.OfType<PostCard>().SingleOrDefault(post => post.Purpose == PostPurpose.Log);

    private static SendDirectMessage? Message(Decision decision) => decision.Effects.OfType<SendDirectMessage>().SingleOrDefault();
}
