using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class TransferringTests
{
    private static readonly ChannelId LegalCategory = new(310);
    private static readonly RoleId LegalRole = new(210);
    private static readonly Department Legal = new() { Key = "legal", Name = "Legal", Staff = [LegalRole], Home = new HomeSettings(HomeKind.Channel, LegalCategory) };
    private static readonly Department Crew = new() { Key = "crew", Name = "Crew", Staff = [BillingRole], Home = Support.Home };
    private static readonly DeskSettings WithLegal = Configuration with { Departments = [Support, Billing, Legal, Crew] };

    [Fact]
    public void A_thread_stays_where_the_other_department_has_the_same_channel_and_only_the_new_staff_is_pinged()
    {
        var line = Say("transfer.line", ("by", Sam.User.Mention), ("from", "Support"), ("to", "Crew"), ("staff", BillingRole.Mention));
        Assert.Equal(
            Decision.That(new TicketTransferred(Noon, Sam.User, "support", "crew", 0))
                .Then(new PostCard(HomeChannel, Card.Saying(line), new Mentions([], [BillingRole]), PostPurpose.Line), new RefreshCard())
                .Telling(Say("transfer.done", ("department", "Crew"))),
            Decide(new TransferTicket("crew"), ThreadTicket, By(Sam) with { Interaction = Click, Settings = WithLegal }));
    }

    [Fact]
    public void A_channel_is_shown_to_the_new_staff_and_moves_all_at_once()
    {
        var ticket = ChannelTicket with { Added = [new AddedMember(Bob.User, "Bob", false, Bill.User, Noon, IsIn: true)] };
        var decision = Decide(new TransferTicket("legal"), ticket, By(Bill) with { Settings = WithLegal, Interaction = Click });
        Assert.Equal(new MoveChannel(HomeChannel, LegalCategory, [Alice.User, Bob.User], [LegalRole, ManagerRole]), decision.Effects[0]);
        Assert.Equal([typeof(MoveChannel), typeof(PostCard), typeof(RefreshCard)], decision.Effects.Select(effect => effect.GetType()));
    }

    [Fact]
    public void A_channel_keeps_its_place_where_the_new_department_has_the_same_category() =>
        Assert.Null(MoveTo("legal", WithLegal with { Departments = [Support, Billing, Legal with { Home = Billing.Home }] }).Category);

    [Fact]
    public void An_opener_who_left_is_not_shown_the_channel() =>
        Assert.Empty(Decide(new TransferTicket("legal"), ChannelTicket with { OpenerLeft = true }, By(Bill) with { Settings = WithLegal }).Effects.OfType<MoveChannel>().Single().Members);

    [Fact]
    public void The_claim_is_released_and_the_old_staff_has_no_more_to_say()
    {
        var decision = Decide(new TransferTicket("Crew"), ThreadTicket.ClaimedBy(Sam), By(Sam) with { Settings = WithLegal });
        Assert.Equal([new TicketTransferred(Noon, Sam.User, "support", "crew", 0), new TicketUnclaimed(Noon, Sam.User)], decision.Facts);

        var after = After(new TransferTicket("billing"), ThreadTicket.ClaimedBy(Sam), By(Sam))!;
        Assert.Null(after.Claim);
        Assert.Equal("access.denied", Decide(new ClaimTicket(), after, By(Sam)).Refusal!.Code);
        Assert.Null(Decide(new ClaimTicket(), after, By(Bill)).Refusal);
    }

    [Fact]
    public void A_free_place_of_the_opener_in_the_new_department_is_taken()
    {
        var three = Configuration with { Departments = [Support, Billing with { OpenPerMember = 3 }] };
        var others = new[] { ChannelTicket with { Number = 1, Slot = 0 }, ChannelTicket with { Number = 2, Slot = 2 } };
        var context = By(Sam) with { Settings = three, OpenTickets = [ThreadTicket, .. others] };
        Assert.Equal(1, After(new TransferTicket("billing"), ThreadTicket, context)!.Slot);
    }

    [Fact]
    public void Where_the_opener_has_as_many_as_allowed_it_is_refused() =>
        Assert.Equal(
            Refused("transfer.limit", "transfer.limit", ("opener", Alice.User.Mention), ("department", "Billing"), ("ticket", HomeChannel.Mention)),
            Decide(new TransferTicket("billing"), ThreadTicket, By(Sam) with { OpenTickets = [ThreadTicket, ChannelTicket with { Number = 8 }] }));

    [Fact]
    public void Neither_the_same_department_nor_one_that_is_not_there()
    {
        Assert.Equal(Refused("transfer.same", "transfer.same", ("department", "Support")), Decide(new TransferTicket("support"), ThreadTicket, By(Sam)));
        Assert.Equal(Refused("transfer.unknown", "transfer.unknown", ("departments", "`support`, `billing`")), Decide(new TransferTicket("legal"), ThreadTicket, By(Sam)));
    }

    [Fact]
    public void Staff_of_the_target_does_not_fetch_it_and_the_opener_does_not_give_it()
    {
        foreach (var actor in new[] { Alice, Bob, Bill }) Assert.Equal("access.denied", Decide(new TransferTicket("billing"), ThreadTicket, By(actor)).Refusal!.Code);
        Assert.Null(Decide(new TransferTicket("billing"), ThreadTicket, By(Mona)).Refusal);
        Assert.Equal("ticket.closed", Decide(new TransferTicket("billing"), ThreadTicket.ClosedBy(Sam), By(Sam)).Refusal!.Code);
    }

    [Fact]
    public void The_select_holds_the_other_departments()
    {
        var card = Assert.IsType<Tell>(Decide(new AskForDepartment(), ThreadTicket, By(Sam) with { Settings = WithLegal }).Reply).Card;
        Assert.Equal(["billing", "legal", "crew"], card.Parts.OfType<Choice>().Single().Options.Select(option => option.Value));
        Assert.Equal("transfer.none", Decide(new AskForDepartment(), ThreadTicket, By(Mona) with { Settings = Configuration with { Departments = [Support] } }).Refusal!.Code);
    }

    [Theory]
    [InlineData(FailureReason.CategoryFull)]
    [InlineData(FailureReason.ChannelGone)]
    public void A_category_without_room_leaves_the_channel_where_it_is(FailureReason reason)
    {
        var move = new MoveChannel(HomeChannel, LegalCategory, [Alice.User], [LegalRole]);
        var decision = Ended(move, Cannot(reason), ChannelTicket);
        Assert.Contains(move with { Category = null }, decision.Effects);
        Assert.Empty(decision.Facts);
    }

    [Fact]
    public void What_could_not_be_done_is_told_in_the_ticket() =>
        Assert.Contains(Ended(new MoveChannel(HomeChannel, null, [], []), Cannot(FailureReason.Refused), ChannelTicket).Effects, effect => effect is PostCard post && post.In == HomeChannel);

    private static MoveChannel MoveTo(string department, DeskSettings settings) =>
        Decide(new TransferTicket(department), ChannelTicket, By(Bill) with { Settings = settings }).Effects.OfType<MoveChannel>().Single();

    [Fact]
    public void Where_one_category_says_who_sees_it_the_channel_is_left_alone()
    {
        var settings = WithLegal with { Departments = [Support, Billing with { Permissions = ChannelPermissions.Category }, Legal with { Permissions = ChannelPermissions.Category, Home = Billing.Home }] };
        Assert.DoesNotContain(Decide(new TransferTicket("legal"), ChannelTicket, By(Bill) with { Settings = settings }).Effects, effect => effect is MoveChannel);

        var elsewhere = settings with { Departments = [Support, Billing, Legal with { Permissions = ChannelPermissions.Category }] };
        Assert.Equal(LegalCategory, Decide(new TransferTicket("legal"), ChannelTicket, By(Bill) with { Settings = elsewhere }).Effects.OfType<MoveChannel>().Single().LikeCategory);
    }

    private static readonly Question About = new() { Key = "about", Text = "What is it about?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("crane", "A crane")] };
    private static readonly Question Since = About with { Key = "since", Text = "Since when?" };

    private static DeskSettings Asking(params Question[] billing) => Configuration with
    {
        Departments = [Support with { Form = new FormSettings { Questions = [About] } }, Billing with { Home = Support.Home, Form = new FormSettings { Questions = billing.ToValueList() } }],
    };

    private static Decision ToBilling(DeskSettings settings, Ticket? ticket = null) =>
        Decide(new TransferTicket("billing"), ticket ?? (ThreadTicket with { Answers = [new FormAnswer("about", "crane")] }), By(Sam) with { Settings = settings });

    [Fact]
    public void What_the_new_department_asks_besides_is_asked_and_the_opener_called()
    {
        var decision = ToBilling(Asking(About, Since));
        Assert.Equal([new FormReplaced(Noon, [new FormAnswer("about", "crane")]), new FormBegun(Noon, StaffKnows: true)], decision.Facts.Skip(1));
        var asked = Assert.IsType<PostCard>(decision.Effects[^1]);
        Assert.Equal(new Mentions([Alice.User], []), asked.Mentions);
        Assert.Contains(asked.Card.Parts.OfType<Words>(), words => words.Markdown.Contains("Since when?", StringComparison.Ordinal));
        Assert.Equal([new SetTimer("form-abandoned", Noon.AddHours(24))], decision.Timers);
    }

    [Fact]
    public void What_both_ask_is_not_asked_twice() => Assert.Single(ToBilling(Asking(About)).Facts);

    [Fact]
    public void The_same_key_for_another_question_is_asked() =>
        Assert.Equal(new FormReplaced(Noon, []), ToBilling(Asking(About with { Text = "Which ship?" })).Facts[1]);

    [Fact]
    public void Where_nothing_is_asked_an_open_form_ends() =>
        Assert.Equal(new FormCompleted(Noon), ToBilling(Asking() with { Departments = [Support, Billing with { Home = Support.Home }] }, ThreadTicket with { FormIsOpen = true }).Facts[1]);

    [Fact]
    public void Nobody_is_asked_who_left() => Assert.Single(ToBilling(Asking(Since), ThreadTicket with { OpenerLeft = true }).Facts);

    [Fact]
    public void Staff_that_was_called_by_the_transfer_is_not_called_again_but_whoever_has_the_ticket_is()
    {
        var settings = Asking(Since);
        var asked = After(new TransferTicket("billing"), ThreadTicket, By(Sam) with { Settings = settings })!;
        var done = Decide(new AnswerInTicket("since", "crane"), asked.ClaimedBy(Bill), By(Alice) with { Settings = settings, Interaction = Click });
        Assert.Equal(new Mentions([Bill.User], []), done.Effects.OfType<PostCard>().Single(post => post.Purpose == PostPurpose.Information).Mentions);
    }
}
