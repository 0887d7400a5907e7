using Usher.Desk.Cards;
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
    private const int LongestQuestion = 45;

    /// <summary>A question with buttons or a select.</summary>
    internal static Card Choose(Department department, Question question, FormTarget target, Language language)
    {
        var parts = new List<CardPart> { new Words(Heading(department)), new Words(Asked(question)) };
        if (question.Kind == QuestionKind.Buttons)
        {
            foreach (var row in question.Options.Chunk(ButtonsInRow))
                parts.Add(new Buttons(row.Select(option => new Button(option.Label, target.Press("answer", $"{question.Key}.{option.Value}"), ButtonLook.Primary, option.Emoji)).ToValueList()));
        }
        else
        {
            parts.Add(Select(question, target, language));
        }
        if (Ends(question, target, language) is { Count: > 0 } ends) parts.Add(new Buttons(ends));
        return new Card(parts.ToValueList(), department.Colour);
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
        questions.Select(question => Field(question, answers.FirstOrDefault(answer => answer.Question == question.Key)?.Value ?? question.Prefilled)).ToValueList());

    /// <summary>What a question is answered with in words: the labels of options, mentions of people.</summary>
    internal static string Shown(Question question, FormAnswer answer, Language language)
    {
        if (answer.Value.Length == 0) return language.Say("form.passed");
        return question.Kind switch
        {
            QuestionKind.Members => string.Join(", ", answer.Values.Select(id => $"<@{id}>")),
            QuestionKind.Roles => string.Join(", ", answer.Values.Select(id => $"<@&{id}>")),
            QuestionKind.Channels => string.Join(", ", answer.Values.Select(id => $"<#{id}>")),
            QuestionKind.Checkbox => language.Say("form.yes"),
            QuestionKind.Line or QuestionKind.Paragraph or QuestionKind.Files => answer.Value,
            _ => string.Join(", ", answer.Values.Select(value => question.Options.FirstOrDefault(option => option.Value == value) is { } chosen ? Labelled(chosen) : value)),
        };
    }

    private static string Labelled(QuestionOption option) => option.Emoji is { } emoji ? $"{emoji} {option.Label}" : option.Label;

    private static string Heading(Department department) => $"### {(department.Emoji is { } emoji ? emoji + " " : "")}{department.Name}";

    private static string Asked(Question question) => question.Description is { } more ? $"**{question.Text}**\n{more}" : $"**{question.Text}**";

    private static Choice Select(Question question, FormTarget target, Language language) =>
        new(target.Press("choose", question.Key), Among(question.Kind), question.Hint ?? language.Say("form.hint"))
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

    /// <summary>The field of a modal that asks a question.</summary>
    internal static FormField Field(Question question, string? value) => new(question.Key, question.Text.CutTo(LongestQuestion), KindOf(question.Kind))
    {
        Required = question.Required,
        Description = question.Description,
        Hint = question.Hint,
        Value = value is { Length: > 0 } ? value : null,
        Least = question.Required ? question.Least : null,
        Most = question.Most,
        Options = question.Options.Select(option => new ChoiceOption(option.Value, option.Label, option.Description, option.Emoji)).ToValueList(),
    };

    private static FieldKind KindOf(QuestionKind kind) => kind switch
    {
        QuestionKind.Paragraph => FieldKind.Paragraph,
        QuestionKind.Radio => FieldKind.Radio,
        QuestionKind.Checkboxes => FieldKind.Checkboxes,
        QuestionKind.Checkbox => FieldKind.Checkbox,
        QuestionKind.Files => FieldKind.Files,
        QuestionKind.Select or QuestionKind.Buttons => FieldKind.Select,
        QuestionKind.Members => FieldKind.Members,
        QuestionKind.Roles => FieldKind.Roles,
        QuestionKind.Channels => FieldKind.Channels,
        _ => FieldKind.Line,
    };
}
