using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Posting;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class AskInWritingTests
{
    private static readonly Writing Nothing = new(null, null, null);
    private static readonly Actor Crm = new() { User = new Values.UserId(900), Name = "CRM", Standing = new Standing(false, ["support"]) };

    private static readonly FormSettings Form = new()
    {
        Questions =
        [
            new Question { Key = "subject", Text = "Subject", Kind = QuestionKind.Line, Most = 10 },
            new Question { Key = "side", Text = "Side", Kind = QuestionKind.Select, Options = [new QuestionOption("port", "Port"), new QuestionOption("starboard", "Starboard")] },
            new Question { Key = "why", Text = "Why port?", Kind = QuestionKind.Line, When = [new AnswerCondition("side", ["port"])] },
            new Question { Key = "more", Text = "More", Kind = QuestionKind.Paragraph, Required = false },
        ],
    };

    [Fact]
    public void What_is_said_is_part_of_the_ticket_from_its_first_moment()
    {
        var ticket = After(new AskInWriting("support", new Writing("Stuck", "The crane is stuck", Priority.High)), null, By(Alice))!;

        Assert.Equal(("Stuck", "The crane is stuck", Priority.High, Alice.User), (ticket.Subject, ticket.Description, ticket.Priority, ticket.Opener));
        var words = string.Join('\n', TicketCard.Of(ticket, Configuration).Parts.OfType<Words>().Select(part => part.Markdown));
        Assert.Contains("**Stuck**\n> The crane is stuck", words);
    }

    [Fact]
    public void A_program_asks_for_a_member_and_not_for_itself_when_it_is_no_staff()
    {
        var forBob = new AskInWriting("support", Nothing, For: new Referral(Bob.User, Bob));

        Assert.Equal((Bob.User, Crm.User), After(forBob, null, By(Crm)) is { } ticket ? (ticket.Opener, ticket.OpenedBy) : default);
        Assert.Equal("access.denied", Decide(forBob, null, By(Alice)).Refusal?.Code);
        Assert.Equal("open.not_member", Decide(new AskInWriting("support", Nothing, For: new Referral(Bob.User, null)), null, By(Crm)).Refusal?.Code);
    }

    [Theory]
    [InlineData("side=starboard")]
    [InlineData("side=port")]
    [InlineData("colour=red")]
    [InlineData("")]
    public void What_somebody_else_would_have_to_say_tells_nothing_to_whoever_may_not_ask_for_them(string answers)
    {
        var given = answers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => new FormAnswer(pair[0], pair[1]));
        var command = new AskInWriting("support", Nothing with { Subject = "Stuck" }, [.. given], new Referral(Bob.User, Bob));
        var form = Form with { Questions = [.. Form.Questions.Select(question => question with { Lookup = SourceSettings.InviteKey })] };
        var context = By(Alice) with { Settings = Configuration with { Departments = [Support with { Form = form }] } };

        Assert.Equal("access.denied", Decide(command, null, context).Refusal?.Code);
        Assert.Empty(AskInWriting.LookedUp(command, null, context));
    }

    public static TheoryData<string, string, string?> Answers => new()
    {
        { "Stuck", "side=starboard", null },
        { "Stuck", "side=port,why=It leaks", null },
        { "Stuck", "side=port", "open.unanswered" },
        { "Stuck", "", "open.unanswered" },
        { "", "side=starboard", "open.unanswered" },
        { "Stuck", "side=up", "open.unanswered" },
        { "Stuck", "side=starboard,colour=red", "open.unasked" },
        { "Stuck for days on end", "side=starboard", "open.answer" },
        { new string('x', 201), "side=starboard", "open.subject_too_long" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_the_form_asks_must_be_said(string subject, string answers, string? code)
    {
        var given = answers.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => new FormAnswer(pair[0], pair[1]));
        var command = new AskInWriting("support", Nothing with { Subject = subject.Length == 0 ? null : subject }, [.. given]);
        var context = By(Alice) with { Settings = Configuration with { Departments = [Support with { Form = Form }] } };

        var decision = Decide(command, null, context);

        Assert.Equal(code, decision.Refusal?.Code);
        if (code is not null) return;
        var opened = Assert.Single(decision.Facts.OfType<TicketOpened>());
        Assert.Null(opened.Subject);
        Assert.Equal(subject, opened.Answers.First(answer => answer.Question == "subject").Value);
    }

    [Fact]
    public void A_form_in_the_ticket_asks_there_for_what_is_left()
    {
        var context = By(Alice) with { Settings = Configuration with { Departments = [Support with { Form = Form with { Place = FormPlace.InTicket } }] } };
        var decided = Usher.Desk.Features.All.Rules.Decide(new AskInWriting("support", Nothing with { Subject = "Stuck" }), null, context);
        Assert.Null(decided.Decision.Refusal);
        Assert.Equal([new FormAnswer("subject", "Stuck")], decided.Ticket!.Answers);
    }

    [Fact]
    public void The_opener_writes_from_outside_and_it_is_staffs_turn()
    {
        var answered = ThreadTicket with { WaitsForStaff = false };
        var decision = Decide(new ReplyAsOpener("Pier four"), answered, By(Alice));

        Assert.Equal([new OpenerReplied(Noon)], decision.Facts);
        Assert.Equal([new PostCard(HomeChannel, Card.Saying(Say("reply.said.opener", ("who", "<@1>"), ("text", "Pier four"))), Mentions.None, PostPurpose.Line)], decision.Effects);
        Assert.Equal("access.denied", Decide(new ReplyAsOpener("x"), answered, By(Sam)).Refusal?.Code);
        Assert.Equal("ticket.closed", Decide(new ReplyAsOpener("x"), answered.ClosedBy(Sam), By(Alice)).Refusal?.Code);
        Assert.Equal("reply.too_long", Decide(new ReplyAsOpener(new string('x', 3801)), answered, By(Alice)).Refusal?.Code);
    }

    [Fact]
    public void A_programs_reply_is_signed_with_the_name_of_its_key()
    {
        var post = Assert.Single(Decide(new Usher.Desk.Features.Replying.Reply("Hello"), ThreadTicket, By(Crm)).Effects.OfType<PostCard>());
        Assert.Equal(Card.Saying(Say("reply.said", ("opener", "<@1>"), ("who", "CRM"), ("text", "Hello"))), post.Card);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Who_is_closed_quietly_gets_no_message(bool quietly, bool told)
    {
        var decision = Decide(new CloseTicket("Solved") { Quietly = quietly }, ThreadTicket, By(Sam));
        Assert.Equal(told, decision.Effects.Any(effect => effect is SendDirectMessage));
        Assert.Contains(decision.Effects, effect => effect is PostCard { Purpose: PostPurpose.Log });
    }

    [Fact]
    public void A_button_is_placed_with_its_words_and_looks()
    {
        var decision = Decide(new PlaceButton(Elsewhere) { Look = ButtonLook.Danger, Department = "billing", Label = "Money", Text = "Ask" }, null, By(Mona));
        var post = Assert.IsType<PostCard>(Assert.Single(decision.Effects));
        Assert.Equal((Elsewhere, new Card([new Words("Ask"), new Buttons([new Button("Money", new Press("open", Argument: "billing"), ButtonLook.Danger, "🎫")])])), (post.In, post.Card));
        Assert.Equal("configure.no_department", Decide(new PlaceButton(Elsewhere) { Department = "gone" }, null, By(Mona)).Refusal?.Code);
        Assert.Equal("place.label_too_long", Decide(new PlaceButton(Elsewhere) { Label = new string('x', 81) }, null, By(Mona)).Refusal?.Code);
        Assert.Equal("place.text_too_long", Decide(new PlaceButton(Elsewhere) { Text = new string('x', 2001) }, null, By(Mona)).Refusal?.Code);
        Assert.Equal("access.denied", Decide(new PlaceButton(Elsewhere), null, By(Sam)).Refusal?.Code);
    }

    [Fact]
    public void A_button_for_all_departments_offers_them_all()
    {
        var told = Assert.IsType<Tell>(Decide(new ShowOptions(null), null, By(Alice) with { Interaction = Click }).Reply);
        Assert.Equal(["Support", "Billing"], told.Card.Parts.OfType<Choice>().Single().Options.Select(option => option.Label));
    }
}
