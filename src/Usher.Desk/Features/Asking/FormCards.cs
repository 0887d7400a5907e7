using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>Where the answers of a form go: to a draft before the ticket opens, or to the ticket.</summary>
/// <param name="Department">The department's key.</param>
/// <param name="Ticket">The ticket's number; null before it opens.</param>
internal sealed record FormTarget(string Department, long? Ticket)
{
    private string Prefix => Ticket is null ? "ask" : "form";

    /// <summary>A press of the form's; before the ticket opens it names the department.</summary>
    internal Press Press(string action, string? argument = null) =>
        new($"{Prefix}-{action}", Ticket, Ticket is not null ? argument : argument is null ? Department : $"{Department}.{argument}");
}

/// <summary>Draws the steps of a form.</summary>
internal static class FormCards
{
    private const int ButtonsInRow = 5;
    private const int LongestTitle = 45;
    private const int LongestOption = 100;

    /// <summary>Stands before the value of an option that came from outside: without it, one with the form of a press would do what that press does.</summary>
    internal const char RowMark = '=';

    /// <summary>A question with buttons or a select.</summary>
    /// <param name="department">The department that asks.</param>
    /// <param name="question">The question.</param>
    /// <param name="target">Where the answer goes.</param>
    /// <param name="language">Whose words.</param>
    /// <param name="options">What can be chosen, where it is looked up; null when it was not looked up yet.</param>
    /// <param name="answers">What was answered, among it a choice that is not there any more.</param>
    internal static Card Choose(Department department, Question question, FormTarget target, Language language, LookedUp? options = null, ValueList<FormAnswer> answers = default)
    {
        if (question.OptionsFrom is not null)
        {
            if (options is not { State: FindingState.Found }) return WithoutOptions(department, question, target, language, options);
            question = WithOptions(question, options);
            if (answers.Any(answer => answer.Question == question.Key && answer is { Refused: true, Value.Length: > 0 })) question = question with { Description = $"⚠️ {language.Say("form.choice_gone")}" };
        }
        var parts = new List<CardPart> { new Words(Heading(department)), new Words(Asked(question)) };
        if (question.Kind == QuestionKind.Buttons)
        {
            foreach (var row in question.Options.Chunk(ButtonsInRow))
                parts.Add(new Buttons(row.Select(option => new Button(option.Label, target.Press("answer", $"{question.Key}.{option.Value}"), ButtonLook.Primary, option.Emoji)).ToValueList()));
        }
        else
        {
            parts.Add(Select(question, target.Press("choose", question.Key), language));
        }
        if (Ends(question, target, language) is { Count: > 0 } ends) parts.Add(new Buttons(ends));
        return new Card(parts.ToValueList(), department.Colour);
    }

    /// <summary>The select of a question whose options were looked up, to choose anew; null, with a sentence that says why, when there is nothing to choose from.</summary>
    internal static Card? Repick(Question question, Press press, Language language, LookedUp? options, out string sentence)
    {
        sentence = options is { State: FindingState.NotFound } ? question.None ?? language.Say("form.no_options") : language.Say("form.unavailable");
        return options is { State: FindingState.Found } ? new Card([new Words(Asked(question)), Select(WithOptions(question, options), press, language)]) : null;
    }

    /// <summary>A button that opens the modal with the next questions: a modal cannot come by itself.</summary>
    internal static Card Invite(Department department, ValueList<Question> questions, FormTarget target, Language language)
    {
        var asked = string.Join('\n', questions.Select(question => $"- {question.Text}"));
        var row = new List<Button> { new(language.Say("button.fill"), target.Press("again"), ButtonLook.Primary, "✏️") };
        if (target.Ticket is null) row.Add(Stop(target, language));
        return new Card([new Words(Heading(department)), new Words(asked), new Buttons(row.ToValueList())], department.Colour);
    }

