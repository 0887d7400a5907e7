using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Transcribing;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;
using Button = Usher.Desk.Cards.Button;

namespace Usher.Desk.Tests.Features;

public sealed class TranscriptLinkTests
{
    private static readonly DeskSettings Month = Configuration with { Transcripts = new TranscriptSettings(TimeSpan.FromDays(30)) };

    /// <summary>The guild's days, the department's (-1: never; null: as the guild), days since the closing, days since a new link was made; whether it holds.</summary>
    [Theory]
    [InlineData(null, null, 4000, null, true)]
    [InlineData(30, null, 29, null, true)]
    [InlineData(30, null, 30, null, false)]
    [InlineData(30, null, 31, null, false)]
    [InlineData(30, null, 31, 2, true)]
    [InlineData(30, null, 62, 31, false)]
    [InlineData(30, null, 20, 40, true)]
    [InlineData(30, -1, 4000, null, true)]
    [InlineData(30, 60, 31, null, true)]
    [InlineData(null, 7, 8, null, false)]
    public void A_link_holds_from_the_closing_or_from_when_it_was_made(int? guild, int? department, int closedFor, int? madeFor, bool holds)
    {
        var settings = Configuration with
        {
            Transcripts = new TranscriptSettings(Days(guild)),
            Departments = [Support with { Transcripts = department is null ? null : new TranscriptSettings(department < 0 ? null : Days(department)) }, Billing],
        };
        var ticket = ThreadTicket.ClosedBy(Sam) with { LinkMadeAt = madeFor is { } days ? Noon.AddDays(closedFor - days) : null };
        Assert.Equal(holds, TranscriptLinks.Holds(ticket, settings, Noon.AddDays(closedFor)));
        Assert.Equal(holds ? "https://desk.example/api/ticket/dice" : null, TranscriptLinks.AddressOf(ticket, settings, "https://desk.example", Noon.AddDays(closedFor)));
    }

    [Fact]
    public void What_is_still_talked_about_can_be_read_and_of_a_department_that_is_gone_the_guild_says_how_long()
    {
        Assert.Null(TranscriptLinks.EndOf(ThreadTicket, Month));
        Assert.Equal(Noon.AddDays(30), TranscriptLinks.EndOf(ThreadTicket.ClosedBy(Sam), Month with { Departments = [] }));
    }

