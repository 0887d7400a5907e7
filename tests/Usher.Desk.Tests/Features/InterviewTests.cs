using Usher.Desk.Features.Asking;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Tests.Features;

public sealed class InterviewTests
{
    private static readonly Question About = new()
    {
        Key = "about",
        Text = "Is it about …",
        Kind = QuestionKind.Buttons,
        Options = [new("server", "A server"), new("user", "Me"), new("else", "Something else")],
    };

    private static readonly Question Link = new() { Key = "link", Text = "Its invitation", Format = AnswerFormat.Invite, When = [new AnswerCondition("about", ["server"])] };

    private static readonly Question Words = new() { Key = "words", Text = "In your words", Kind = QuestionKind.Paragraph, Required = false };

    private static readonly FormSettings Form = new() { Questions = [About, Link, Words] };

    [Fact]
    public void The_first_question_comes_first() => Assert.Equal(new Step.Choose(About), Interview.Next(Form, []));

    [Fact]
    public void Questions_of_a_modal_come_together() =>
        Assert.Equal(new Step.Fill([Link, Words]), Interview.Next(Form, [new FormAnswer("about", "server")]));

    [Fact]
    public void A_question_whose_condition_does_not_hold_is_not_asked() =>
        Assert.Equal(new Step.Fill([Words]), Interview.Next(Form, [new FormAnswer("about", "user")]));

    [Fact]
    public void A_question_that_was_passed_over_is_answered() =>
        Assert.Equal(new Step.Done(), Interview.Next(Form, [new FormAnswer("about", "user"), new FormAnswer("words", "")]));

    [Fact]
    public void An_answer_that_cannot_be_taken_is_asked_again() =>
        Assert.Equal(new Step.Fill([Link]), Interview.Next(Form, [new FormAnswer("about", "server"), new FormAnswer("words", ""), new FormAnswer("link", "?", Refused: true)]));

    [Fact]
    public void An_option_that_is_gone_is_chosen_again_and_a_question_that_is_gone_is_forgotten() =>
        Assert.Equal(new Step.Choose(About), Interview.Next(Form, [new FormAnswer("about", "an old option"), new FormAnswer("gone", "x")]));

    [Fact]
    public void What_a_changed_answer_leaves_without_ground_counts_no_more()
    {
        var answers = FormAnswer.Merge([new FormAnswer("about", "server"), new FormAnswer("link", "discord.gg/abc")], [new FormAnswer("about", "user")]);
        Assert.Equal(["about"], Interview.Counted(Form, answers).Select(pair => pair.Question.Key));
    }

    [Fact]
    public void A_modal_holds_five_questions()
    {
        var many = new FormSettings { Questions = Enumerable.Range(0, 7).Select(n => new Question { Key = $"q{n}", Text = $"Question {n}" }).ToValueList() };
        Assert.Equal(5, Assert.IsType<Step.Fill>(Interview.Next(many, [])).Questions.Count);
    }

    [Theory]
    [InlineData("discord.gg/abc123", "abc123")]
    [InlineData("https://discord.gg/abc123", "abc123")]
    [InlineData("https://discord.com/invite/abc123", "abc123")]
    [InlineData("discordapp.com/invite/abc123", "abc123")]
    [InlineData("  https://www.discord.com/invite/abc-123/ ", "abc-123")]
    [InlineData("abc123", "abc123")]
    [InlineData("https://example.com/abc123", null)]
    [InlineData("discord.gg/", null)]
    [InlineData("two words", null)]
    [InlineData("https://evil.example/discord.gg/abc", null)]
    public void An_invitation_is_known_in_every_form(string typed, string? code) => Assert.Equal(code, Checking.InviteCode(typed));

    [Theory]
    [InlineData("BB1FE07D", null)]
    [InlineData("bb1fe07d", "Eight characters, 0 to 9 and A to F.")]
    [InlineData("BB1FE07D1", "Eight characters, 0 to 9 and A to F.")]
    [InlineData("", "**Code** must be answered.")]
    public void A_pattern_is_held_against_the_whole_answer(string typed, string? fault) =>
        Assert.Equal(fault, Checking.Fault(new Question { Key = "code", Text = "Code", Pattern = "[0-9A-F]{8}", PatternSays = "Eight characters, 0 to 9 and A to F." }, typed, Language.English));

    [Theory]
    [InlineData(AnswerFormat.Number, "12.5", true)]
    [InlineData(AnswerFormat.Number, "a dozen", false)]
    [InlineData(AnswerFormat.Url, "https://example.com/x", true)]
    [InlineData(AnswerFormat.Url, "javascript:alert(1)", false)]
    [InlineData(AnswerFormat.Invite, "discord.gg/abc", true)]
    [InlineData(AnswerFormat.Invite, "nothing at all", false)]
    public void A_format_is_checked(AnswerFormat format, string typed, bool taken) =>
        Assert.Equal(taken, Checking.Fault(new Question { Key = "q", Text = "Q", Format = format }, typed, Language.English) is null);

    [Theory]
    [InlineData(QuestionKind.Members, "1100000000000000001\n1100000000000000002", true)]
    [InlineData(QuestionKind.Members, "Bob", false)]
    [InlineData(QuestionKind.Roles, "1100000000000000001\n<@&5>", false)]
    [InlineData(QuestionKind.Channels, "0", false)]
    public void What_is_chosen_of_the_guild_is_known_by_its_id(QuestionKind kind, string given, bool taken) =>
        Assert.Equal(taken, Checking.Fault(new Question { Key = "q", Text = "Q", Kind = kind }, given, Language.English) is null);

    [Theory]
    [InlineData(4000, true)]
    [InlineData(4001, false)]
    public void Nobody_says_more_than_Discords_modal_takes(int length, bool taken) =>
        Assert.Equal(taken, Checking.Fault(new Question { Key = "q", Text = "Q", Kind = QuestionKind.Paragraph }, new string('x', length), Language.English) is null);
}