    /// <summary>What was wrong, and what can be done about it.</summary>
    internal static Card Faults(Department department, IReadOnlyList<string> faults, FormTarget target, Language language)
    {
        var row = new List<Button>
        {
            new(language.Say("button.correct"), target.Press("again"), ButtonLook.Primary, "✏️"),
            new(language.Say("button.without"), target.Press("without"), ButtonLook.Secondary, "➡️"),
        };
        if (target.Ticket is null) row.Add(Stop(target, language));
        return new Card([new Words(Heading(department)), new Words(string.Join('\n', faults.Select(fault => $"⚠️ {fault}"))), new Buttons(row.ToValueList())], department.Colour);
    }

    /// <summary>The modal with those questions; what was answered before stands in it.</summary>
    internal static Form Modal(Department department, ValueList<Question> questions, ValueList<FormAnswer> answers, Press press) => new(
        press,
        department.Name.CutTo(LongestTitle),
        questions.Select(question => QuestionField.Of(question, answers.FirstOrDefault(answer => answer.Question == question.Key)?.Value ?? question.Prefilled)).ToValueList());

    private static string Heading(Department department) => $"### {(department.Emoji is { } emoji ? emoji + " " : "")}{department.Name}";

    private static string Asked(Question question) => question.Description is { } more ? $"**{question.Text}**\n{more}" : $"**{question.Text}**";

    // There is nothing to choose from: what can be done instead depends on why.
    private static Card WithoutOptions(Department department, Question question, FormTarget target, Language language, LookedUp? options)
    {
        var parts = new List<CardPart> { new Words(Heading(department)), new Words(Asked(question)) };
        var row = new List<Button>();
        if (options is null)
        {
            row.Add(new Button(language.Say("button.options"), target.Press("again"), ButtonLook.Primary, "📋"));
        }
        else
        {
            var down = options.State == FindingState.Unavailable;
            parts.Add(new Words($"⚠️ {(down ? language.Say("form.unavailable") : question.None ?? language.Say("form.no_options"))}"));
            row.Add(new Button(language.Say("button.retry"), target.Press("again"), ButtonLook.Secondary, "🔄"));
            if (down || !question.Required || target.Ticket is not null) row.Add(new Button(language.Say("button.without"), target.Press("answer", $"{question.Key}."), ButtonLook.Secondary, "➡️"));
        }
        if (target.Ticket is null) row.Add(Stop(target, language));
        parts.Add(new Buttons(row.ToValueList()));
        return new Card(parts.ToValueList(), department.Colour);
    }

    private static Question WithOptions(Question question, LookedUp options) =>
        question with
        {
            Options = options.Rows
            .Where(row => row.Value.Length > 0).DistinctBy(row => row.Value)
            .Select(row => new QuestionOption(RowMark + row.Value, row.Label.CutTo(LongestOption), row.Description?.CutTo(LongestOption))).ToValueList()
        };

    private static Choice Select(Question question, Press press, Language language) =>
        new(press, Among(question.Kind), question.Hint ?? language.Say("form.hint"))
        {
            Options = question.Options.Select(option => new ChoiceOption(option.Value, option.Label, option.Description, option.Emoji)).ToValueList(),
            Least = question.Least ?? 1,
            Most = question.Most ?? 1,
        };

    private static ChoiceAmong Among(QuestionKind kind) => kind switch
    {
        QuestionKind.Members => ChoiceAmong.Members,
        QuestionKind.Roles => ChoiceAmong.Roles,
        QuestionKind.Channels => ChoiceAmong.Channels,
        _ => ChoiceAmong.Options,
    };

    private static ValueList<Button> Ends(Question question, FormTarget target, Language language)
    {
        var row = new List<Button>();
        if (!question.Required) row.Add(new Button(language.Say("button.skip"), target.Press("answer", $"{question.Key}."), ButtonLook.Secondary));
        if (target.Ticket is null) row.Add(Stop(target, language));
        return row.ToValueList();
    }

    private static Button Stop(FormTarget target, Language language) => new(language.Say("button.stop"), target.Press("stop"), ButtonLook.Secondary, "✖️");
}
