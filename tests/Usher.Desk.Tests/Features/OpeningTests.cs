using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class OpeningTests
{
    private static readonly Context ByAlice = By(Alice) with { Interaction = Click };

    [Fact]
    public void A_member_gets_a_private_thread() =>
        Assert.Equal(
            Decision.That(Opened(Support)).Then(new CreateThread(SupportChannel, "Support-0007")),
            Decide(new OpenTicket("support"), null, ByAlice));

    [Fact]
    public void A_member_gets_a_channel_that_they_the_staff_and_the_managers_see() =>
        Assert.Equal(
            Decision.That(Opened(Billing)).Then(new CreateChannel(BillingCategory, "billing-0007", "Usher #0007", [Alice.User], [BillingRole, ManagerRole])),
            Decide(new OpenTicket("billing"), null, ByAlice));

    [Fact]
    public void A_department_that_is_gone_is_told() =>
        Assert.Equal(Refused("open.no_department", "open.no_department"), Decide(new OpenTicket("complaints"), null, ByAlice));

    [Fact]
    public void A_bot_opens_nothing() =>
        Assert.Equal(Refused("open.bot", "open.bot"), Decide(new OpenTicket("support"), null, By(Robot)));

    [Fact]
    public void Whoever_has_an_open_ticket_is_led_to_it() =>
        Assert.Equal(
            Refused("open.already", "open.already", ("ticket", HomeChannel.Mention), ("department", "Support")),
            Decide(new OpenTicket("support"), null, ByAlice with { OpenTickets = [ThreadTicket] }));

    [Fact]
    public void A_second_click_while_the_first_ticket_is_being_made_names_it_by_number() =>
        Assert.Equal(
            Refused("open.already", "open.already", ("ticket", "#0007"), ("department", "Support")),
            Decide(new OpenTicket("support"), null, ByAlice with { OpenTickets = [OpeningTicket] }));

    [Fact]
    public void An_open_ticket_elsewhere_is_no_hindrance() =>
        Assert.Null(Decide(new OpenTicket("support"), null, ByAlice with { OpenTickets = [ChannelTicket] }).Refusal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void A_second_ticket_takes_the_place_that_is_free(int taken, int free)
    {
        var settings = Configuration with { Departments = [Support with { OpenPerMember = 2 }] };
        var context = ByAlice with { Settings = settings, OpenTickets = [ThreadTicket with { Slot = taken }] };
        Assert.Equal(free, After(new OpenTicket("support"), null, context)!.Slot);
        var full = context with { OpenTickets = [ThreadTicket with { Slot = taken }, ThreadTicket with { Slot = free }] };
        Assert.Equal("open.already", Decide(new OpenTicket("support"), null, full).Refusal!.Code);
    }

    [Fact]
    public void A_limit_of_none_is_taken_for_one()
    {
        var context = ByAlice with { Settings = Configuration with { Departments = [Support with { OpenPerMember = 0 }] } };
        Assert.Null(Decide(new OpenTicket("support"), null, context).Refusal);
    }

    [Fact]
    public void A_ticket_can_be_asked_for_inside_another_one() =>
        Assert.Equal(Decide(new OpenTicket("billing"), null, ByAlice), Decide(new OpenTicket("billing"), ThreadTicket, ByAlice));

    [Theory]
    [InlineData("Support")]
    [InlineData("  support ")]
    [InlineData("SUPPORT")]
    public void A_department_may_be_typed_in_any_case(string typed)
    {
        var trigger = Usher.Desk.Features.All.Rules.Trigger(Door.Typed, "open")!;
        Assert.Equal(new OpenTicket("support"), trigger.Command(new Input(null, new Dictionary<string, string>(), typed)));
    }

    [Fact]
    public void A_sentence_to_the_member_is_in_their_language()
    {
        var decision = Decide(new OpenTicket("complaints"), null, By(Alice with { Language = Language.BrazilianPortuguese }));
        Assert.Equal(Language.BrazilianPortuguese.Say("open.no_department"), decision.Refusal!.Sentence);
    }

    [Fact]
    public void When_the_home_is_there_the_card_is_posted_and_the_member_is_sent_there()
    {
        var made = new HomeCreated(Noon, HomeChannel, Parent: SupportChannel);
        var after = made.ApplyTo(OpeningTicket);
        var expected = Decision.That(made).Then(
            new PostCard(HomeChannel, TicketCard.Of(after, Configuration), new Mentions([Alice.User], [SupportRole]), PostPurpose.TicketCard),
            new Answer(Click, new Tell(new Card(
            [
                new Words(Say("open.done", ("ticket", HomeChannel.Mention))),
                new Buttons([new Button(Say("button.to_ticket"), null, Emoji: "🎫", Link: "https://discord.com/channels/100/400")]),
            ]))));
        Assert.Equal(expected, Ended(new CreateThread(SupportChannel, "Support-0007"), new Done(HomeChannel), OpeningTicket));
    }

    [Fact]
    public void Where_the_category_says_who_sees_it_the_opener_is_let_in_besides()
    {
        var settings = Configuration with { Departments = [Billing with { Permissions = ChannelPermissions.Category }] };
        var create = new CreateChannel(BillingCategory, "billing-0007", "Usher #0007", [], [], LikeCategory: true);
        Assert.Equal([create], Decide(new OpenTicket("billing"), null, ByAlice with { Settings = settings }).Effects);

        var made = Ended(create, new Done(HomeChannel), Opened(Billing).ApplyTo(null), By(Actor.Desk) with { Settings = settings });
        Assert.Equal(new ShowChannelTo(HomeChannel, Alice.User), made.Effects[0]);
        Assert.IsType<PostCard>(made.Effects[1]);
    }

    [Theory]
    [InlineData(HomeKind.Channel, "{random}", "k3m9x2")]
    [InlineData(HomeKind.Channel, "sup-{random:4}", "sup-k3m9")]
    [InlineData(HomeKind.Thread, "{random:16}", "K3M9X2QWERTY1234")]
    [InlineData(HomeKind.Thread, "{random:17}", "{random:17}")]
    public void A_name_can_be_random_letters_and_digits(HomeKind kind, string naming, string name) =>
        Assert.Equal(name, HomeName.For(Support with { Naming = naming, Home = new HomeSettings(kind, null) }, 7, "Alice", Letters));

    [Fact]
    public void Nothing_of_the_secret_address_stands_in_a_name() =>
        Assert.DoesNotContain("dice", After(new OpenTicket("support"), null, ByAlice with { Settings = Configuration with { Departments = [Support with { Naming = "{random:16}" }] } })!.Name, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Whoever_is_pinged_by_the_card_is_named_on_it()
    {
        var post = Ended(new CreateThread(SupportChannel, "x"), new Done(HomeChannel), OpeningTicket).Effects.OfType<PostCard>().Single();
        var words = string.Join('\n', post.Card.Parts.OfType<Words>().Select(part => part.Markdown));
        Assert.All(post.Mentions.Users, user => Assert.Contains(user.Mention, words, StringComparison.Ordinal));
        Assert.All(post.Mentions.Roles, role => Assert.Contains(role.Mention, words, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_news_twice_changes_nothing() =>
        Assert.Equal(Decision.Nothing, Ended(new CreateThread(SupportChannel, "x"), new Done(HomeChannel), ThreadTicket));

    public static TheoryData<FailureReason> Reasons => [.. Enum.GetValues<FailureReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_home_that_cannot_be_made_is_told_to_the_member_and_to_staff(FailureReason reason)
    {
        var decision = Ended(new CreateThread(SupportChannel, "x"), Cannot(reason), OpeningTicket);
        Assert.Equal(new OpeningFailed(Noon, reason), decision.Facts.Single());
        Assert.Equal(new CancelTimers(), decision.Timers.Single());
        var why = Say($"failure.opener.{reason}");
        Assert.Equal(new Answer(Click, Tells("open.failed.told", ("why", why))), decision.Effects[0]);
        var failed = decision.Facts[0].ApplyTo(OpeningTicket);
        Assert.Equal((TicketStatus.Failed, false, null), (failed.Status, failed.IsOpen, failed.OpenedVia));
    }

    [Fact]
    public void Where_staff_reads_nowhere_nobody_claims_that_it_was_told()
    {
        var context = By(Actor.Desk) with { Settings = Configuration with { LogChannel = null } };
        var decision = Ended(new CreateThread(SupportChannel, "x"), Cannot(FailureReason.ThreadsFull), OpeningTicket, context);
        Assert.Equal([new Answer(Click, Tells("open.failed", ("why", Say("failure.opener.ThreadsFull"))))], decision.Effects);
    }

    [Fact]
    public void A_thread_that_comes_after_its_ticket_ended_is_archived() =>
        Assert.Equal(
            Decision.That(new HomeCreated(Noon, HomeChannel)).Then(new CloseThread(HomeChannel)),
            Ended(new CreateThread(SupportChannel, "x"), new Done(HomeChannel), OpeningTicket.ClosedBy(Actor.Desk, ClosingKind.HomeDeleted)));

    [Fact]
    public void A_channel_that_comes_after_its_ticket_ended_is_deleted_and_known_to_be_gone()
    {
        var ended = Opened(Billing).ApplyTo(null).ClosedBy(Actor.Desk, ClosingKind.HomeDeleted) with { Home = new Home(HomeKind.Channel, Gone: true) };
        var create = new CreateChannel(BillingCategory, "x", "x", [], []);
        Assert.Equal(Decision.That(new HomeCreated(Noon, HomeChannel)).Then(new DeleteChannel(HomeChannel)), Ended(create, new Done(HomeChannel), ended));
        var after = After(new EndEffect(create, new Done(HomeChannel)), ended, By(Actor.Desk));
        Assert.Equal(Decision.That(new HomeRemoved(Noon)), Ended(new DeleteChannel(HomeChannel), new Done(), after));
    }

    [Fact]
    public void A_closed_channel_ticket_keeps_its_countdown_when_the_news_of_its_making_comes_again() =>
        Assert.Equal(Decision.Nothing, Ended(new CreateChannel(BillingCategory, "x", "x", [], []), new Done(HomeChannel), ChannelTicket.ClosedBy(Bill)));

    [Fact]
    public void Once_the_card_stands_the_member_has_a_moment_to_be_in_the_thread()
    {
        var ticket = ThreadTicket with { Card = null, OpenerIsIn = false };
        Assert.Equal(
            Decision.That(new CardPosted(Noon, CardMessage)).With(new SetTimer("opener-in-thread", Noon.AddSeconds(3))),
            Ended(CardPost(ticket), new Done(Message: CardMessage), ticket));
    }

    [Fact]
    public void Nobody_is_waited_for_in_a_channel_or_when_they_are_in_already()
    {
        Assert.Empty(Ended(CardPost(ChannelTicket), new Done(Message: CardMessage), ChannelTicket).Timers);
        Assert.Empty(Ended(CardPost(ThreadTicket), new Done(Message: CardMessage), ThreadTicket).Timers);
    }

    [Fact]
    public void Another_message_is_not_taken_for_the_card() =>
        Assert.Equal(
            Decision.Nothing,
            Ended(new PostCard(HomeChannel, Card.Saying("x"), Mentions.None, PostPurpose.Line), new Done(Message: new MessageId(9)), ThreadTicket));

    [Fact]
    public void A_member_who_is_in_the_thread_is_waited_for_no_longer() =>
        Assert.Equal(
            Decision.That(new OpenerArrived(Noon)).With(new CancelTimer("opener-in-thread")),
            Decide(new SeeMembersAdded(HomeChannel, [Sam.User, Alice.User]), ThreadTicket with { OpenerIsIn = false }, By(Actor.Desk)));

    [Fact]
    public void Others_in_the_thread_change_nothing() =>
        Assert.Equal(Decision.Nothing, Decide(new SeeMembersAdded(HomeChannel, [Sam.User]), ThreadTicket with { OpenerIsIn = false }, By(Actor.Desk)));

    [Fact]
    public void A_member_who_did_not_come_in_by_the_mention_is_added() =>
        Assert.Equal(
            Decision.That(new OpenerArrived(Noon)).Then(new AddThreadMember(HomeChannel, Alice.User)),
            Decide(new FireTimer("opener-in-thread"), ThreadTicket with { OpenerIsIn = false }, By(Actor.Desk)));

    [Fact]
    public void A_member_whose_card_could_not_be_posted_is_added_all_the_same()
    {
        var ticket = ThreadTicket with { Card = null, OpenerIsIn = false };
        var decision = Ended(CardPost(ticket), Cannot(FailureReason.MissingPermission), ticket);
        Assert.Contains(new AddThreadMember(HomeChannel, Alice.User), decision.Effects);
    }

    [Fact]
    public void Nobody_is_added_to_a_ticket_that_ended() =>
        Assert.Equal(Decision.Nothing, Decide(new FireTimer("opener-in-thread"), (ThreadTicket with { OpenerIsIn = false }).ClosedBy(Sam), By(Actor.Desk)));

    [Fact]
    public void A_card_that_was_deleted_by_hand_is_posted_again_and_pings_nobody() =>
        Assert.Equal(
            Decision.That(new CardLost(Noon)).Then(new PostCard(HomeChannel, TicketCard.Of(ThreadTicket, Configuration), Mentions.None, PostPurpose.TicketCard)),
            Ended(new RefreshCard(), new TakenAway(), ThreadTicket));

    [Fact]
    public void A_card_that_is_on_its_way_again_is_not_posted_a_third_time() =>
        Assert.Equal(Decision.Nothing, Ended(new RefreshCard(), new TakenAway(), ThreadTicket with { Card = null }));

    [Theory]
    [InlineData(HomeKind.Channel, "Alice", "support-0007-alice")]
    [InlineData(HomeKind.Channel, "Zoë Müller", "support-0007-zoë-müller")]
    [InlineData(HomeKind.Channel, "李小龍", "support-0007-李小龍")]
    [InlineData(HomeKind.Channel, "Дмитрий", "support-0007-дмитрий")]
    [InlineData(HomeKind.Channel, "محمد", "support-0007-محمد")]
    [InlineData(HomeKind.Channel, "ประยุทธ์", "support-0007-ประยุทธ์")]
    [InlineData(HomeKind.Channel, "हिन्दी", "support-0007-हिन्दी")]
    [InlineData(HomeKind.Channel, "!!!", "support-0007")]
    [InlineData(HomeKind.Channel, "🙂", "support-0007-🙂")]
    [InlineData(HomeKind.Channel, "a  --  b", "support-0007-a-b")]
    [InlineData(HomeKind.Channel, "{number}", "support-0007-number")]
    [InlineData(HomeKind.Thread, "Zoë Müller", "Support-0007-Zoë Müller")]
    [InlineData(HomeKind.Thread, "{number}", "Support-0007-{number}")]
    [InlineData(HomeKind.Thread, "a\u0007b\nc", "Support-0007-abc")]
    public void Homes_are_named_in_every_script(HomeKind kind, string opener, string name)
    {
        var department = Support with { Naming = "{department}-{number}-{opener}", Home = new HomeSettings(kind, SupportChannel) };
        Assert.Equal(name, HomeName.For(department, 7, opener, Letters));
    }

    [Theory]
    [InlineData(HomeKind.Channel)]
    [InlineData(HomeKind.Thread)]
    public void A_name_is_never_longer_than_Discord_takes_and_keeps_its_number(HomeKind kind)
    {
        foreach (var letter in new[] { "x", "🙂", "漢" })
        {
            var department = Support with { Name = Repeat(letter, 200), Naming = "{department}-{opener}-{number}", Home = new HomeSettings(kind, null) };
            var name = HomeName.For(department, 7, Repeat(letter, 200), Letters);
            Assert.InRange(name.Length, 1, 100);
            Assert.EndsWith("0007", name, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', name);
        }
    }

    [Theory]
    [InlineData(HomeKind.Channel, "!!!")]
    [InlineData(HomeKind.Thread, "   ")]
    public void A_name_that_comes_to_nothing_is_replaced(HomeKind kind, string naming) =>
        Assert.Equal("ticket-0007", HomeName.For(Support with { Naming = naming, Home = new HomeSettings(kind, null) }, 7, "Alice", Letters));

    [Fact]
    public void A_name_is_not_cut_within_a_character() =>
        Assert.False(char.IsHighSurrogate(HomeName.For(Support with { Naming = "x" + Repeat("🙂", 80) }, 7, "Alice", Letters)[^1]));

    [Fact]
    public void The_card_of_an_open_ticket_offers_what_can_be_done()
    {
        Assert.Equal(["claim", "close", "note", "cancel", "menu"], Actions(ThreadTicket));
        Assert.Equal(["unclaim", "close", "note", "cancel", "menu"], Actions(ThreadTicket.ClaimedBy(Sam)));
        Assert.Empty(Actions(ThreadTicket.ClosedBy(Sam)));
    }

    [Fact]
    public void The_card_of_a_ticket_whose_department_is_gone_can_still_be_drawn()
    {
        var card = TicketCard.Of(ThreadTicket, Configuration with { Departments = [] });
        Assert.Equal(new Words("## support #0007"), card.Parts[0]);
    }

    private static IEnumerable<string> Actions(Ticket ticket) =>
        TicketCard.Of(ticket, Configuration).Parts.OfType<Buttons>().SelectMany(buttons => buttons.Row).Select(button => button.Press!.Action);

    private static PostCard CardPost(Ticket ticket) =>
        new(HomeChannel, TicketCard.Of(ticket, Configuration), new Mentions([Alice.User], [SupportRole]), PostPurpose.TicketCard);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
