using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Asking;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

/// <summary>What a form needs from outside, in which order, and what answers come to with it.</summary>
public sealed class LookupTests
{
    private static readonly SqlSourceSettings Cases = new()
    {
        Key = "cases",
        Query = "select * from cases where guild = {invite.guild_id} and reporter = {opener}",
        Option = new RowOption("id", "{id}"),
        Show = [new ShownField("reason", "Reason")],
    };

    private static readonly Question Invite = new() { Key = "invite", Text = "Its invitation", Format = AnswerFormat.Invite, Lookup = "invite" };

    private static readonly Question Case = new() { Key = "case", Text = "Which case?", Kind = QuestionKind.Select, OptionsFrom = "cases", None = "No case is open." };

    private static readonly LookupQuery InviteQuery = new(SourceSettings.Invites, "invite", [new LookupValue("answer", "abc")]);

    private static readonly LookupQuery CaseQuery = new(Cases, "case", [new LookupValue("invite.guild_id", "42"), new LookupValue("opener", "1")]);

    private static readonly LookedUp TheGuild = new(InviteQuery, FindingState.Found, [new FoundRow([new FoundField("guild_id", "`42`", "42")])]);

    private static readonly LookedUp TwoCases = new(CaseQuery, FindingState.Found,
        [new FoundRow([new FoundField("reason", "spam")], "u1:close:7", "Case one", "spam"), new FoundRow([new FoundField("reason", "rude")], "2", "Case two")]);

    private static readonly Draft Begun = new() { Guild = Guild, User = Alice.User, Department = "support", Answers = [new FormAnswer("invite", "discord.gg/abc", Found: new Finding(FindingState.Found, TheGuild.Rows[0].Fields))] };

    private static Context Asking(Question caseQuestion, params LookedUp[] lookedUp) => By(Alice) with
    {
        Settings = Configuration with
        {
            Sources = [Cases],
            Departments = [Support with { Form = new FormSettings { Questions = [Invite, caseQuestion] } }, Billing],
        },
        Interaction = Click with { Waiting = Waiting.Silently, Message = new MessageId(9) },
        Drafts = [Begun],
        LookedUp = lookedUp.ToValueList(),
    };

    private static ValueList<LookupQuery> Needed(Command command, Context context) => Usher.Desk.Features.All.Rules.RuleOf(command)!.Lookups!(command, null, context);

    [Fact]
    public void What_is_found_is_what_the_next_question_is_asked_with()
    {
        var command = new FillForm("support", [new FormAnswer("invite", "https://discord.gg/abc")]);
        var fresh = Asking(Case) with { Drafts = [] };

        Assert.Equal([InviteQuery], Needed(command, fresh));
        Assert.Equal([InviteQuery, CaseQuery], Needed(command, fresh with { LookedUp = [TheGuild] }));
        Assert.Equal([InviteQuery, CaseQuery], Needed(command, fresh with { LookedUp = [TheGuild, TwoCases] }));
    }

    [Fact]
    public void What_cannot_be_taken_is_not_looked_up() =>
        Assert.Empty(Needed(new FillForm("support", [new FormAnswer("invite", "two words")]), Asking(Case) with { Drafts = [] }));

    [Fact]
    public void What_is_not_known_is_asked_for_with_nothing()
    {
        var unknown = Begun with { Answers = [new FormAnswer("invite", "discord.gg/abc", Found: new Finding(FindingState.NotFound))] };
        var query = Assert.Single(Needed(new AskAgain("support"), Asking(Case) with { Drafts = [unknown] }));

        Assert.Null(query["invite.guild_id"]);
    }

    [Fact]
    public void The_rows_are_the_options_and_no_row_is_a_button()
    {
        var shown = Assert.IsType<ShowCard>(Decide(new AskAgain("support"), null, Asking(Case, TwoCases)).Reply);

        var choice = Assert.Single(shown.Card.Parts.OfType<Choice>());
        Assert.Equal(["Case one", "Case two"], choice.Options.Select(option => option.Label));
        Assert.All(choice.Options, option => Assert.Null(Press.Parse(option.Value)));
    }

    [Fact]
    public void Rows_of_one_value_are_one_option_and_rows_of_none_are_none()
    {
        var odd = TwoCases with { Rows = [new FoundRow([], "2", "Case two"), new FoundRow([], "2", "Case two again"), new FoundRow([], "", "Nothing")] };

        Assert.Single(Assert.Single(Assert.IsType<ShowCard>(Decide(new AskAgain("support"), null, Asking(Case, odd)).Reply).Card.Parts.OfType<Choice>()).Options);
    }

