using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Calling;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Inviting;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class CallingTests
{
    private static readonly ChannelId Voice = new(450);
    private static readonly DateTimeOffset Due = Noon.AddMinutes(5);
    private static readonly CreateVoiceChannel Create = new(null, ThreadTicket.Name, [Alice.User], [SupportRole, ManagerRole]);
    private static readonly Ticket Calling = After(new StartCall(), ThreadTicket, By(Sam))!;
    private static readonly Ticket InCall = new CallOpened(Noon, Voice).ApplyTo(Calling);
    private static readonly Ticket Talking = new CallJoined(Noon, Alice.User).ApplyTo(InCall);

    [Fact]
    public void A_voice_channel_is_made_for_the_people_of_the_ticket()
    {
        var decision = Decide(new StartCall(), ThreadTicket, By(Sam) with { Interaction = Click });
        Assert.Equal(Decision.That(new CallWanted(Noon, Sam.User)).Then(Create).Telling(Say("call.opening")), decision);

        var channel = Decide(new StartCall(), ChannelTicket with { Added = [new AddedMember(Bob.User, "Bob", false, Bill.User, Noon)] }, By(Bill));
        Assert.Equal([new CreateVoiceChannel(BillingCategory, ChannelTicket.Name, [Alice.User, Bob.User], [BillingRole, ManagerRole])], channel.Effects);
    }

    [Fact]
    public void Once_it_is_there_the_ticket_has_a_link_and_five_minutes_run()
    {
        var decision = Ended(Create, new Done(Channel: Voice), Calling);
        Assert.Equal([new CallOpened(Noon, Voice)], decision.Facts);
        Assert.Equal([new SetTimer("call-empty", Due)], decision.Timers);
        Assert.Contains(Voice.Mention, ((Cards.Words)((PostCard)decision.Effects[0]).Card.Parts[0]).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticket_that_closed_meanwhile_wants_no_voice_channel() =>
        Assert.Equal(Decision.That(new CallEnded(Noon)).Then(new EndCall(Voice)), Ended(Create, new Done(Channel: Voice), Calling.ClosedBy(Sam)));

    [Fact]
    public void What_cannot_be_made_is_told_and_can_be_tried_again()
    {
        var decision = Ended(Create, Cannot(FailureReason.GuildFull), Calling);
        Assert.Equal([new CallEnded(Noon)], decision.Facts);
        Assert.Contains(decision.Effects, effect => effect is PostCard post && post.In == HomeChannel);
    }

    [Fact]
    public void A_second_call_leads_to_the_first()
    {
        Assert.Equal(Refused("call.opening", "call.opening"), Decide(new StartCall(), Calling, By(Sam)));
        Assert.Equal(Refused("call.there", "call.there", ("call", Voice.Mention)), Decide(new StartCall(), InCall, By(Sam)));
    }

    [Fact]
    public void Five_minutes_are_counted_from_when_the_last_one_left()
    {
        Assert.Equal(Decision.That(new CallJoined(Noon, Alice.User)).With(new CancelTimer("call-empty")), Decide(new SeeVoice(Alice.User, true), InCall, By(Actor.Desk)));
        Assert.Equal(Decision.That(new CallLeft(Noon, Alice.User)).With(new SetTimer("call-empty", Due)), Decide(new SeeVoice(Alice.User, false), Talking, By(Actor.Desk)));
        var two = new CallJoined(Noon, Sam.User).ApplyTo(Talking);
        Assert.Equal(Decision.That(new CallLeft(Noon, Alice.User)), Decide(new SeeVoice(Alice.User, false), two, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeVoice(Sam.User, false), Talking, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeVoice(Alice.User, true), Talking, By(Actor.Desk)));
    }

    [Fact]
    public void Told_of_everybody_it_knows_who_came_and_who_left()
    {
        Assert.Equal(
            Decision.That(new CallJoined(Noon, Sam.User), new CallLeft(Noon, Alice.User)).With(new CancelTimer("call-empty")),
            Decide(new SeeCall([Sam.User]), Talking, By(Actor.Desk)));
        Assert.Equal(Decision.That(new CallLeft(Noon, Alice.User)).With(new SetTimer("call-empty", Due)), Decide(new SeeCall([]), Talking, By(Actor.Desk)));
        Assert.Equal(Decision.Nothing, Decide(new SeeCall([]), InCall, By(Actor.Desk)));
    }

    [Fact]
    public void Empty_for_five_minutes_it_is_deleted_but_not_on_the_word_of_a_program_that_slept()
    {
        Assert.Equal(Decision.That(new CallEnded(Due)).Then(new EndCall(Voice)), AtTimer(InCall, Due));
        Assert.Equal(Decision.Nothing, AtTimer(Talking, Due));
        var late = Noon.AddMinutes(7);
        Assert.Equal(Decision.That(new CallFoundEmpty(late)).With(new SetTimer("call-empty", late.AddMinutes(5))), AtTimer(InCall, late));
        Assert.Equal([new EndCall(Voice)], AtTimer(new CallFoundEmpty(late).ApplyTo(InCall), late.AddMinutes(5)).Effects);
    }

    [Fact]
    public void It_ends_with_the_ticket() =>
        Assert.Contains(new EndCall(Voice), Decide(new CloseTicket(null), Talking, By(Sam)).Effects);

    [Fact]
    public void Deleted_by_hand_it_is_over() =>
        Assert.Equal(Decision.That(new CallEnded(Noon)).With(new CancelTimer("call-empty")), Decide(new LoseCall(), Talking, By(Actor.Desk)));

    [Fact]
    public void Only_staff_calls()
    {
        foreach (var actor in new[] { Alice, Bob, Bill }) Assert.Equal("access.denied", Decide(new StartCall(), ThreadTicket, By(actor)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new StartCall(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    private static Decision AtTimer(Ticket ticket, DateTimeOffset now) => Decide(new FireTimer("call-empty"), ticket, By(Actor.Desk) with { Now = now });

    [Fact]
    public void Whoever_comes_into_the_ticket_may_come_into_the_call_and_goes_with_it()
    {
        var invited = new MemberInvited(Noon, Bob.User, "Bob", false, Sam.User).ApplyTo(InCall);
        var arrived = Ended(new AddThreadMember(HomeChannel, Bob.User), new Done(), invited);
        Assert.Contains(new ShowChannelTo(Voice, Bob.User, ToTalk: true), arrived.Effects);

        var leaving = new RemovalWanted(Noon, Bob.User, Sam.User).ApplyTo(new MemberArrived(Noon, Bob.User).ApplyTo(invited));
        Assert.Contains(new HideChannelFrom(Voice, Bob.User), Ended(new RemoveThreadMember(HomeChannel, Bob.User), new Done(), leaving).Effects);
    }

    [Fact]
    public void Whoever_came_while_it_was_being_made_is_let_in_when_it_is_there()
    {
        var joined = new MemberArrived(Noon, Bob.User).ApplyTo(new MemberInvited(Noon, Bob.User, "Bob", false, Sam.User).ApplyTo(Calling));
        Assert.Equal(new ShowChannelTo(Voice, Bob.User, ToTalk: true), Ended(Create, new Done(Channel: Voice), joined).Effects[0]);
    }
}
