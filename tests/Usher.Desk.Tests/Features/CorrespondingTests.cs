using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Calling;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Corresponding;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Poking;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Reply = Usher.Desk.Features.Replying.Reply;

namespace Usher.Desk.Tests.Features;

public sealed class CorrespondingTests
{
    private static readonly Ticket Unreached = new OpenerUnreached(Noon, FailureReason.DirectMessagesClosed).ApplyTo(DirectTicket);
    private static readonly Ticket Opening = Opened(Advice).ApplyTo(null);

    [Fact]
    public void Opening_one_asks_for_direct_messages_and_nothing_else()
    {
        var decision = Decide(new OpenTicket("advice"), null, At(Alice));

        Assert.Equal([new OpenDirectMessages(Alice.User)], decision.Effects);
        Assert.Equal(HomeKind.DirectMessage, Assert.IsType<TicketOpened>(Assert.Single(decision.Facts)).Home);
    }

    [Fact]
    public void When_the_card_stands_there_the_ticket_lives_there_and_staff_reads_of_it()
    {
        var decision = Ended(new OpenDirectMessages(Alice.User), new Done(HomeChannel, CardMessage), Opening, At(Actor.Desk));

        Assert.Equal([new HomeCreated(Noon, HomeChannel), new CardPosted(Noon, CardMessage)], decision.Facts);
        Assert.Equal((HomeChannel, CardMessage), Assert.IsType<CardKept>(Assert.Single(decision.Changes)) is var kept ? (kept.In, kept.Message) : default);
        Assert.IsType<Answer>(decision.Effects[0]);
        Assert.Equal((LogChannel, PostPurpose.Log), Assert.IsType<PostCard>(decision.Effects[1]) is var entry ? (entry.In, entry.Purpose) : default);
    }