    [Theory]
    [InlineData("2", true)]
    [InlineData("u1:close:7", true)]
    [InlineData("3", false)]
    public void Only_what_is_there_when_it_is_chosen_is_taken(string value, bool taken)
    {
        var decision = Decide(new AnswerQuestion("support", "case", value), null, Asking(Case, TwoCases));

        Assert.Equal(taken, decision.Facts.Count > 0);
        if (!taken) Assert.Contains(Say("form.choice_gone"), Words(decision), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_chosen_is_told_with_what_stands_in_its_row()
    {
        var opened = Assert.Single(Decide(new AnswerQuestion("support", "case", "2"), null, Asking(Case, TwoCases)).Facts.OfType<Usher.Desk.Features.Opening.TicketOpened>());

        Assert.Equal(new FormAnswer("case", "2", Found: new Finding(FindingState.Found, [new FoundField("reason", "rude")], "Case two")), opened.Answers[1]);
    }

    [Theory]
    [InlineData(FindingState.NotFound, true, false)]
    [InlineData(FindingState.NotFound, false, true)]
    [InlineData(FindingState.Unavailable, true, true)]
    [InlineData(FindingState.Unavailable, false, true)]
    [InlineData(FindingState.Found, true, false)]
    [InlineData(FindingState.Found, false, true)]
    public void Whether_a_ticket_opens_without_a_choice_depends_on_why_there_is_none(FindingState state, bool required, bool opens)
    {
        var question = Case with { Required = required };
        var looked = new LookedUp(CaseQuery, state, state == FindingState.Found ? TwoCases.Rows : []);
        var shown = Decide(new AskAgain("support"), null, Asking(question, looked));
        var decision = Decide(new AnswerQuestion("support", "case", ""), null, Asking(question, looked));

        Assert.Equal(opens, decision.Facts.Count > 0);
        if (state == FindingState.NotFound) Assert.Contains("No case is open.", Words(shown), StringComparison.Ordinal);
        if (state != FindingState.Found) Assert.Equal(opens, Buttons(shown).Contains(Say("button.without")));
    }

    [Fact]
    public void After_looking_up_a_modal_is_not_risked()
    {
        var context = Asking(Case, TwoCases);
        var words = new Question { Key = "words", Text = "In your words" };
        context = context with { Settings = context.Settings with { Departments = [Support with { Form = new FormSettings { Questions = [Invite, Case, words] } }] } };

        Assert.Equal([Say("button.fill"), Say("button.stop")], Buttons(Decide(new AnswerQuestion("support", "case", "2"), null, context)));
    }

    [Fact]
    public void What_was_not_looked_up_yet_is_looked_up_by_a_button() =>
        Assert.Equal([Say("button.options"), Say("button.stop")], Buttons(Decide(new AskAgain("support"), null, Asking(Case))));

    [Fact]
    public void A_source_that_is_gone_from_the_settings_holds_nobody_up()
    {
        var context = Asking(Case);
        context = context with { Settings = context.Settings with { Sources = [] } };

        Assert.Empty(Needed(new AnswerQuestion("support", "case", ""), context));
        Assert.NotEmpty(Decide(new AnswerQuestion("support", "case", ""), null, context).Facts);
    }

    [Fact]
    public void Labels_are_those_of_the_settings_as_they_are_now()
    {
        var ticket = ThreadTicket with { Answers = [Begun.Answers[0], new FormAnswer("case", "2", Found: new Finding(FindingState.Found, [new FoundField("reason", "rude")], "Case two"))] };
        var settings = Asking(Case).Settings with { Sources = [Cases with { Show = [new ShownField("reason", "Why")] }] };

        var told = string.Join('\n', InformationCard.Of(ticket, settings).Parts.OfType<Words>().Select(words => words.Markdown));

        Assert.Contains("> Case two", told, StringComparison.Ordinal);
        Assert.Contains("**Why:** rude", told, StringComparison.Ordinal);
    }

    private static Card CardOf(Decision decision) => decision.Reply switch
    {
        ShowCard shown => shown.Card,
        Tell told => told.Card,
        _ => throw new InvalidOperationException("There is no card."),
    };

    private static string Words(Decision decision) => string.Join('\n', CardOf(decision).Parts.OfType<Words>().Select(words => words.Markdown));

    private static List<string> Buttons(Decision decision) => [.. CardOf(decision).Parts.OfType<Buttons>().SelectMany(row => row.Row).Select(button => button.Label)];
}
