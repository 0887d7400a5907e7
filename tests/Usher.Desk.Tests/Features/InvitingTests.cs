using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class InvitingTests
{
    private static readonly Named NamedBob = Member(Bob);
    private static readonly Ticket ThreadWithBob = ThreadTicket with { Added = [new AddedMember(Bob.User, "Bob", false, Sam.User, Noon, IsIn: true)] };
    private static readonly Ticket ChannelWithBob = ChannelTicket with { Added = ThreadWithBob.Added };

    [Fact]
    public void A_member_is_let_into_the_thread_or_shown_the_channel()
    {
        var added = Decision.That(new MemberInvited(Noon, Bob.User, "Bob", false, Mona.User));
        Assert.Equal(
            added.Then(new AddThreadMember(HomeChannel, Bob.User)).Telling(Say("add.done", ("who", Bob.User.Mention))),
            Decide(new AddMember(NamedBob), ThreadTicket, By(Mona) with { Interaction = Click }));
        Assert.Equal(
            added.Then(new ShowChannelTo(HomeChannel, Bob.User)).Telling(Say("add.done", ("who", Bob.User.Mention))),
            Decide(new AddMember(NamedBob), ChannelTicket, By(Mona) with { Interaction = Click }));
    }

    [Fact]
    public void Typed_in_the_ticket_the_line_there_is_the_answer() =>
        Assert.Equal([new AddThreadMember(HomeChannel, Bob.User)], Decide(new AddMember(NamedBob), ThreadTicket, By(Sam) with { Typed = TypedInHome }).Effects);

    [Fact]
    public void Once_they_are_in_the_ticket_is_told_by_whom_and_they_are_pinged()
    {
        var line = Card.Saying(Say("add.line", ("who", Bob.User.Mention), ("by", Sam.User.Mention)));
        Assert.Equal(
            Decision.That(new MemberArrived(Noon, Bob.User)).Then(new PostCard(HomeChannel, line, new Mentions([Bob.User], []), PostPurpose.Line)),
            Ended(new AddThreadMember(HomeChannel, Bob.User), new Done(), Coming(ThreadTicket)));
        Assert.Equal(Decision.Nothing, Ended(new ShowChannelTo(HomeChannel, Bob.User), new Done(), ChannelWithBob));
        Assert.Equal(Decision.Nothing, Ended(new ShowChannelTo(HomeChannel, Alice.User), new Done(), ChannelWithBob));
    }

    [Theory]
    [InlineData(FailureReason.UserGone, "is not in this server")]
    [InlineData(FailureReason.MissingPermission, "may not see the channel")]
    [InlineData(FailureReason.Refused, "Discord said so")]
    public void Who_cannot_be_added_is_told_plainly_and_forgotten(FailureReason reason, string why)
    {
        var decision = Ended(new AddThreadMember(HomeChannel, Bob.User), Cannot(reason), Coming(ThreadTicket));
        Assert.Equal([new MemberGone(Noon, Bob.User)], decision.Facts);
        var post = Assert.Single(decision.Effects.OfType<PostCard>(), post => post.In == HomeChannel);
        Assert.Contains(why, ((Words)post.Card.Parts[0]).Markdown, StringComparison.Ordinal);
        Assert.Equal(Mentions.None, post.Mentions);
    }

    [Fact]
    public void In_a_ticket_that_was_closed_meanwhile_nothing_is_said() =>
        Assert.Empty(Ended(new AddThreadMember(HomeChannel, Bob.User), new Done(), Coming(ThreadTicket).ClosedBy(Sam)).Effects);

    [Fact]
    public void Who_is_in_already_is_not_added_again()
    {
        Assert.Equal("add.already", Decide(new AddMember(NamedBob), ThreadWithBob, By(Sam)).Refusal!.Code);
        Assert.Equal("add.already", Decide(new AddMember(Member(Alice)), ThreadTicket, By(Sam)).Refusal!.Code);
        Assert.Equal("add.staff", Decide(new AddMember(Member(Mona)), ChannelTicket, By(Bill)).Refusal!.Code);
        Assert.Null(Decide(new AddMember(Member(Mona)), ThreadTicket, By(Sam)).Refusal);
    }

    [Theory]
    [MemberData(nameof(BothHomes))]
    public void Whoever_has_the_ticket_and_the_desk_itself_are_in_it_already(Ticket ticket)
    {
        var claimed = ticket with { Claim = new Claim(Sam.User, "Sam", Noon) };
        Assert.Equal(Refused("add.already", "add.already", ("who", Sam.User.Mention)), Decide(new AddMember(Member(Sam)), claimed, By(Mona)));
        var desk = new UserId(900);
        var itself = new Named(desk, "Usher", true, []);
        Assert.Equal(Refused("add.desk", "add.desk"), Decide(new AddMember(itself), ticket, By(Mona) with { Self = desk }));
        Assert.Null(Decide(new AddMember(itself with { User = new UserId(901), Name = "Another bot" }), ticket, By(Mona) with { Self = desk }).Refusal);
    }

    public static TheoryData<Ticket> BothHomes => [ThreadTicket, ChannelTicket];

    [Fact]
    public void Who_is_not_in_the_guild_is_refused_at_once() =>
        Assert.Equal(
            Refused("add.stranger", "add.stranger", ("who", Bob.User.Mention)),
            Decide(new AddMember(NamedBob with { IsMember = false }), ThreadTicket, By(Sam)));

    [Fact]
    public void An_id_of_which_Discord_told_nothing_is_not_taken() =>
        Assert.Equal("add.unknown", Decide(new AddMember(NamedBob with { IsMember = null }), ChannelTicket, By(Bill)).Refusal!.Code);

    [Fact]
    public void Who_was_added_is_removed()
    {
        var removed = Decision.That(new RemovalWanted(Noon, Bob.User, Mona.User));
        Assert.Equal(
            removed.Then(new RemoveThreadMember(HomeChannel, Bob.User)).Telling(Say("remove.done", ("who", Bob.User.Mention))),
            Decide(new RemoveMember(NamedBob), ThreadWithBob, By(Mona) with { Interaction = Click }));
        Assert.Equal(
            removed.Then(new HideChannelFrom(HomeChannel, Bob.User)).Telling(Say("remove.done", ("who", Bob.User.Mention))),
            Decide(new RemoveMember(NamedBob), ChannelWithBob, By(Mona) with { Interaction = Click }));
    }

    [Fact]
    public void Once_they_are_out_the_ticket_is_told_and_nobody_is_pinged()
    {
        var leaving = After(new RemoveMember(NamedBob), ThreadWithBob, By(Sam))!;
        var line = Card.Saying(Say("remove.line", ("who", Bob.User.Mention), ("by", Sam.User.Mention)));
        Assert.Equal(
            Decision.That(new MemberGone(Noon, Bob.User)).Then(new PostCard(HomeChannel, line, Mentions.None, PostPurpose.Line)),
            Ended(new RemoveThreadMember(HomeChannel, Bob.User), new Done(), leaving));
        Assert.Equal([new RemovalFailed(Noon, Bob.User)], Ended(new RemoveThreadMember(HomeChannel, Bob.User), Cannot(FailureReason.Refused), leaving).Facts);
    }

    [Fact]
    public void Neither_who_was_not_added_nor_staff_is_removed()
    {
        Assert.Equal("remove.not_added", Decide(new RemoveMember(Member(Alice)), ThreadWithBob, By(Sam)).Refusal!.Code);
        Assert.Equal("remove.staff", Decide(new RemoveMember(NamedBob with { Roles = [SupportRole] }), ThreadWithBob, By(Sam)).Refusal!.Code);
        var staff = ThreadTicket with { Added = [new AddedMember(Sue.User, "Sue", true, Sam.User, Noon, IsIn: true)] };
        Assert.Equal("remove.staff", Decide(new RemoveMember(new Named(Sue.User, "Sue", null, [])), staff, By(Sam)).Refusal!.Code);
        Assert.Null(Decide(new RemoveMember(new Named(Bob.User, "Bob", null, [])), ThreadWithBob, By(Sam)).Refusal);
    }

    [Fact]
    public void The_select_of_whom_to_remove_holds_those_who_were_added_and_no_staff()
    {
        var ticket = ThreadWithBob with { Added = ThreadWithBob.Added.Add(new AddedMember(Sue.User, "Sue", true, Sam.User, Noon)) };
        var card = Assert.IsType<Tell>(Decide(new AskWhomToRemove(), ticket, By(Sam)).Reply).Card;
        Assert.Equal([new ChoiceOption("2", "Bob")], card.Parts.OfType<Choice>().Single().Options);
        Assert.Equal("remove.none", Decide(new AskWhomToRemove(), ThreadTicket, By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void Only_staff_adds_and_removes()
    {
        foreach (var actor in new[] { Alice, Bob, Bill })
        {
            foreach (var command in new Command[] { new AskForMember(), new AddMember(NamedBob), new AskWhomToRemove(), new RemoveMember(NamedBob), new AwaitMention(false) })
                Assert.Equal("access.denied", Decide(command, ThreadWithBob, By(actor)).Refusal!.Code);
        }
    }

    [Fact]
    public void A_closed_ticket_takes_nobody_and_lets_nobody_go()
    {
        foreach (var command in new Command[] { new AskForMember(), new AddMember(NamedBob), new AskWhomToRemove(), new RemoveMember(NamedBob), new AwaitMention(false) })
            Assert.Equal("ticket.closed", Decide(command, ThreadWithBob.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void The_next_mention_of_whoever_asked_names_whom_they_mean()
    {
        var waiting = After(new AwaitMention(false), ThreadTicket, By(Sam))!;
        Assert.Equal(new AwaitedMention(Sam.User, false, Noon.AddSeconds(15)), waiting.Awaited);

        var heard = Decide(new HearMessage([NamedBob]), waiting, By(Sam) with { Now = Noon.AddSeconds(10) });
        Assert.Contains(new AddThreadMember(HomeChannel, Bob.User), heard.Effects);
        Assert.Contains(new CancelTimer("mention"), heard.Timers);
        Assert.Null(After(new HearMessage([NamedBob]), waiting, By(Sam))!.Awaited);

        Assert.Empty(Decide(new HearMessage([NamedBob]), waiting, By(Sue)).Effects);
        Assert.Empty(Decide(new HearMessage([NamedBob]), waiting, By(Sam) with { Now = Noon.AddSeconds(16) }).Effects);
        Assert.Empty(Decide(new HearMessage([NamedBob]), waiting, By(Sam with { Roles = [] })).Effects);
        Assert.Empty(Decide(new HearMessage([]), waiting, By(Sam)).Effects);
    }

    [Fact]
    public void A_mention_of_somebody_who_cannot_be_added_is_answered_in_the_ticket()
    {
        var waiting = After(new AwaitMention(false), ThreadWithBob, By(Sam))!;
        var line = Card.Saying(Say("add.already", ("who", Bob.User.Mention)));
        Assert.Equal([new PostCard(HomeChannel, line, Mentions.None, PostPurpose.Line)], Decide(new HearMessage([NamedBob]), waiting, By(Sam)).Effects);
    }

    [Fact]
    public void A_mention_can_remove_too()
    {
        var waiting = After(new AwaitMention(true), ChannelWithBob, By(Bill))!;
        Assert.Equal([new HideChannelFrom(HomeChannel, Bob.User)], Decide(new HearMessage([NamedBob]), waiting, By(Bill)).Effects);
    }

    [Fact]
    public void Without_a_mention_the_wait_ends_and_says_so()
    {
        var waiting = After(new AwaitMention(false), ThreadTicket, By(Sam))!;
        var over = Decide(new FireTimer("mention"), waiting, By(Actor.Desk));
        Assert.Equal([new MentionMissed(Noon)], over.Facts);
        Assert.Equal([new PostCard(HomeChannel, Card.Saying(Say("mention.over", ("who", Sam.User.Mention))), Mentions.None, PostPurpose.Line)], over.Effects);
        Assert.Equal(Decision.Nothing, Decide(new FireTimer("mention"), ThreadTicket, By(Actor.Desk)));
    }

    private static Ticket Coming(Ticket ticket) => After(new AddMember(NamedBob), ticket, By(Sam))!;

    private static Named Member(Actor actor) => new(actor.User, actor.Name, true, actor.Roles);
}
