using Usher.Desk.Cards;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Forms;

/// <summary>Draws a question as a field of a modal.</summary>
internal static class QuestionField
{
    private const int LongestQuestion = 45;

    /// <summary>The field of a modal that asks a question.</summary>
    internal static FormField Of(Question question, string? value) => new(question.Key, question.Text.CutTo(LongestQuestion), KindOf(question.Kind))
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
