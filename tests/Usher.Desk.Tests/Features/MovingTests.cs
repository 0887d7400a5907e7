using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

/// <summary>A ticket goes to a department whose tickets live otherwise: the home follows.</summary>
public sealed class MovingTests
{
    private static readonly ChannelId NewHome = new(410);
    private static readonly MessageId NewCard = new(510);
    private static readonly ChannelId CrewChannel = new(305);
    private static readonly Department Crew = new() { Key = "crew", Name = "Crew", Staff = [BillingRole], Home = new HomeSettings(HomeKind.Thread, CrewChannel) };
    private static readonly DeskSettings WithCrew = Configuration with { Departments = [Support, Billing, Crew] };
    private static readonly AddedMember Guest = new(Bob.User, "Bob", false, Sam.User, Noon, IsIn: true);

    // The steps of a move, one outcome after the other.
    private static Ticket Begun(Ticket ticket, string department, DeskSettings? settings = null) =>
        After(new TransferTicket(department), ticket, By(Mona) with { Settings = settings ?? WithCrew })!;

    private static Effect Making(Ticket ticket, string department, DeskSettings? settings = null) =>
        Decide(new TransferTicket(department), ticket, By(Mona) with { Settings = settings ?? WithCrew }).Effects[0];

    private static (Ticket Ticket, Decision Decision) Made(Ticket ticket, string department, DeskSettings? settings = null)
    {
        var decided = Usher.Desk.Features.All.Rules.Decide(
            new EndEffect(Making(ticket, department, settings), new Done(NewHome)), Begun(ticket, department, settings), By(Actor.Desk) with { Settings = settings ?? WithCrew });
        return (decided.Ticket!, decided.Decision);
    }

    private static (Ticket Ticket, Decision Decision) Moved(Ticket ticket, string department, DeskSettings? settings = null)
    {
        var (made, decision) = Made(ticket, department, settings);
        return Standing(made, decision, settings);
    }

    private static (Ticket Ticket, Decision Decision) Standing(Ticket made, Decision decision, DeskSettings? settings = null)
    {
        var card = decision.Effects.OfType<PostCard>().Single(post => post.Purpose == PostPurpose.TicketCard);
        var decided = Usher.Desk.Features.All.Rules.Decide(new EndEffect(card, new Done(Message: NewCard)), made, By(Actor.Desk) with { Settings = settings ?? WithCrew });
        return (decided.Ticket!, decided.Decision);
    }

    [Fact]
    public void A_thread_gets_a_channel_for_everybody_who_is_in_it_and_nothing_is_given_up_yet()
    {
        var decision = Decide(new TransferTicket("billing"), ThreadTicket with { Added = [Guest] }, By(Sam) with { Interaction = Click });

        Assert.Equal([new HomeMoveBegan(Noon, Sam.User, "support", "billing-0007"), new TicketTransferred(Noon, Sam.User, "support", "billing", 0)], decision.Facts);
        Assert.Equal([new CreateChannel(BillingCategory, "billing-0007", HomeName.Marker(7), [Alice.User, Bob.User], [BillingRole, ManagerRole])], decision.Effects);
        Assert.Equal(Tells("transfer.moves", ("department", "Billing")), decision.Reply);
        Assert.Equal(HomeChannel, Begun(ThreadTicket, "billing").Home.Channel);
    }

    [Fact]
    public void A_channel_gets_a_thread_and_a_thread_one_under_the_other_channel()
    {
        Assert.Equal(new CreateThread(SupportChannel, "Support-0007"), Making(ChannelTicket, "support"));
        Assert.Equal(new CreateThread(CrewChannel, "Crew-0007"), Making(ThreadTicket, "crew"));
    }

    [Fact]
    public void Where_a_thread_is_counts_more_than_where_its_department_has_threads_now()
    {
        var elsewhere = ThreadTicket with { Home = ThreadTicket.Home with { Parent = CrewChannel } };
        Assert.DoesNotContain(Decide(new TransferTicket("crew"), elsewhere, By(Mona) with { Settings = WithCrew }).Facts, fact => fact is HomeMoveBegan);
    }

    [Theory]
    [InlineData("What it is", "what-it-is")]
    [InlineData("!!!", "billing-0007")]
    public void A_name_that_staff_gave_goes_along(string given, string name)
    {
        Assert.Equal(name, ((CreateChannel)Making(ThreadTicket with { Name = given, RenamedAt = [Noon] }, "billing")).Name);
        Assert.Equal(name, ((CreateChannel)Making(ThreadTicket with { NextName = new NextName(given, Sam.User, Noon.AddMinutes(9)) }, "billing")).Name);
    }

