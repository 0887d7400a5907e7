using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Acting;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Deleting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class DeletingTests
{
    private static readonly DeskSettings Allowing = Configuration with { Departments = [Support with { DeleteThreads = true }, Billing] };

    [Fact]
    public void A_manager_is_asked_first_and_nothing_is_done_yet()
    {
        var decision = Decide(new DeleteTicket(), ChannelTicket, By(Mona));
        Assert.Equal((0, 0, 0), (decision.Facts.Count, decision.Effects.Count, decision.Timers.Count));
        Assert.Equal(["delete", "keep"], Assert.IsType<Tell>(decision.Reply).Card.Parts.OfType<Buttons>().Single().Row.Select(button => button.Press!.Action));
    }

    [Fact]
    public void Confirmed_an_open_ticket_is_closed_first_and_its_transcript_handed_over()
    {
        var decision = Decide(new ConfirmDeletion(), ChannelTicket, By(Mona));
        Assert.Equal([new DeletionOrdered(Noon, Mona.User), new TicketClosed(Noon, ClosingKind.Deleted, Mona.User, "Mona", null)], decision.Facts);
        Assert.Contains(decision.Effects, effect => effect is PostCard { WithTranscript: true, Purpose: PostPurpose.Log });
        Assert.Contains(decision.Effects, effect => effect is SendDirectMessage { WithTranscript: true });
        Assert.DoesNotContain(decision.Effects, effect => effect is DeleteChannel);
        Assert.Equal([new CancelTimers(), new SetTimer("remove-home", Noon)], decision.Timers);
        var closed = After(new ConfirmDeletion(), ChannelTicket, By(Mona));
        Assert.Equal([new DeleteChannel(HomeChannel)], Decide(new FireTimer("remove-home"), closed, By(Actor.Desk)).Effects);
    }

    [Fact]
    public void A_thread_is_deleted_only_where_the_department_allows_it()
    {
        Assert.Equal(Refused("delete.thread", "delete.thread"), Decide(new DeleteTicket(), ThreadTicket, By(Mona)));
        Assert.Equal(Refused("delete.thread", "delete.thread"), Decide(new ConfirmDeletion(), ThreadTicket, By(Mona)));
        var closed = After(new ConfirmDeletion(), ThreadTicket, By(Mona) with { Settings = Allowing });
        Assert.Equal([new DeleteThread(HomeChannel)], Decide(new FireTimer("remove-home"), closed, By(Actor.Desk)).Effects);
        Assert.Equal([new HomeRemoved(Noon)], Ended(new DeleteThread(HomeChannel), new Done(), closed).Facts);
    }

    [Fact]
    public void A_deleted_thread_is_not_offered_for_reopening()
    {
        var decision = Decide(new ConfirmDeletion(), ThreadTicket, By(Mona) with { Settings = Allowing });
        Assert.DoesNotContain(
            decision.Effects.OfType<PostCard>().SelectMany(post => post.Card.Parts.OfType<Buttons>()).SelectMany(buttons => buttons.Row), button => button.Press?.Action == "reopen");
    }

    [Fact]
    public void What_is_closed_already_goes_at_once_and_the_log_says_by_whom()
    {
        var decision = Decide(new ConfirmDeletion(), ChannelTicket.ClosedBy(Bill), By(Mona));
        Assert.Equal([new DeletionOrdered(Noon, Mona.User)], decision.Facts);
        Assert.Equal([new PostCard(LogChannel, Card.Saying(Say("delete.log", ("ticket", "#0007"), ("who", Mona.User.Mention))), Mentions.None, PostPurpose.Log)], decision.Effects);
    }

    [Fact]
    public void There_must_be_something_to_delete()
    {
        Assert.Equal("ticket.no_home", Decide(new DeleteTicket(), ChannelTicket with { Home = ChannelTicket.Home with { Gone = true } }, By(Mona)).Refusal!.Code);
        Assert.Equal("ticket.opening", Decide(new DeleteTicket(), OpeningTicket, By(Mona)).Refusal!.Code);
    }

    [Fact]
    public void Only_managers_delete()
    {
        foreach (var somebody in new[] { Alice, Bill })
        {
            Assert.Equal("access.denied", Decide(new DeleteTicket(), ChannelTicket, By(somebody)).Refusal!.Code);
            Assert.Equal("access.denied", Decide(new ConfirmDeletion(), ChannelTicket, By(somebody)).Refusal!.Code);
        }
    }

    [Fact]
    public void The_menu_offers_it_where_it_can_be_done()
    {
        Assert.Contains("delete", Offered(ChannelTicket, Configuration));
        Assert.DoesNotContain("delete", Offered(ThreadTicket, Configuration));
        Assert.Contains("delete", Offered(ThreadTicket, Allowing));
    }

    private static IEnumerable<string> Offered(Ticket ticket, DeskSettings settings) =>
        Assert.IsType<Tell>(Decide(new ShowMenu(), ticket, By(Mona) with { Settings = settings }).Reply).Card.Parts.OfType<Choice>().Single()
            .Options.Select(option => Press.Parse(option.Value)!.Action);
}
