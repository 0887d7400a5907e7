using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Reopening;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class RatingTests
{
    private static readonly Ticket Closed = ThreadTicket.ClaimedBy(Sue).ClosedBy(Sam);

    [Fact]
    public void The_opener_rates_a_closed_ticket_for_whoever_had_it()
    {
        var context = By(Alice) with { Interaction = Click, Now = Noon.AddDays(3) };
        var decision = Decide(new RateTicket(4, "Slow, but kind"), Closed, context);

        Assert.Equal([new TicketRated(context.Now, 4, "Slow, but kind")], decision.Facts);
        Assert.Equal(Tells("rate.done", ("ticket", "#0007"), ("stars", "★★★★☆"), ("when", Moment.Full(Noon.AddDays(30)))) with { Secret = true }, decision.Reply);
        Assert.Equal(new TicketRating(4, "Slow, but kind", context.Now, "support", Sue.User), After(new RateTicket(4, "Slow, but kind"), Closed, context)!.Rating);
    }

    [Fact]
    public void It_can_be_changed_and_said_twice_it_is_true_once()
    {
        var rated = After(new RateTicket(4, null), Closed, By(Alice))!;
        Assert.Empty(Decide(new RateTicket(4, null), rated, By(Alice)).Facts);
        Assert.Equal(1, After(new RateTicket(1, null), rated, By(Alice))!.Rating!.Score);
        Assert.Equal("I see now", After(new RateTicket(4, "I see now"), rated, By(Alice))!.Rating!.Comment);
        // What goes on keeps what was said of it until then.
        Assert.Equal(4, After(new ReopenTicket(), rated, By(Alice))!.Rating!.Score);
    }

    /// <summary>The score, how long the comment is, how many days after the closing (null: it is open); why not.</summary>
    [Theory]
    [InlineData(0, 0, 1, "rate.score")]
    [InlineData(6, 0, 1, "rate.score")]
    [InlineData(-1, 0, 1, "rate.score")]
    [InlineData(5, 1000, 30, null)]
    [InlineData(1, 1001, 1, "rate.too_long")]
    [InlineData(5, 0, null, "rate.open")]
    [InlineData(5, 0, 31, "rate.too_late")]
    public void What_cannot_be_said_is_told(int score, int letters, int? days, string? refusal)
    {
        var ticket = days is null ? ThreadTicket : Closed;
        var decision = Decide(new RateTicket(score, letters == 0 ? null : new string('c', letters)), ticket, By(Alice) with { Now = Noon.AddDays(days ?? 0) });
        Assert.Equal(refusal, decision.Refusal?.Code);
    }

    [Fact]
    public void Nobody_rates_for_the_opener()
    {
        foreach (var actor in (Actor[])[Bob, Sam, Bill, Mona, Ada]) Assert.Equal("access.denied", Decide(new RateTicket(5, null), Closed, By(actor)).Refusal?.Code);
    }

    [Theory]
    [InlineData("5 Thank you, all", 5, "Thank you, all")]
    [InlineData("3", 3, null)]
    [InlineData("great", 0, null)]
    [InlineData("", 0, null)]
    [InlineData("٣", 0, null)]
    [InlineData("-5 x", 0, "x")]
    [InlineData("99999999999 x", 0, "x")]
    public void Typed_it_is_the_score_and_then_the_comment(string rest, int score, string? comment) =>
        Assert.Equal(new RateTicket(score, comment), All.Rules.Trigger(Door.Typed, "rate")!.Command(new Input(null, new Dictionary<string, string>(), rest)));
}
