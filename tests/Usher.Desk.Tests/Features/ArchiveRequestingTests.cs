using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Closing;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ArchiveRequestingTests
{
    private static readonly Ticket Asked = ThreadTicket with { ArchiveRequest = new ArchiveRequest(Sam.User, Noon.AddMinutes(-1)) };
    private static readonly string Stamp = Asked.ArchiveRequest!.Stamp;
    private static readonly InteractionRef OnQuestion = Click with { Message = new Values.MessageId(650) };

    [Fact]
    public void Staff_asks_and_only_the_opener_is_pinged()
    {
        var decision = Decide(new RequestArchive(), ThreadTicket, By(Sam) with { Interaction = Click });
        Assert.Equal([new ArchiveRequested(Noon, Sam.User)], decision.Facts);
        Assert.Equal(Tells("archive.done", ("opener", Alice.User.Mention)), decision.Reply);
        var question = Assert.IsType<PostCard>(Assert.Single(decision.Effects));
        Assert.Equal((HomeChannel, new Mentions([Alice.User], []), PostPurpose.Line), (question.In, question.Mentions, question.Purpose));
        Assert.Contains(Alice.User.Mention, ((Words)question.Card.Parts[0]).Markdown, StringComparison.Ordinal);
        var answers = question.Card.Parts.OfType<Buttons>().Single().Row
            .Select(button => All.Rules.Trigger(Door.Button, button.Press!.Action)!.Command(new Input(button.Press.Argument, new Dictionary<string, string>(), "")));
        var stamp = new ArchiveRequest(Sam.User, Noon).Stamp;
        Assert.Equal([new AnswerArchiveRequest(true, stamp), new AnswerArchiveRequest(false, stamp)], answers);
    }

    [Fact]
    public void Typed_in_the_ticket_the_question_is_the_answer() =>
        Assert.Single(Decide(new RequestArchive(), ThreadTicket, By(Sam) with { Typed = TypedInHome }).Effects);

    [Fact]
    public void Yes_closes_by_the_opener_and_the_buttons_vanish()
    {
        var decision = Decide(new AnswerArchiveRequest(true, Stamp), Asked, By(Alice) with { Interaction = OnQuestion });
        Assert.Equal([new ArchiveAnswered(Noon, true), new TicketClosed(Noon, ClosingKind.Closed, Alice.User, "Alice", null)], decision.Facts);
        Assert.Contains(new CloseThread(HomeChannel), decision.Effects);
        Assert.Empty(Assert.IsType<ShowCard>(decision.Reply).Card.Parts.OfType<Buttons>());
    }

    [Fact]
    public void No_says_so_and_nothing_else_happens()
    {
        var decision = Decide(new AnswerArchiveRequest(false, Stamp), Asked, By(Alice) with { Interaction = OnQuestion });
        Assert.Equal([new ArchiveAnswered(Noon, false)], decision.Facts);
        Assert.Empty(decision.Effects);
        var shown = Assert.IsType<ShowCard>(decision.Reply).Card;
        Assert.Empty(shown.Parts.OfType<Buttons>());
        Assert.Equal(Say("archive.no", ("opener", Alice.User.Mention)), ((Words)shown.Parts[^1]).Markdown);
    }

    [Fact]
    public void Nobody_but_the_opener_answers()
    {
        foreach (var somebody in new[] { Bob, Sam, Mona, Ada })
            Assert.Equal(Refused("access.denied", "refusal.not_allowed", ("who", Alice.User.Mention)), Decide(new AnswerArchiveRequest(true, Stamp), Asked, By(somebody)));
    }

    [Fact]
    public void A_question_that_is_answered_or_asked_anew_is_not_answered_again()
    {
        var answered = After(new AnswerArchiveRequest(false, Stamp), Asked, By(Alice));
        Assert.Equal("archive.stale", Decide(new AnswerArchiveRequest(true, Stamp), answered, By(Alice)).Refusal!.Code);
        var anew = After(new RequestArchive(), Asked, By(Sam));
        Assert.Equal("archive.stale", Decide(new AnswerArchiveRequest(true, Stamp), anew, By(Alice)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new AnswerArchiveRequest(true, Stamp), Asked.ClosedBy(Sam), By(Alice)).Refusal!.Code);
        Assert.Null(After(new CloseTicket(null), Asked, By(Sam))!.ArchiveRequest);
    }

    [Fact]
    public void There_must_be_somebody_and_something_to_ask_about()
    {
        Assert.Equal("archive.opener_left", Decide(new RequestArchive(), ThreadTicket with { OpenerLeft = true }, By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new RequestArchive(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.opening", Decide(new RequestArchive(), OpeningTicket, By(Sam)).Refusal!.Code);
        Assert.Equal("access.denied", Decide(new RequestArchive(), ThreadTicket, By(Alice)).Refusal!.Code);
    }
}