    [Fact]
    public void The_opener_and_staff_get_the_link_in_private_and_others_learn_nothing()
    {
        var expected = new Tell(
            new Card([new Words($"{Say("transcript.given", ("ticket", "#0007"))}\n{Say("transcript.passed_on")}"), new Buttons([new Button("Transcript", null, Link: "https://desk.example/api/ticket/dice")])]),
            Secret: true);
        foreach (var actor in (Actor[])[Alice, Sam, Mona]) Assert.Equal(Decision.Say(expected), Decide(new GiveTranscript(), ThreadTicket, By(actor) with { Interaction = Click }));

        var notThere = Decide(new GiveTranscript(), null, By(Bob) with { Interaction = Click });
        Assert.Equal(Refused("ticket.none", "refusal.no_ticket"), notThere);
        foreach (var actor in (Actor[])[Bob, Bill]) Assert.Equal(notThere, Decide(new GiveTranscript(), ThreadTicket, By(actor) with { Interaction = Click }));
        Assert.Equal(Refused("transcript.no_address", "transcript.no_address"), Decide(new GiveTranscript(), ThreadTicket, By(Alice) with { Interaction = Click, PublicAddress = "" }));
    }

    [Fact]
    public void In_place_of_a_link_that_has_ended_there_is_a_new_one()
    {
        var later = By(Alice) with { Interaction = Click, Settings = Month, Now = Noon.AddDays(31), Dice = "fresh" };
        var decision = Decide(new GiveTranscript(), ThreadTicket.ClosedBy(Sam), later);

        Assert.Equal([new TranscriptLinkMade(later.Now, Alice.User, "fresh")], decision.Facts);
        var card = Assert.IsType<Tell>(decision.Reply).Card;
        Assert.Equal("https://desk.example/api/ticket/fresh", card.Parts.OfType<Buttons>().Single().Row[0].Link);
        Assert.Contains(Say("transcript.until", ("when", Moment.Full(Noon.AddDays(61)))), card.Parts.OfType<Words>().Single().Markdown, StringComparison.Ordinal);
        // One that holds is given as it is.
        Assert.Empty(Decide(new GiveTranscript(), ThreadTicket.ClosedBy(Sam), later with { Now = Noon.AddDays(29) }).Facts);
    }

    [Fact]
    public void Typed_elsewhere_it_comes_by_direct_message() =>
        Assert.Equal(Alice.User, Assert.IsType<SendDirectMessage>(Assert.Single(Decide(new GiveTranscript(), ThreadTicket, By(Alice) with { Typed = TypedElsewhere }).Effects)).To);

    [Fact]
    public void Staff_takes_the_address_back_and_there_is_another_that_nobody_was_told()
    {
        var context = By(Sam) with { Interaction = Click, Dice = "fresh" };
        Assert.Equal(
            Decision.That(new TranscriptLinkRevoked(Noon, Sam.User, "fresh")) with { Reply = Tells("revoke.done", ("ticket", "#0007")) },
            Decide(new RevokeTranscript(), ThreadTicket.ClosedBy(Sam), context));
        Assert.Equal("fresh", After(new RevokeTranscript(), ThreadTicket.ClosedBy(Sam), context)!.TranscriptToken);
        Assert.DoesNotContain("fresh", Assert.IsType<Tell>(Decide(new RevokeTranscript(), ThreadTicket, context).Reply).Card.Parts.OfType<Words>().Single().Markdown, StringComparison.Ordinal);
        foreach (var actor in (Actor[])[Alice, Bob, Bill]) Assert.Equal("access.denied", Decide(new RevokeTranscript(), ThreadTicket, By(actor)).Refusal?.Code);
    }

    [Fact]
    public void What_had_ended_does_not_come_back_to_life_with_its_ticket()
    {
        var closed = ThreadTicket.ClosedBy(Sam);
        var context = By(Sam) with { Interaction = Click, Settings = Month, Now = Noon.AddDays(31), Dice = "fresh" };
        Assert.Equal("fresh", After(new ReopenTicket(), closed, context)!.TranscriptToken);
        Assert.Equal("dice", After(new ReopenTicket(), closed, context with { Now = Noon.AddDays(29) })!.TranscriptToken);
        Assert.Equal("dice", After(new ReopenTicket(), closed, context with { Settings = Configuration })!.TranscriptToken);
    }

    [Fact]
    public void The_farewell_carries_a_link_that_holds_however_old_the_ticket_is()
    {
        var now = Noon.AddDays(400);
        var decided = All.Rules.Decide(new CloseTicket(null), ThreadTicket, By(Sam) with { Settings = Month, Now = now });
        var link = decided.Decision.Effects.OfType<SendDirectMessage>().Single().Card.Parts.OfType<Buttons>().Single().Row[0].Link;
        Assert.Equal(TranscriptLinks.AddressOf(decided.Ticket!, Month, "https://desk.example", now), link);
    }

    [Fact]
    public void Ones_own_are_listed_a_page_at_a_time_with_their_links()
    {
        var lists = All.Rules.RuleOf(new ReadTranscripts(null))!.Lists;
        Assert.Equal(new TicketList(null, Mona.User, null, 11), lists(new ReadTranscripts(null), By(Mona)));
        var place = new ListPlace(3, Noon);
        Assert.Equal(new TicketList(null, Alice.User, null, 11, place), lists(new ReadTranscripts(place), By(Alice)));

        var listed = Enumerable.Range(0, 11).Select(i => (i == 1 ? ThreadTicket.ClosedBy(Sam) : ThreadTicket) with { Number = 20 - i, Subject = "Lost\nanchor" }).ToValueList();
        var context = By(Alice) with { Listed = listed, Settings = Month, Now = Noon.AddDays(31), Typed = TypedElsewhere };
        var card = Assert.IsType<SendDirectMessage>(Assert.Single(Decide(new ReadTranscripts(null), null, context).Effects)).Card;
        var lines = Assert.IsType<Words>(card.Parts[2]).Markdown.Split('\n');
        Assert.Equal("**#0020** Lost anchor · Support · [Transcript](https://desk.example/api/ticket/dice)", lines[0]);
        Assert.Equal($"**#0019** Lost anchor · Support · {Say("transcripts.ended", ("ticket", "TKT000019"))}", lines[1]);
        Assert.Equal(10, lines.Length);
        var press = card.Parts.OfType<Buttons>().Single().Row[0].Press!;
        Assert.Equal(Guild, press.Guild);
        var older = new ReadTranscripts(new ListPlace(11, Noon));
        Assert.Equal(older, All.Rules.Trigger(Door.Button, press.Action)!.Command(new Input(press.Argument, new Dictionary<string, string>(), "")));

        Assert.Empty(Assert.IsType<Tell>(Decide(older, null, context with { Typed = null, Listed = [listed[10]] }).Reply).Card.Parts.OfType<Buttons>());
        Assert.Equal(Tells("transcripts.none") with { Secret = true }, Decide(new ReadTranscripts(null), null, By(Bob)).Reply);
        Assert.DoesNotContain("](", Assert.IsType<Tell>(Decide(new ReadTranscripts(null), null, context with { Typed = null, PublicAddress = "" }).Reply).Card.Parts.OfType<Words>().Last().Markdown, StringComparison.Ordinal);
    }

    private static TimeSpan? Days(int? days) => days is { } number ? TimeSpan.FromDays(number) : null;
}
