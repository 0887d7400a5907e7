using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Poking;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class PokingTests
{
    private static readonly Ticket Poked = After(new PokeOpener(), ThreadTicket, By(Sam) with { Interaction = Click })!;

    [Fact]
    public void The_opener_is_written_to_in_their_language_with_a_link_and_nobody_is_answered_yet()
    {
        var decision = Decide(new PokeOpener(), ThreadTicket with { OpenerLanguage = Language.French }, By(Sam) with { Interaction = Click });
        Assert.Equal([new OpenerPoked(Noon, Sam.User, null, Click, null)], decision.Facts);
        Assert.Null(decision.Reply);
        var message = Assert.IsType<SendDirectMessage>(Assert.Single(decision.Effects));
        Assert.Equal(Alice.User, message.To);
        Assert.StartsWith("Bonjour", ((Words)message.Card.Parts[0]).Markdown, StringComparison.Ordinal);
        Assert.Equal("https://discord.com/channels/100/400", message.Card.Parts.OfType<Buttons>().Single().Row[0].Link);
    }

    [Theory]
    [InlineData(null, "poke.done")]
    [InlineData(FailureReason.DirectMessagesClosed, "poke.closed")]
    [InlineData(FailureReason.UserGone, "poke.closed")]
    public void Whoever_asked_hears_whether_it_arrived(FailureReason? failure, string key)
    {
        Outcome outcome = failure is { } reason ? Cannot(reason) : new Done();
        var card = Card.Saying(Say(key, ("opener", Alice.User.Mention)));
        Assert.Equal(Decision.That(new PokeEnded(Noon)).Then(new Answer(Click, new Tell(card))), Ended(Message(), outcome, Poked));

        var typed = After(new PokeOpener(), ThreadTicket, By(Sam) with { Typed = TypedInHome });
        Assert.Equal(Decision.That(new PokeEnded(Noon)).Then(new PostCard(HomeChannel, card, Mentions.None, PostPurpose.Line)), Ended(Message(), outcome, typed));
        Assert.Empty(Ended(Message(), outcome, typed!.ClosedBy(Sam)).Effects);
    }

    [Fact]
    public void Once_answered_no_token_is_kept() =>
        Assert.Equal(new Poke(Sam.User, Noon, null, null, null), new PokeEnded(Noon).ApplyTo(Poked).LastPoke);

    [Fact]
    public void Another_direct_message_is_no_poke() =>
        Assert.Equal(Decision.Nothing, Ended(new SendDirectMessage(Alice.User, Card.Saying("x")), new Done(), Poked));

    [Fact]
    public void Not_again_within_five_minutes()
    {
        Assert.Equal(
            Refused("poke.again", "poke.again", ("opener", Alice.User.Mention), ("when", Moment.Relative(Noon.AddMinutes(5)))),
            Decide(new PokeOpener(), Poked, By(Sue) with { Now = Noon.AddMinutes(4) }));
        Assert.Null(Decide(new PokeOpener(), Poked, By(Sue) with { Now = Noon.AddMinutes(5) }).Refusal);
    }

    [Fact]
    public void Who_cannot_be_poked_and_who_does_not_poke()
    {
        Assert.Equal("poke.left", Decide(new PokeOpener(), ThreadTicket with { OpenerLeft = true }, By(Sam)).Refusal!.Code);
        Assert.Equal("poke.self", Decide(new PokeOpener(), ThreadTicket with { Opener = Sam.User }, By(Sam)).Refusal!.Code);
        Assert.Equal("ticket.closed", Decide(new PokeOpener(), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
        foreach (var actor in new[] { Alice, Bob, Bill }) Assert.Equal("access.denied", Decide(new PokeOpener(), ThreadTicket, By(actor)).Refusal!.Code);
    }

    private static SendDirectMessage Message() => new(Alice.User, Card.Saying("x"), IsPoke: true);
}