    [Theory]
    [InlineData(FailureReason.DirectMessagesClosed)]
    [InlineData(FailureReason.DirectMessagesInUse)]
    [InlineData(FailureReason.UserGone)]
    public void Where_they_do_not_reach_the_opener_it_is_open_by_the_API_alone(FailureReason reason)
    {
        var decided = Usher.Desk.Features.All.Rules.Decide(new EndEffect(new OpenDirectMessages(Alice.User), Cannot(reason)), Opening, At(Actor.Desk));

        Assert.Equal([new OpenerUnreached(Noon, reason)], decided.Decision.Facts);
        Assert.Equal((TicketStatus.Open, new Home(HomeKind.DirectMessage)), (decided.Ticket!.Status, decided.Ticket.Home));
        Assert.Equal([typeof(Answer), typeof(PostCard)], decided.Decision.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void A_reply_that_reaches_nobody_is_kept()
    {
        var decision = Decide(new Reply("We look into it"), Unreached, At(Sam) with { Interaction = Click });

        Assert.Empty(decision.Effects);
        Assert.Null(Assert.IsType<CardKept>(Assert.Single(decision.Changes)).In);
        Assert.Equal(Tells("reply.kept", ("opener", Alice.User.Mention)), decision.Reply);
    }

    [Fact]
    public void A_reply_that_did_not_arrive_is_kept_and_the_ticket_goes_on_without_direct_messages_once()
    {
        var post = new PostCard(HomeChannel, Card.Saying("We look into it"), Mentions.None, PostPurpose.Line);

        var first = Ended(post, Cannot(FailureReason.DirectMessagesClosed), DirectTicket, At(Actor.Desk));
        var second = Ended(post, Cannot(FailureReason.DirectMessagesClosed), Unreached, At(Actor.Desk));

        Assert.Equal([new OpenerUnreached(Noon, FailureReason.DirectMessagesClosed)], first.Facts);
        Assert.Equal(new CardKept(post.Card, null, null, Noon), Assert.Single(first.Changes));
        Assert.Equal(new CardKept(post.Card, null, null, Noon), Assert.Single(second.Changes));
        Assert.Empty(second.Facts);
    }

    [Fact]
    public void What_stands_elsewhere_is_not_kept_as_said_in_the_ticket()
    {
        var elsewhere = new PostCard(Elsewhere, Card.Saying("Your reply is posted."), Mentions.None, PostPurpose.Line);

        Assert.Equal(Decision.Nothing, Ended(elsewhere, new Done(Message: CardMessage), DirectTicket, At(Actor.Desk)));
        Assert.Empty(Ended(elsewhere, Cannot(FailureReason.MissingPermission), DirectTicket, At(Actor.Desk)).Changes);
        Assert.Empty(Ended(elsewhere with { In = HomeChannel }, new Done(Message: CardMessage), ThreadTicket, At(Actor.Desk)).Changes);
    }

    [Fact]
    public void Closing_frees_the_direct_messages_and_touches_nothing_in_them()
    {
        var decision = Decide(new CloseTicket(null), DirectTicket, At(Sam));

        Assert.Equal([typeof(TicketClosed), typeof(HomeRemoved)], decision.Facts.Select(fact => fact.GetType()));
        Assert.DoesNotContain(decision.Effects, effect => effect is CloseThread or DeleteChannel or DeleteThread);
        Assert.DoesNotContain(decision.Timers, timer => timer is SetTimer);
        Assert.Empty(After(new CloseTicket(null), DirectTicket, At(Sam))!.Homes);
    }

    [Fact]
    public void A_second_is_refused_while_one_goes_on_and_not_when_that_is_by_the_API_alone()
    {
        var other = DirectTicket with { Department = "counsel", Number = 3 };

        Assert.Equal(
            Refused("open.direct_messages", "open.direct_messages", ("who", Alice.User.Mention), ("ticket", "#0003")),
            Decide(new OpenTicket("advice"), null, At(Alice) with { OpenTickets = [other] }));
        Assert.Null(Decide(new OpenTicket("advice"), null, At(Alice) with { OpenTickets = [Unreached with { Department = "counsel" }] }).Refusal);
        Assert.Null(Decide(new OpenTicket("support"), null, At(Alice) with { OpenTickets = [other] }).Refusal);
    }

    [Fact]
    public void A_closed_one_is_reopened_in_direct_messages_unless_another_has_them()
    {
        var closed = DirectTicket.ClosedBy(Sam) with { Home = DirectTicket.Home with { Gone = true } };

        Assert.Equal([new OpenDirectMessages(Alice.User)], Decide(new ReopenTicket(), closed, At(Sam)).Effects);
        Assert.Equal("reopen.other_open", Decide(new ReopenTicket(), closed, At(Sam) with { OpenTickets = [DirectTicket with { Department = "counsel", Number = 3 }] }).Refusal?.Code);
    }

    public static TheoryData<Command> NeedAPlace =>
    [
        new AskForMember(), new AddMember(new Named(Bob.User, Bob.Name, true, [])), new AskWhomToRemove(), new RemoveMember(new Named(Bob.User, Bob.Name, true, [])), new AwaitMention(false),
        new AskForName(), new RenameTicket("x"), new StartCall(), new PokeOpener(), new RequestArchive(), new AskForApproval(null), new AskForDepartment(), new DeleteTicket(), new ConfirmDeletion(),
    ];

    [Theory]
    [MemberData(nameof(NeedAPlace), DisableDiscoveryEnumeration = true)]
    public void What_needs_a_place_in_the_guild_says_that_there_is_none(Command command)
    {
        Assert.Equal(Refused("ticket.homeless", "refusal.homeless", ("ticket", "#0007"), ("opener", Alice.User.Mention)), Decide(command, DirectTicket, At(Mona)));
        Assert.Equal("ticket.homeless", Decide(command, Unreached, At(Mona)).Refusal?.Code);
    }

    [Theory]
    [InlineData("advice", "support", "transfer.homeless")]
    [InlineData("support", "advice", "transfer.homeless")]
    [InlineData("advice", "counsel", null)]
    public void What_was_said_in_private_stays_private(string from, string to, string? refused)
    {
        var decision = Decide(new TransferTicket(to), from == "advice" ? DirectTicket : ThreadTicket, At(Mona));

        Assert.Equal(refused, decision.Refusal?.Code);
        Assert.All(decision.Effects.OfType<PostCard>(), post => Assert.Equal(LogChannel, post.In));
    }

    [Fact]
    public void The_card_has_the_openers_language_and_what_the_opener_may_do_alone()
    {
        var card = TicketCard.Of(DirectTicket with { OpenerLanguage = Texts.Language.French }, At(Actor.Desk).Settings);

        var button = Assert.Single(Assert.Single(card.Parts.OfType<Buttons>()).Row);
        Assert.Equal(("cancel", Guild), (button.Press!.Action, button.Press.Guild!.Value));
        Assert.Contains("jusqu’à sa fermeture", string.Join('\n', card.Parts.OfType<Words>().Select(words => words.Markdown)), StringComparison.Ordinal);
    }

    // What is missing is fetched behind the card: behind the old one another ticket may have gone on, of another guild.
    [Fact]
    public void Opened_again_its_old_card_is_no_beginning_any_more()
    {
        var again = new TicketReopened(Noon, Alice.User, 0);
        Assert.NotNull(DirectTicket.Card);
        Assert.Null(again.ApplyTo(DirectTicket.ClosedBy(Sam)).Card);
        Assert.Equal(ThreadTicket.Card, again.ApplyTo(ThreadTicket.ClosedBy(Sam)).Card);
    }

    [Fact]
    public void Staff_reads_once_a_turn_that_the_opener_answered()
    {
        var answered = DirectTicket with { WaitsForStaff = false };
        var told = DirectTicket with { OpenerHeardAt = DirectTicket.WaitingSince };
        var heard = new HearMessage(Said: new Said(HomeChannel, CardMessage, "It is about my pier"));

        var entry = Assert.IsType<PostCard>(Assert.Single(Decide(heard, answered, At(Alice)).Effects));
        Assert.Equal(LogChannel, entry.In);
        Assert.Contains("> It is about my pier", string.Join('\n', entry.Card.Parts.OfType<Words>().Select(words => words.Markdown)), StringComparison.Ordinal);
        Assert.Equal([entry], Decide(heard, DirectTicket, At(Alice)).Effects);
        Assert.Contains(new OpenerHeard(Noon), Decide(heard, DirectTicket, At(Alice)).Facts);
        Assert.Equal([entry], Decide(heard, told with { WaitingSince = told.WaitingSince.AddMinutes(1) }, At(Alice)).Effects);
        Assert.Equal(Decision.Nothing, Decide(heard, told, At(Alice)));
        Assert.Equal(Decision.Nothing, Decide(heard, answered, At(Robot)));
    }

    private static Context At(Actor actor) => By(actor) with
    {
        Settings = Configuration with { Departments = [.. Configuration.Departments, Advice, Advice with { Key = "counsel", Name = "Counsel" }] },
    };
}