    [Fact]
    public void In_the_new_home_the_card_calls_the_opener_and_the_new_staff()
    {
        var (ticket, decision) = Made(ThreadTicket, "billing");

        Assert.Equal([new NewHomeMade(Noon, HomeKind.Channel, NewHome, null, null)], decision.Facts);
        Assert.Equal([new PostCard(NewHome, TicketCard.Of(ticket, WithCrew), new Mentions([Alice.User], [BillingRole]), PostPurpose.TicketCard)], decision.Effects);
        Assert.Equal((HomeChannel, CardMessage), (ticket.Home.Channel!.Value, ticket.Card!.Value));
        Assert.Equal([HomeChannel, NewHome], ticket.Homes);
    }

    [Fact]
    public void Where_the_category_says_who_sees_it_the_people_are_let_in_before_the_card()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Permissions = ChannelPermissions.Category }] };
        var (_, decision) = Made(ThreadTicket with { Added = [Guest] }, "billing", settings);
        Assert.Equal([new ShowChannelTo(NewHome, Alice.User), new ShowChannelTo(NewHome, Bob.User)], decision.Effects.Take(2));
    }

    [Fact]
    public void When_the_card_stands_the_thread_says_where_it_goes_on_and_is_closed()
    {
        var (ticket, decision) = Moved(ThreadTicket, "billing");

        Assert.Equal([new HomeMoved(Noon, NewCard, null)], decision.Facts);
        Assert.Equal([typeof(PostCard), typeof(EditCard), typeof(CloseThread)], decision.Effects.Select(effect => effect.GetType()));
        Assert.All(decision.Effects, effect => Assert.Equal(HomeChannel, effect.HappensIn));
        Assert.Contains(NewHome.Mention, decision.Effects.OfType<PostCard>().Single().Card.Parts.OfType<Words>().Single().Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(decision.Effects.OfType<EditCard>().Single().Card.Parts.OfType<Buttons>().SelectMany(row => row.Row), button => button.Press is not null);
        Assert.Equal(new Home(HomeKind.Channel, NewHome), ticket.Home);
        Assert.Equal((NewCard, "billing-0007"), (ticket.Card!.Value, ticket.Name));
        Assert.Equal([new FormerHome(HomeKind.Thread, HomeChannel, null)], ticket.Former);
        Assert.Empty(decision.Timers);
    }

    [Fact]
    public void A_channel_that_is_left_can_be_read_for_five_minutes_and_goes()
    {
        var (ticket, decision) = Moved(ChannelTicket, "support");

        Assert.Equal([typeof(PostCard), typeof(EditCard), typeof(ShutChannel)], decision.Effects.Select(effect => effect.GetType()));
        // The opener is looked for in the new thread.
        Assert.Equal([new SetTimer("leave-former-home", Noon.AddMinutes(5)), new SetTimer("opener-in-thread", Noon.AddSeconds(3))], decision.Timers.OrderBy(timer => ((SetTimer)timer).Name));

        var due = By(Actor.Desk) with { Now = Noon.AddMinutes(5) };
        Assert.Equal([new DeleteChannel(HomeChannel)], Decide(new FireTimer("leave-former-home"), ticket, due).Effects);
        var gone = After(new EndEffect(new DeleteChannel(HomeChannel), new Done()), ticket, due)!;
        Assert.Equal([NewHome], gone.Homes);
        Assert.True(gone.IsOpen);
        Assert.Empty(Decide(new FireTimer("leave-former-home"), gone, due).Effects);
    }

    [Fact]
    public void Of_two_channels_that_were_left_each_goes_in_its_time()
    {
        var ticket = Moved(ChannelTicket, "support").Ticket with { Former = [new FormerHome(HomeKind.Channel, Elsewhere, Noon.AddMinutes(1)), new FormerHome(HomeKind.Channel, HomeChannel, Noon.AddMinutes(5))] };
        var first = Decide(new FireTimer("leave-former-home"), ticket, By(Actor.Desk) with { Now = Noon.AddMinutes(1) });
        Assert.Equal([new DeleteChannel(Elsewhere)], first.Effects);
        Assert.Equal([new SetTimer("leave-former-home", Noon.AddMinutes(5))], first.Timers);
    }

    [Fact]
    public void A_closed_ticket_waits_for_no_channel_that_it_left()
    {
        var ticket = Moved(ChannelTicket, "support").Ticket;
        Assert.Contains(new DeleteChannel(HomeChannel), Decide(new CloseTicket(null), ticket, By(Mona)).Effects);
    }

    [Fact]
    public void Who_was_added_is_brought_into_the_new_thread() =>
        Assert.Contains(new AddThreadMember(NewHome, Bob.User), Moved(ChannelTicket with { Added = [Guest] }, "support").Decision.Effects);

    [Fact]
    public void The_opener_who_came_into_the_new_thread_is_not_looked_for()
    {
        var (made, decision) = Made(ChannelTicket, "support");
        var arrived = After(new SeeMembersAdded(NewHome, [Alice.User]), made, By(Actor.Desk))!;
        Assert.DoesNotContain(Standing(arrived, decision).Decision.Timers, timer => timer is SetTimer { Name: "opener-in-thread" });
        Assert.Equal(Decision.Nothing, Decide(new SeeMembersAdded(HomeChannel, [Alice.User]), made, By(Actor.Desk)));
    }

    [Theory]
    [InlineData(FailureReason.MissingPermission)]
    [InlineData(FailureReason.GuildFull)]
    [InlineData(FailureReason.ChannelGone)]
    [InlineData(FailureReason.ThreadsFull)]
    public void What_cannot_be_made_leaves_the_ticket_whole_with_its_new_department_and_says_why(FailureReason reason)
    {
        var begun = Begun(ThreadTicket, "billing");
        var decided = Usher.Desk.Features.All.Rules.Decide(
            new EndEffect(Making(ThreadTicket, "billing"), new CannotBeDone(reason, "no", ["Manage Channels"], SupportRole)), begun, By(Actor.Desk) with { Settings = WithCrew });

        Assert.Equal([new HomeMoveFailed(Noon)], decided.Decision.Facts);
        Assert.Equal(("billing", HomeChannel, CardMessage), (decided.Ticket!.Department, decided.Ticket.Home.Channel!.Value, decided.Ticket.Card!.Value));
        var line = decided.Decision.Effects.OfType<PostCard>().Single(post => post.In == HomeChannel);
        Assert.Equal(new Mentions([], [BillingRole]), line.Mentions);
        var said = line.Card.Parts.OfType<Words>().Single().Markdown;
        if (reason == FailureReason.MissingPermission) Assert.Contains($"**Manage Channels**. Give it to {SupportRole.Mention}", said, StringComparison.Ordinal);
        Assert.Contains("stays in this thread: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_stays_is_shown_to_the_new_staff()
    {
        var begun = Begun(ChannelTicket, "support");
        var failed = Ended(Making(ChannelTicket, "support"), Cannot(FailureReason.MissingPermission), begun, By(Actor.Desk) with { Settings = WithCrew });
        Assert.Equal(new MoveChannel(HomeChannel, null, [Alice.User], [SupportRole, ManagerRole]), failed.Effects[0]);
    }

    [Fact]
    public void A_full_category_overflows_but_a_thread_does_not_become_a_makeshift_one()
    {
        var next = new ChannelId(320);
        var settings = Configuration with { Departments = [Support, Billing with { Home = Billing.Home with { Overflow = [next], OverflowThreads = CrewChannel } }] };
        var making = (CreateChannel)Making(ThreadTicket with { Added = [Guest] }, "billing", settings);
        var begun = Begun(ThreadTicket with { Added = [Guest] }, "billing", settings);
        var desk = By(Actor.Desk) with { Settings = settings };

        Assert.Equal([making with { Category = next }], Ended(making, Cannot(FailureReason.CategoryFull), begun, desk).Effects);
        Assert.Equal(new HomeMoveFailed(Noon), Ended(making with { Category = next }, Cannot(FailureReason.CategoryFull), begun, desk).Facts[0]);
    }

    [Fact]
    public void Room_is_made_for_it()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Home = Billing.Home with { OverflowCreate = true } }] };
        var making = (CreateChannel)Making(ThreadTicket with { Added = [Guest] }, "billing", settings);
        var begun = Begun(ThreadTicket with { Added = [Guest] }, "billing", settings);
        var desk = By(Actor.Desk) with { Settings = settings };

        Assert.Equal([new MakeRoom(BillingCategory)], Ended(making, Cannot(FailureReason.CategoryFull), begun, desk).Effects);
        Assert.Equal([making with { Category = Elsewhere }], Ended(new MakeRoom(BillingCategory), new Done(Elsewhere), begun, desk).Effects);
    }

    [Fact]
    public void Nobody_in_the_queue_is_overtaken()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Home = Billing.Home with { OverflowQueue = true } }] };
        var waiting = Opened(Billing).ApplyTo(null) with { Number = 9, Queue = new QueuePlace(Noon, FailureReason.CategoryFull) };
        var decision = Decide(new TransferTicket("billing"), ThreadTicket, By(Sam) with { Settings = settings, Queue = [waiting] });
        Assert.Equal([new TicketTransferred(Noon, Sam.User, "support", "billing", 0)], decision.Facts);
        Assert.Contains("50 channels", decision.Effects.OfType<PostCard>().Single().Card.Parts.OfType<Words>().Single().Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_home_without_its_card_is_given_up_and_taken_away()
    {
        var (made, decision) = Made(ChannelTicket, "support");
        var failed = Ended(decision.Effects[^1], Cannot(FailureReason.MissingPermission), made, By(Actor.Desk) with { Settings = WithCrew });
        Assert.Equal([new HomeMoveFailed(Noon)], failed.Facts);
        Assert.Equal(new CloseThread(NewHome), failed.Effects[0]);
        Assert.Equal([HomeChannel, NewHome], After(new EndEffect(decision.Effects[^1], Cannot(FailureReason.MissingPermission)), made, By(Actor.Desk))!.Homes);
    }

    [Fact]
    public void The_old_home_deleted_meanwhile_closes_nothing_and_needs_no_line()
    {
        var gone = After(new LoseHome(HomeChannel), Begun(ThreadTicket, "billing"), By(Actor.Desk) with { Settings = WithCrew })!;
        Assert.True(gone is { IsOpen: true, Home.Gone: true });
        var made = After(new EndEffect(Making(ThreadTicket, "billing"), new Done(NewHome)), gone, By(Actor.Desk) with { Settings = WithCrew })!;
        var card = new PostCard(NewHome, TicketCard.Of(made, WithCrew), Mentions.None, PostPurpose.TicketCard);
        Assert.Empty(Ended(card, new Done(Message: NewCard), made).Effects);
        Assert.Equal([NewHome], After(new EndEffect(card, new Done(Message: NewCard)), made, By(Actor.Desk))!.Homes);
    }

    [Fact]
    public void Neither_old_nor_new_home_ends_the_ticket()
    {
        var gone = After(new LoseHome(HomeChannel), Begun(ThreadTicket, "billing"), By(Actor.Desk) with { Settings = WithCrew })!;
        var closed = After(new EndEffect(Making(ThreadTicket, "billing"), Cannot(FailureReason.GuildFull)), gone, By(Actor.Desk) with { Settings = WithCrew })!;
        Assert.Equal(ClosingKind.HomeDeleted, closed.Closing!.Kind);
    }

    [Fact]
    public void The_new_home_deleted_by_hand_leaves_the_ticket_where_it_is()
    {
        var lost = Decide(new LoseHome(NewHome), Made(ThreadTicket, "billing").Ticket, By(Actor.Desk) with { Settings = WithCrew });
        Assert.Equal([new HomeMoveFailed(Noon), new FormerHomeGone(Noon, NewHome)], lost.Facts);
        Assert.Contains(lost.Effects, effect => effect is PostCard post && post.In == HomeChannel);
    }

    [Fact]
    public void A_home_that_was_left_can_be_deleted_by_hand()
    {
        var ticket = Moved(ThreadTicket, "billing").Ticket;
        var after = After(new LoseHome(HomeChannel), ticket, By(Actor.Desk))!;
        Assert.True(after is { IsOpen: true, Home.Gone: false });
        Assert.Equal([NewHome], after.Homes);
    }

    [Fact]
    public void Closed_while_it_moved_it_stays_where_it_was_and_the_new_home_is_taken_away()
    {
        var closed = Begun(ThreadTicket, "billing").ClosedBy(Mona);
        var decided = Usher.Desk.Features.All.Rules.Decide(new EndEffect(Making(ThreadTicket, "billing"), new Done(NewHome)), closed, By(Actor.Desk));
        Assert.Equal([new DeleteChannel(NewHome)], decided.Decision.Effects);
        Assert.True(decided.Ticket is { Move: null, Home: { Gone: false } home } && home.Channel == HomeChannel);

        var reopened = After(new ReopenTicket(), decided.Ticket, By(Mona))!;
        Assert.Equal(HomeChannel, reopened.Home.Channel);
    }

    [Fact]
    public void What_needs_a_home_waits_until_it_stands()
    {
        var begun = Begun(ThreadTicket, "billing");
        foreach (var command in new Command[] { new TransferTicket("support"), new RenameTicket("x"), new AskForDepartment() })
            Assert.Equal(Refused("ticket.moving", "refusal.moving"), Decide(command, begun, By(Mona)));
    }

    [Fact]
    public void A_name_that_was_still_to_come_comes_where_it_stays()
    {
        var due = Noon.AddMinutes(9);
        var begun = Begun(ThreadTicket with { NextName = new NextName("Soon", Sam.User, due) }, "billing");
        Assert.Equal(Decision.Nothing, Decide(new FireTimer("rename"), begun, By(Actor.Desk)));
        Assert.Contains(new SetTimer("rename", due), Ended(Making(ThreadTicket, "billing"), Cannot(FailureReason.GuildFull), begun).Timers);
        Assert.Null(Moved(ThreadTicket with { NextName = new NextName("Soon", Sam.User, due) }, "billing").Ticket.NextName);
    }

    [Fact]
    public void A_claim_made_meanwhile_shows_in_the_new_channel()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Claim = ClaimMode.ClaimerSees }] };
        var (made, decision) = Made(ThreadTicket, "billing", settings);
        var claimed = After(new ClaimTicket(), made, By(Bill) with { Settings = settings })!;
        Assert.Contains(new GuardChannel(NewHome, ClaimMode.ClaimerSees, [BillingRole], Bill.User, null), Standing(claimed, decision, settings).Decision.Effects);
    }

    [Fact]
    public void What_is_still_to_be_decided_links_to_the_new_home()
    {
        var request = new ApprovalRequest(1, "refund", "support", "Refund", null, Sam.User, Noon, null, Elsewhere, 1, 1, []) { Message = new MessageId(520) };
        var (ticket, decision) = Moved(ThreadTicket with { Approvals = [request, request with { Number = 2, Message = null }] }, "billing");
        Assert.Equal(new EditCard(Elsewhere, new MessageId(520), ApprovalCard.Of(request, ticket, WithCrew)), Assert.Single(decision.Effects.OfType<EditCard>(), edit => edit.In == Elsewhere));
    }

    [Fact]
    public void A_question_to_the_opener_follows()
    {
        var decision = Moved(ThreadTicket with { ArchiveRequest = new ArchiveRequest(Sam.User, Noon) }, "billing").Decision;
        Assert.Contains(decision.Effects.OfType<PostCard>(), post => post.In == NewHome && post.Mentions.Users.Contains(Alice.User));
    }

    private static readonly Usher.Desk.Settings.Question About =
        new() { Key = "about", Text = "What is it about?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("crane", "A crane")] };

    [Fact]
    public void What_the_new_department_asks_is_asked_in_the_new_home_and_where_it_stays_in_the_old()
    {
        var settings = Configuration with { Departments = [Support, Billing with { Form = new FormSettings { Questions = [About] } }] };
        Assert.DoesNotContain(Decide(new TransferTicket("billing"), ThreadTicket, By(Sam) with { Settings = settings }).Effects, effect => effect is PostCard);

        var asked = Moved(ThreadTicket, "billing", settings).Decision.Effects.OfType<PostCard>().Single(post => post.In == NewHome);
        Assert.Contains(asked.Card.Parts.OfType<Words>(), words => words.Markdown.Contains(About.Text, StringComparison.Ordinal));
        var stays = Ended(Making(ThreadTicket, "billing", settings), Cannot(FailureReason.GuildFull), Begun(ThreadTicket, "billing", settings), By(Actor.Desk) with { Settings = settings });
        Assert.Contains(stays.Effects.OfType<PostCard>(), post => post.In == HomeChannel && post.Mentions.Users.Contains(Alice.User));
    }

    [Fact]
    public void What_was_answered_stands_in_the_new_home_too()
    {
        var (_, decision) = Moved(ThreadTicket with { Answers = [new FormAnswer("about", "crane")], Information = new MessageId(530) }, "billing");
        Assert.Equal(NewHome, decision.Effects.OfType<PostCard>().Single(post => post.Purpose == PostPurpose.Information).In);
    }

    [Fact]
    public void The_new_staff_may_enter_the_call()
    {
        var call = new VoiceCall(Sam.User, Elsewhere, [], Noon);
        Assert.Contains(
            new MoveChannel(Elsewhere, null, [Alice.User], [BillingRole, ManagerRole], ToTalk: true),
            Decide(new TransferTicket("billing"), ThreadTicket with { Call = call }, By(Sam)).Effects);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_a_deleted_ticket_go_the_threads_that_it_left_only_where_threads_may_go(bool may)
    {
        var settings = Configuration with { Departments = [Support, Billing with { DeleteThreads = may }] };
        var deleted = Decide(new ConfirmDeletion(), Moved(ThreadTicket, "billing").Ticket, By(Mona) with { Settings = settings });
        Assert.Equal(may, deleted.Effects.Contains(new DeleteThread(HomeChannel)));
    }
}
