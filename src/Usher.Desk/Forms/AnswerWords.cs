using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Forms;

/// <summary>Says answers so that people can read them, whichever form asked.</summary>
internal static class AnswerWords
{
    /// <summary>What a question is answered with in words: the labels of options, mentions of people.</summary>
    internal static string Of(Question question, FormAnswer answer, Language language)
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
}
