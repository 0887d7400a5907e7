using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Leaving;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Posting;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests;

public sealed class CardTests
{
    [Fact]
    public void Words_that_fit_stay_as_they_are()
    {
        var parts = (ValueList<CardPart>)[new Words(new string('x', 3999)), new Line(), new Words("y")];
        Assert.Equal(parts, new Card(parts).Parts);
    }

    [Fact]
    public void The_longest_words_are_shortened_first()
    {
        var card = new Card([new Words("short"), new Words(new string('x', 9000)), new Words(new string('y', 100))]);
        Assert.Equal(new Words("short"), card.Parts[0]);
        Assert.Equal(new Words(new string('y', 100)), card.Parts[2]);
        Assert.Equal(4000, Characters(card));
        Assert.EndsWith("x…", ((Words)card.Parts[1]).Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_long_words_come_to_what_fits()
    {
        var card = new Card(Enumerable.Range(0, 10).Select(CardPart (_) => new Words(new string('x', 5000))).ToValueList());
        Assert.InRange(Characters(card), 3000, 4000);
        Assert.InRange(Characters(card with { Parts = [new Words(new string('z', 5000))] }), 4000, 4000);
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        for (var before = 0; before < 2; before++)
        {
            var text = ((Words)Card.Saying(new string('x', before) + string.Concat(Enumerable.Repeat("🙂", 3000))).Parts[0]).Markdown;
            Assert.False(char.IsHighSurrogate(text[^2]));
            Assert.InRange(text.Length, 3999, 4000);
        }
    }

    [Fact]
    public void Empty_words_are_left_out() =>
        Assert.Equal<ValueList<CardPart>>([new Words("x")], new Card([new Words(""), new Words("x"), new Words(" \n")]).Parts);

    [Fact]
    public void Bare_words_are_drawn_without_a_frame()
    {
        Assert.True(Card.Saying("x").IsPlain);
        Assert.False(new Card([new Words("x")], 0xFF0000).IsPlain);
        Assert.False(new Card([new Words("x"), new Line()]).IsPlain);
    }

    public static TheoryData<Language> Every => [.. Languages.All];

    [Theory]
    [MemberData(nameof(Every))]
    public void Whatever_people_wrote_every_message_fits_in_Discord(Language language)
    {
        var settings = Enormous(language);
        var context = By(Sam with { Name = new string('n', 200), Language = language }) with { Settings = settings, PublicAddress = "https://" + new string('a', 200), Interaction = Click };
        var ticket = ThreadTicket with { Notes = Enumerable.Repeat(new Note(Sam.User, "Sam", new string('n', 1000), Noon), 30).ToValueList() };
        var closed = ticket.ClaimedBy(Sue).ClosedBy(Sam, ClosingKind.Closed, new string('r', 1000)) with { OpenerLeft = true };
        Card[] cards =
        [
            TicketCard.Of(ticket, settings),
            TicketCard.Of(ticket.ClaimedBy(Sam), settings),
            TicketCard.Of(closed, settings),
            PanelCard.Of(settings.Panels[0], settings),
            .. CardsOf(Decide(new CloseTicket(new string('r', 1000)), ticket, context)),
            .. CardsOf(Decide(new CloseTicket(new string('r', 1000)), ChannelTicket, context with { Actor = Ada })),
            .. CardsOf(Decide(new Usher.Desk.Features.Replying.Reply(new string('t', 3800)), ticket, context)),
            .. CardsOf(Decide(new ReadNotes(), ticket, context)),
            .. CardsOf(Decide(new WriteNote(new string('n', 4000)), ticket, context with { Typed = TypedInHome })),
            .. CardsOf(Decide(new PostPanels("none"), null, context)),
            .. CardsOf(Decide(new SeeOpenerLeave(), ticket.ClaimedBy(Sam), context with { Actor = Actor.Desk })),
            .. CardsOf(Ended(new CreateThread(SupportChannel, "x"), new CannotBeDone(FailureReason.Refused, new string('d', 9000)), OpeningTicket, context with { Actor = Actor.Desk })),
            Card.Saying(Decide(new ClaimTicket(), ticket, context with { Actor = Bob }).Refusal!.Sentence),
        ];
        Assert.All(cards, Fits);
    }

    private static void Fits(Card card)
    {
        Assert.InRange(Characters(card), 1, 4000);
        Assert.All(card.Parts.OfType<Words>(), words => Assert.False(string.IsNullOrWhiteSpace(words.Markdown)));
        // The frame, each part, and each button in its row.
        Assert.InRange(1 + card.Parts.Count + card.Parts.OfType<Buttons>().Sum(buttons => buttons.Row.Count), 1, 40);
        Assert.All(card.Parts.OfType<Buttons>(), buttons => Assert.InRange(buttons.Row.Count, 1, 5));
        var all = card.Parts.OfType<Buttons>().SelectMany(buttons => buttons.Row).ToList();
        Assert.All(all, button => Assert.InRange(button.Label.Length, 1, 80));
        var ids = all.Select(button => button.Press?.ToCustomId()).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.InRange(id.Length, 1, 100));
    }

    private static IEnumerable<Card> CardsOf(Decision decision)
    {
        foreach (var effect in decision.Effects)
        {
            if (effect is PostCard post) yield return post.Card;
            if (effect is SendDirectMessage message) yield return message.Card;
            if (effect is Answer { Reply: Tell answer }) yield return answer.Card;
        }
        if (decision.Reply is Tell tell) yield return tell.Card;
        if (decision.Refusal is { } refusal) yield return Card.Saying(refusal.Sentence);
    }

    private static DeskSettings Enormous(Language language)
    {
        var roles = Enumerable.Range(0, 250).Select(number => new RoleId(9_000_000_000_000_000_000 + (ulong)number)).Append(SupportRole).ToValueList();
        var departments = Enumerable.Range(0, 60).Select(number => Support with
        {
            Key = number == 0 ? "support" : "department-" + number,
            Name = new string('d', 200),
            Description = new string('e', 300),
            Welcome = new string('w', 5000),
            Staff = roles,
        }).Append(Billing).ToValueList();
        return Configuration with
        {
            Language = language,
            Departments = departments,
            Panels = [Configuration.Panels[0] with { Title = new string('t', 300), Text = new string('x', 5000), Departments = departments.SelectMany(d => new[] { d.Key, d.Key }).ToValueList() }],
        };
    }

    private static int Characters(Card card) => card.Parts.OfType<Words>().Sum(words => words.Markdown.Length);
}
