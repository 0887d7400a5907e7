using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Acting;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class ApprovingTests
{
    private static readonly Approval Refund = new()
    {
        Key = "refund",
        Name = "Refund",
        Emoji = "🔄",
        Channel = Elsewhere,
        Roles = [BillingRole],
        Form = new FormSettings
        {
            Questions =
            [
                new Question { Key = "id", Text = "Whose id?", Format = AnswerFormat.Number },
                new Question { Key = "items", Text = "What is given back?", Kind = QuestionKind.Paragraph, Required = false },
            ],
        },
    };

    private static readonly MessageId Message = new(900);

    private static readonly RequestApproval Filled = new("refund", [new FormAnswer("id", "4711"), new FormAnswer("items", "A crate\nand @everyone")]);

    private static DeskSettings With(params Approval[] approvals) => Configuration with { Approvals = approvals.ToValueList() };

    private static Context Asking(Actor actor, params Approval[] approvals) => By(actor) with { Interaction = Click, Settings = With(approvals.Length > 0 ? approvals : [Refund]) };

    private static Ticket Asked(Approval? approval = null, Ticket? ticket = null)
    {
        var after = After(Filled, ticket ?? ThreadTicket, Asking(Sam, approval ?? Refund))!;
        return new ApprovalPosted(Noon, 1, Message).ApplyTo(after);
    }

    private static Context Deciding(Actor actor, Approval? approval = null) =>
        By(actor) with { Interaction = Click with { Message = Message, Waiting = Waiting.Silently }, Settings = With(approval ?? Refund) };

    [Fact]
    public void The_form_opens_with_its_questions()
    {
        var form = Assert.IsType<ShowForm>(Decide(new AskForApproval(null), ThreadTicket, Asking(Sam)).Reply).Form;
        Assert.Equal((new Press("approval", 7, "refund"), "Refund"), (form.Press, form.Title));
        Assert.Equal(["Whose id?", "What is given back?"], form.Fields.Select(field => field.Label));
        Assert.Equal(form, Assert.IsType<ShowForm>(Decide(new AskForApproval("REFUND"), ThreadTicket, Asking(Sam)).Reply).Form);
    }

    [Fact]
    public void Of_several_one_is_chosen_and_an_unknown_one_is_told()
    {
        var gift = Refund with { Key = "gift", Name = "Gift", Form = null };
        var choice = Assert.IsType<Tell>(Decide(new AskForApproval(null), ThreadTicket, Asking(Sam, Refund, gift)).Reply).Card.Parts.OfType<Choice>().Single();
        Assert.Equal(["u1|approval|7|refund|", "u1|approval|7|gift|"], choice.Options.Select(option => option.Value));
        Assert.Equal(Refused("approval.unknown", "approval.unknown", ("approvals", "`refund`, `gift`")), Decide(new AskForApproval("prize"), ThreadTicket, Asking(Sam, Refund, gift)));
        Assert.Equal(Refused("approval.none", "approval.none"), Decide(new AskForApproval(null), ThreadTicket, By(Sam)));
    }

    [Fact]
    public void Typed_it_gets_a_button_that_opens_the_form()
    {
        var decision = Decide(new AskForApproval(null), ThreadTicket, Asking(Sam) with { Interaction = null, Typed = TypedInHome });
        var post = Assert.IsType<PostCard>(Assert.Single(decision.Effects));
        Assert.Equal(new Press("approval", 7, "refund"), post.Card.Parts.OfType<Buttons>().Single().Row[0].Press);
    }

    [Fact]
    public void What_was_filled_in_goes_to_those_who_decide_and_pings_them_alone()
    {
        var decision = Decide(Filled, ThreadTicket, Asking(Sam));
        var request = Assert.IsType<ApprovalAsked>(Assert.Single(decision.Facts)).Request;
        Assert.Equal([new ApprovalAnswer("Whose id?", "4711"), new ApprovalAnswer("What is given back?", "A crate\nand @everyone")], request.Answers);
        var post = Assert.IsType<PostCard>(Assert.Single(decision.Effects));
        Assert.Equal((Elsewhere, PostPurpose.Approval, 1), (post.In, post.Purpose, post.Number));
        Assert.Equal(new Mentions([], [BillingRole]), post.Mentions);
        var words = string.Join('\n', post.Card.Parts.OfType<Words>().Select(part => part.Markdown));
        foreach (var said in new[] { "🔄 Refund · #0007", Sam.User.Mention, HomeChannel.Mention, "> A crate\n> and @everyone", BillingRole.Mention }) Assert.Contains(said, words, StringComparison.Ordinal);
        Assert.Equal(["approval-yes", "approval-no", "https://discord.com/channels/100/400"], post.Card.Parts.OfType<Buttons>().Single().Row.Select(button => button.Press?.Action ?? button.Link));
    }

    [Fact]
    public void Without_questions_it_is_asked_at_once() =>
        Assert.IsType<ApprovalAsked>(Assert.Single(Decide(new AskForApproval(null), ThreadTicket, Asking(Sam, Refund with { Form = null })).Facts));

    [Fact]
    public void What_is_wrong_is_told_with_the_words_and_a_way_to_correct_them()
    {
        var decision = Decide(new RequestApproval("refund", [new FormAnswer("id", "many"), new FormAnswer("items", "A crate")]), ThreadTicket, Asking(Sam));
        Assert.Empty(decision.Facts);
        var card = Assert.IsType<Tell>(decision.Reply).Card;
        Assert.Equal([new Words("⚠️ " + Say("form.fault.number", ("question", "Whose id?"))), new Words("> many"), new Words("> A crate")], card.Parts.OfType<Words>());
        Assert.Equal("approval", card.Parts.OfType<Buttons>().Single().Row[0].Press!.Action);
    }

    public static TheoryData<string, bool, bool> Askers => new()
    {
        { "Sam", true, true },
        { "Mona", true, true },
        { "Alice", false, true },
        { "Bob", false, false },
    };

    [Theory]
    [MemberData(nameof(Askers))]
    public void Staff_asks_and_the_opener_where_that_is_allowed(string name, bool staff, bool opener)
    {
        Actor[] people = [Alice, Bob, Sam, Mona];
        var actor = people.Single(person => person.Name == name);
        Assert.Equal(staff, Decide(Filled, ThreadTicket, Asking(actor)).Refusal is null);
        Assert.Equal(opener, Decide(Filled, ThreadTicket, Asking(actor, Refund with { AskedBy = ApprovalAsker.Opener })).Refusal is null);
    }

    [Fact]
    public void It_stands_in_the_menu_of_those_who_may_ask_and_on_the_card_where_that_is_wanted()
    {
        var menu = Assert.IsType<Tell>(Decide(new ShowMenu(), ThreadTicket, Asking(Sam)).Reply).Card.Parts.OfType<Choice>().Single();
        Assert.Contains(menu.Options, option => option is { Value: "u1|approval|7|refund|", Label: "Refund", Emoji: "🔄" });
        Assert.DoesNotContain(TicketCard.Of(ThreadTicket, With(Refund)).Parts.OfType<Buttons>().SelectMany(row => row.Row), button => button.Press?.Action == "approval");
        Assert.Contains(TicketCard.Of(ThreadTicket, With(Refund with { Button = true })).Parts.OfType<Buttons>().SelectMany(row => row.Row), button => button.Press?.Action == "approval");
    }

    [Fact]
    public void A_departments_own_is_asked_for_there_alone_and_goes_before_the_guilds_of_that_key()
    {
        var own = Refund with { Name = "Voucher" };
        var settings = Configuration with { Approvals = [Refund], Departments = [Support with { Approvals = [own] }, Billing] };
        Assert.Equal([own], settings.ApprovalsOf("support"));
        Assert.Equal([Refund], settings.ApprovalsOf("billing"));
    }

    [Fact]
    public void Whoever_decides_is_named_the_buttons_go_and_the_ticket_is_told()
    {
        var decision = Decide(new ApproveRequest(1), Asked(), Deciding(Bill));
        Assert.Equal([new ApprovalVoted(Noon, 1, Bill.User, true, null)], decision.Facts);
        var shown = Assert.IsType<ShowCard>(decision.Reply);
        Assert.Equal(Elsewhere, shown.In);
        Assert.Empty(shown.Card.Parts.OfType<Buttons>());
        Assert.Contains(Bill.User.Mention, shown.Card.Parts.OfType<Words>().Last().Markdown, StringComparison.Ordinal);
        var line = Assert.IsType<PostCard>(Assert.Single(decision.Effects));
        Assert.Equal((HomeChannel, new Mentions([Sam.User], [])), (line.In, line.Mentions));
    }

    [Fact]
    public void A_denial_asks_why_and_says_so_in_the_ticket()
    {
        var form = Assert.IsType<ShowForm>(Decide(new AskWhyDenied(1), Asked(), Deciding(Bill)).Reply).Form;
        Assert.Equal((new Press("approval-no", 7, "1"), "Deny: Refund"), (form.Press, form.Title));
        var decision = Decide(new DenyRequest(1, "Too late"), Asked(), Deciding(Bill));
        Assert.Equal(ApprovalState.Denied, After(new DenyRequest(1, "Too late"), Asked(), Deciding(Bill))!.Approvals[0].State);
        Assert.Contains("Too late", Assert.IsType<PostCard>(Assert.Single(decision.Effects)).Card.Parts.OfType<Words>().Single().Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_none_of_the_roles_is_told_who_has()
    {
        foreach (var command in new Command[] { new ApproveRequest(1), new AskWhyDenied(1), new DenyRequest(1, null) })
            Assert.Contains(BillingRole.Mention, Decide(command, Asked(), Deciding(Bob)).Refusal!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_decides_what_they_asked_for_or_what_is_about_their_own_ticket_unless_that_is_allowed()
    {
        var sam = Sam with { Roles = [SupportRole, BillingRole] };
        var alice = Alice with { Roles = [BillingRole] };
        Assert.Equal("approval.own", Decide(new ApproveRequest(1), Asked(), Deciding(sam)).Refusal!.Code);
        Assert.Equal("approval.own", Decide(new ApproveRequest(1), Asked(), Deciding(alice)).Refusal!.Code);
        Assert.Null(Decide(new ApproveRequest(1), Asked(), Deciding(sam, Refund with { Own = true })).Refusal);
    }

    [Fact]
    public void Where_two_must_agree_one_person_counts_once_and_can_change_their_mind()
    {
        var twice = Refund with { Needed = 2, Denials = 2 };
        var one = After(new ApproveRequest(1), Asked(twice), Deciding(Bill, twice))!;
        Assert.Equal(ApprovalState.Open, one.Approvals[0].State);
        Assert.Empty(Decide(new ApproveRequest(1), Asked(twice), Deciding(Bill, twice)).Effects);
        Assert.Equal("approval.voted", Decide(new ApproveRequest(1), one, Deciding(Bill, twice)).Refusal!.Code);
        var changed = After(new DenyRequest(1, null), one, Deciding(Bill, twice))!;
        Assert.Equal([new ApprovalVote(Bill.User, false, null, Noon)], changed.Approvals[0].Votes);
        Assert.Equal(ApprovalState.Approved, After(new ApproveRequest(1), one, Deciding(Mona, twice))!.Approvals[0].State);
    }

    [Fact]
    public void Of_two_at_once_the_second_hears_who_was_faster_and_the_message_is_put_right()
    {
        var decided = After(new ApproveRequest(1), Asked(), Deciding(Bill))!;
        var late = Decide(new DenyRequest(1, "No"), decided, Deciding(Mona));
        Assert.Empty(late.Facts);
        Assert.Equal(Tells("approval.late.Approved", ("name", "🔄 Refund"), ("who", Bill.User.Mention)), late.Reply);
        Assert.Equal([new EditCard(Elsewhere, Message, ApprovalCard.Of(decided.Approvals[0], decided, With(Refund)))], late.Effects);
    }

    [Fact]
    public void Gone_from_the_settings_it_is_decided_by_managers()
    {
        var context = Deciding(Mona) with { Settings = Configuration };
        Assert.Null(Decide(new ApproveRequest(1), Asked(), context).Refusal);
        Assert.Equal("access.denied", Decide(new ApproveRequest(1), Asked(), context with { Actor = Bill }).Refusal!.Code);
    }

    [Fact]
    public void When_the_ticket_is_closed_it_is_still_decided_and_whoever_asked_is_written_to()
    {
        var decision = Decide(new ApproveRequest(1), Asked().ClosedBy(Sam), Deciding(Bill));
        Assert.Equal(Sam.User, Assert.IsType<SendDirectMessage>(Assert.Single(decision.Effects)).To);
    }

    [Theory]
    [InlineData(FailureReason.ChannelGone)]
    [InlineData(FailureReason.MissingPermission)]
    public void What_cannot_be_put_there_is_told_in_the_ticket(FailureReason reason)
    {
        var asked = After(Filled, ThreadTicket, Asking(Sam))!;
        var post = Decide(Filled, ThreadTicket, Asking(Sam)).Effects.OfType<PostCard>().Single();
        var decision = Ended(post, Cannot(reason), asked, By(Actor.Desk) with { Settings = With(Refund) });
        Assert.Equal([new ApprovalLost(Noon, 1)], decision.Facts);
        var line = decision.Effects.OfType<PostCard>().Single(effect => effect.In == HomeChannel);
        Assert.Equal(new Mentions([Sam.User], []), line.Mentions);
    }

    [Fact]
    public void Five_wait_at_most()
    {
        var ticket = ThreadTicket;
        for (var i = 0; i < 5; i++) ticket = After(Filled, ticket, Asking(Sam))!;
        Assert.Equal(Refused("approval.many", "approval.many", ("most", "5")), Decide(Filled, ticket, Asking(Sam)));
    }

    [Fact]
    public void A_number_that_no_request_has_is_told() =>
        Assert.Equal("approval.gone", Decide(new ApproveRequest(3), Asked(), Deciding(Bill)).Refusal!.Code);
}
