using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class TaggingTests
{
    private static readonly Ticket Tagged = ThreadTicket with { Tags = ["refund", "Berth 7"] };

    [Theory]
    [InlineData("late", "refund,Berth 7,late")]
    [InlineData("#late", "refund,Berth 7,late")]
    [InlineData("late, #night  shift ,late", "refund,Berth 7,late,night shift")]
    [InlineData("la`te`", "refund,Berth 7,late")]
    [InlineData("REFUND, late", "refund,Berth 7,late")]
    [InlineData("@everyone", "refund,Berth 7,@everyone")]
    public void Tags_are_added_behind_those_that_are_there(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', After(new AddTags(text), Tagged, By(Sam))!.Tags));

    [Theory]
    [InlineData("refund", "Berth 7")]
    [InlineData("#berth 7", "refund")]
    [InlineData("refund,berth 7,late", "")]
    public void Tags_are_removed_whatever_their_case(string text, string left) =>
        Assert.Equal(left, string.Join(',', After(new RemoveTags(text), Tagged, By(Sam))!.Tags));

    [Fact]
    public void The_form_says_all_tags_at_once()
    {
        var form = Assert.IsType<ShowForm>(Decide(new AskForTags(), Tagged, By(Sam)).Reply).Form;
        Assert.Equal("refund, Berth 7", Assert.Single(form.Fields).Value);
        Assert.Equal(["late"], After(new SetTags("late"), Tagged, By(Sam))!.Tags);
        Assert.Empty(After(new SetTags(null), Tagged, By(Sam))!.Tags);
    }

    [Fact]
    public void A_form_sent_as_it_was_changes_nothing() =>
        Assert.Equal(
            Decision.Nothing with { Reply = Tells("tag.done", ("ticket", "#0007"), ("tags", "`refund` `Berth 7`")) },
            Decide(new SetTags("refund, Berth 7"), Tagged, By(Sam)));

    [Fact]
    public void A_change_is_shown_on_the_card_and_pings_nobody()
    {
        var decision = Decide(new AddTags("@everyone"), ThreadTicket, By(Sam) with { Interaction = Click });
        Assert.Equal([new RefreshCard()], decision.Effects);
        var words = string.Join('\n', TicketCard.Of(After(new AddTags("@everyone"), ThreadTicket, By(Sam))!, Configuration).Parts.OfType<Words>().Select(part => part.Markdown));
        Assert.Contains("**Tags** `@everyone`", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_characters_and_ten_tags_are_the_most()
    {
        Assert.Null(Decide(new AddTags(new string('t', 30)), ThreadTicket, By(Sam)).Refusal);
        Assert.Equal("tag.too_long", Decide(new AddTags(new string('t', 31)), ThreadTicket, By(Sam)).Refusal!.Code);
        Assert.Null(Decide(new AddTags("a,b,c,d,e,f,g,h"), Tagged, By(Sam)).Refusal);
        Assert.Equal("tag.too_many", Decide(new AddTags("a,b,c,d,e,f,g,h,i"), Tagged, By(Sam)).Refusal!.Code);
    }

    [Theory]
    [InlineData("refund", "tag.there")]
    [InlineData(" , ``,#", "tag.there")]
    public void What_is_there_or_nothing_cannot_be_added(string text, string code) => Assert.Equal(code, Decide(new AddTags(text), Tagged, By(Sam)).Refusal!.Code);

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        Assert.Equal(Refused("tag.unknown", "tag.unknown", ("tags", "`refund` `Berth 7`")), Decide(new RemoveTags("late"), Tagged, By(Sam)));
        Assert.Equal("tag.none", Decide(new RemoveTags("late"), ThreadTicket, By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void Neither_the_opener_nor_anybody_on_a_closed_ticket_changes_tags()
    {
        Assert.Equal("access.denied", Decide(new AddTags("x"), ThreadTicket, By(Alice)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new AddTags("x"), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new AskForTags(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }
}
