using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ClosingTests
{
    private const string RemoveHome = "remove-home";
    private static readonly string Line = Say("close.line.Closed", ("who", Sam.User.Mention)) + "\n**Reason** Solved";

    [Fact]
    public void The_button_asks_for_a_reason()
    {
        var reply = Decide(new AskForReason(), ThreadTicket, By(Sam)).Reply;
        var form = Assert.IsType<ShowForm>(reply).Form;
        Assert.Equal((new Press("close", 7), "Close ticket #0007"), (form.Press, form.Title));
        Assert.False(form.Fields.Single().Required);
        Assert.Equal(Refused("ticket.closed", "refusal.closed"), Decide(new AskForReason(), ThreadTicket.ClosedBy(Sam), By(Sam)));
    }

    [Fact]
    public void A_thread_says_so_and_is_then_locked_and_archived_never_deleted()
    {
        var decision = Decide(new CloseTicket("Solved"), ThreadTicket, By(Sam) with { Interaction = CardClick });
        Assert.Equal([new TicketClosed(Noon, ClosingKind.Closed, Sam.User, "Sam", "Solved")], decision.Facts);
        Assert.Equal([Post(Line), new CloseThread(HomeChannel)], decision.Effects.Take(2));
        Assert.Equal([new CancelTimers()], decision.Timers);
        Assert.Equal(new ShowTicket(), decision.Reply);
    }

    [Fact]
    public void Closing_a_thread_by_its_card_costs_two_calls_besides_the_transcripts() =>
        Assert.Equal(
            2,
            Decide(new CloseTicket(null), ThreadTicket, By(Sam) with { Interaction = CardClick }).Effects
                .Count(effect => effect is not (PostCard { WithTranscript: true } or SendDirectMessage)));

    [Fact]
    public void A_channel_counts_down_and_is_deleted_when_the_time_is_over()
    {
        var end = Noon.AddSeconds(10);
        var decision = Decide(new CloseTicket("Solved"), ChannelTicket, By(Bill) with { Interaction = CardClick });
        var line = Say("close.line.Closed", ("who", Bill.User.Mention)) + "\n**Reason** Solved\n" + Say("close.countdown", ("when", Moment.Relative(end)));
        Assert.Equal(Post(line), decision.Effects[0]);
        Assert.DoesNotContain(decision.Effects, effect => effect is DeleteChannel);
        Assert.Equal([new CancelTimers(), new SetTimer(RemoveHome, end)], decision.Timers);

        var closed = ChannelTicket.ClosedBy(Bill);
        Assert.Equal(Decision.Nothing.Then(new DeleteChannel(HomeChannel)), Decide(new FireTimer(RemoveHome), closed, By(Actor.Desk)));
        Assert.Equal(Decision.That(new HomeRemoved(Noon)), Ended(new DeleteChannel(HomeChannel), new Done(), closed));
    }

    [Fact]
    public void The_countdown_of_a_ticket_that_is_open_or_gone_does_nothing()
    {
        Assert.Equal(Decision.Nothing, Decide(new FireTimer(RemoveHome), ChannelTicket, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new FireTimer(RemoveHome), Gone(ChannelTicket.ClosedBy(Bill)), By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new FireTimer("a-timer-of-last-year"), ChannelTicket, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new FireTimer(RemoveHome), null, By(Actor.Desk)));
    }

    [Fact]
    public void A_second_close_is_told_that_it_came_late() =>
        Assert.Equal(Refused("ticket.closed", "refusal.closed"), Decide(new CloseTicket("Again"), ThreadTicket.ClosedBy(Sam), By(Sue)));

    [Fact]
    public void A_ticket_that_is_being_opened_cannot_be_closed_yet()
    {
        Assert.Equal(Refused("ticket.opening", "refusal.opening"), Decide(new CloseTicket(null), OpeningTicket, By(Sam)));
        Assert.Equal(Refused("ticket.opening", "refusal.opening"), Decide(new CancelTicket(), OpeningTicket, By(Alice)));
    }

    [Fact]
    public void The_opener_does_not_close_but_cancels()
    {
        Assert.Equal("access.denied", Decide(new CloseTicket(null), ThreadTicket, By(Alice)).Refusal!.Code);
        var decision = Decide(new CancelTicket(), ThreadTicket, By(Alice));
        Assert.Equal(new TicketClosed(Noon, ClosingKind.Cancelled, Alice.User, "Alice", null), decision.Facts.Single());
        Assert.Contains(Post(Say("close.line.Cancelled", ("who", Alice.User.Mention))), decision.Effects);
    }

    [Fact]
    public void Nobody_but_the_opener_cancels()
    {
        foreach (var actor in new[] { Bob, Sam, Mona, Ada })
            Assert.Equal(Refused("access.denied", "refusal.not_allowed", ("who", Alice.User.Mention)), Decide(new CancelTicket(), ThreadTicket, By(actor)));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void A_reason_has_a_length(int length, bool taken) =>
        Assert.Equal(taken, Decide(new CloseTicket(new string('x', length)), ThreadTicket, By(Sam)).Refusal is null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n ")]
    public void No_reason_is_no_reason(string? reason) =>
        Assert.Null(Decide(new CloseTicket(reason), ThreadTicket, By(Sam)).Facts.OfType<TicketClosed>().Single().Reason);

    [Fact]
    public void Words_of_a_reason_are_not_taken_for_places_and_ping_nobody()
    {
        var decision = Decide(new CloseTicket("{who} @everyone <@1> {when}"), ChannelTicket, By(Bill));
        var post = decision.Effects.OfType<PostCard>().First();
        Assert.Contains("**Reason** {who} @everyone <@1> {when}", ((Words)post.Card.Parts[0]).Markdown, StringComparison.Ordinal);
        Assert.All(decision.Effects.OfType<PostCard>(), posted => Assert.Equal(Mentions.None, posted.Mentions));
    }

    [Fact]
    public void After_the_thread_is_archived_nothing_is_written_in_it()
    {
        foreach (var context in new[] { By(Sam) with { Interaction = CardClick }, By(Sam) with { Interaction = Click }, By(Sam) with { Typed = TypedInHome } })
        {
            var effects = Decide(new CloseTicket("Solved"), ThreadTicket, context).Effects;
            var archived = effects.ToList().FindIndex(effect => effect is CloseThread);
            Assert.DoesNotContain(effects.Skip(archived + 1), effect => effect is RefreshCard || effect.HappensIn == HomeChannel);
        }
    }

    [Fact]
    public void A_close_typed_elsewhere_is_answered_there()
    {
        var decision = Decide(new CloseTicket(null), ThreadTicket, By(Sam) with { Typed = TypedElsewhere });
        Assert.Contains(new PostCard(Elsewhere, Tells("close.done", ("ticket", "#0007")).Card, Mentions.None, PostPurpose.Line), decision.Effects);
    }

    [Theory]
    [InlineData(HomeKind.Thread)]
    [InlineData(HomeKind.Channel)]
    public void A_home_deleted_by_hand_closes_an_open_ticket(HomeKind kind)
    {
        var ticket = kind == HomeKind.Thread ? ThreadTicket : ChannelTicket;
        var decision = Decide(new LoseHome(HomeChannel), ticket, By(Actor.Desk));
        Assert.Equal(
            [new HomeRemoved(Noon), new TicketClosed(Noon, ClosingKind.HomeDeleted, default, "Usher", null)],
            decision.Facts);
        Assert.Equal([new CancelTimers()], decision.Timers);
        Assert.DoesNotContain(decision.Effects, effect => effect.HappensIn == HomeChannel);
        Assert.Contains(decision.Effects, effect => effect is SendDirectMessage { WithTranscript: true } message && message.To == Alice.User);
    }

    [Fact]
    public void A_home_deleted_by_hand_during_the_countdown_ends_the_countdown() =>
        Assert.Equal(Decision.That(new HomeRemoved(Noon)).With(new CancelTimers()), Decide(new LoseHome(HomeChannel), ChannelTicket.ClosedBy(Bill), By(Actor.Desk)));

    [Fact]
    public void A_home_that_is_known_to_be_gone_is_no_news() =>
        Assert.Equal(Decision.Nothing, Decide(new LoseHome(HomeChannel), Gone(ThreadTicket.ClosedBy(Sam)), By(Actor.Desk)));

    [Fact]
    public void A_home_deleted_while_the_ticket_is_being_opened_ends_it()
    {
        var after = After(new LoseHome(HomeChannel), OpeningTicket, By(Actor.Desk))!;
        Assert.Equal((TicketStatus.Closed, ClosingKind.HomeDeleted), (after.Status, after.Closing!.Kind));
    }

    [Fact]
    public void A_home_found_gone_by_what_fails_in_it_closes_the_ticket_and_alerts_nobody()
    {
        var decision = Ended(new PostCard(HomeChannel, Card.Saying("x"), Mentions.None, PostPurpose.Line), Cannot(FailureReason.ChannelGone), ThreadTicket);
        Assert.Equal(Decide(new LoseHome(HomeChannel), ThreadTicket, By(Actor.Desk)), decision);
    }

    [Fact]
    public void A_channel_that_was_gone_before_it_could_be_deleted_is_gone() =>
        Assert.Equal(
            Decision.That(new HomeRemoved(Noon)).With(new CancelTimers()),
            Ended(new DeleteChannel(HomeChannel), Cannot(FailureReason.ChannelGone), ChannelTicket.ClosedBy(Bill)));

    [Fact]
    public void Another_channel_that_is_gone_closes_no_ticket() =>
        Assert.DoesNotContain(
            Ended(new PostCard(Elsewhere, Card.Saying("x"), Mentions.None, PostPurpose.Line), Cannot(FailureReason.ChannelGone), ThreadTicket).Facts,
            fact => fact is TicketClosed);

    [Fact]
    public void People_cannot_say_that_a_home_is_gone() =>
        Assert.Equal("access.denied", Decide(new LoseHome(HomeChannel), ThreadTicket, By(Ada)).Refusal!.Code);

    private static Ticket Gone(Ticket ticket) => ticket with { Home = ticket.Home with { Gone = true } };

    private static PostCard Post(string markdown) => new(HomeChannel, Card.Saying(markdown), Mentions.None, PostPurpose.Line);
}
