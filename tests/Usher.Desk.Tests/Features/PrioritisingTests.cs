using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class PrioritisingTests
{
    [Theory]
    [InlineData("critical", Priority.Critical)]
    [InlineData("High", Priority.High)]
    [InlineData(" medium ", Priority.Medium)]
    [InlineData("LOW", Priority.Low)]
    public void Staff_says_how_urgent_a_ticket_is(string level, Priority priority)
    {
        var name = Say($"choice.{Priorities.NameOf(priority)}");
        Assert.Equal(
            (Decision.That(new PrioritySet(Noon, Sam.User, priority)) with { Reply = Tells("priority.done", ("ticket", "#0007"), ("priority", name)) }).Then(new RefreshCard()),
            Decide(new SetPriority(level), ThreadTicket, By(Sam) with { Interaction = Click }));
    }

    [Fact]
    public void Each_priority_is_found_again_by_its_name() =>
        Assert.All(Enum.GetValues<Priority>(), priority => Assert.Equal(priority, Priorities.Named(Priorities.NameOf(priority))));

    [Theory]
    [InlineData("urgent")]
    [InlineData("1")]
    [InlineData("")]
    public void A_level_that_there_is_not_is_refused_with_those_that_there_are(string level) =>
        Assert.Equal(
            Refused("priority.unknown", "priority.unknown", ("levels", "critical, high, medium, low")),
            Decide(new SetPriority(level), ThreadTicket, By(Sam)));

    [Fact]
    public void What_is_so_already_is_not_set_again() =>
        Assert.Equal("priority.same", Decide(new SetPriority("high"), ThreadTicket with { Priority = Priority.High }, By(Sam)).Refusal!.Code);

    [Fact]
    public void A_closed_ticket_is_not_sorted_any_more()
    {
        Assert.Equal("ticket.closed", Decide(new SetPriority("high"), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new AskForPriority(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void Its_opener_does_not_say_how_urgent_it_is() =>
        Assert.Equal("access.denied", Decide(new SetPriority("critical"), ThreadTicket, By(Alice)).Refusal!.Code);

    [Fact]
    public void Each_option_of_the_select_sets_its_priority_and_the_present_one_is_chosen()
    {
        var ticket = ThreadTicket with { Priority = Priority.Medium };
        var choice = Assert.Single(Assert.IsType<Tell>(Decide(new AskForPriority(), ticket, By(Sam)).Reply).Card.Parts.OfType<Choice>());
        var commands = choice.Options.Select(option => Press.Parse(option.Value)!)
            .Select(press => All.Rules.Trigger(Door.Button, press.Action)!.Command(new Input(press.Argument, new Dictionary<string, string>(), "")));
        Assert.Equal([new SetPriority("critical"), new SetPriority("high"), new SetPriority("medium"), new SetPriority("low")], commands);
        Assert.Equal([false, false, true, false], choice.Options.Select(option => option.Chosen));
    }

    [Fact]
    public void The_card_shows_it()
    {
        Assert.DoesNotContain("Priority", CardOf(ThreadTicket), StringComparison.Ordinal);
        Assert.Contains("**Priority** 🔴 Critical", CardOf(ThreadTicket with { Priority = Priority.Critical }), StringComparison.Ordinal);
    }

    private static string CardOf(Ticket ticket) => string.Join('\n', TicketCard.Of(ticket, Configuration).Parts.OfType<Words>().Select(words => words.Markdown));
}
