using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>What is to be asked next.</summary>
internal abstract record Step
{
    /// <summary>Nothing: the form is filled in.</summary>
    internal sealed record Done : Step;

    /// <summary>One question, by a message with buttons or a select.</summary>
    internal sealed record Choose(Question Question) : Step;

    /// <summary>Up to five questions, by one modal.</summary>
    internal sealed record Fill(ValueList<Question> Questions) : Step;
}

/// <summary>Walks through a form. It looks only at the form as it is now and at the answers: a form that was changed meanwhile asks what is new and forgets what is gone.</summary>
internal static class Interview
{
    /// <summary>Discord's modals hold at most five questions.</summary>
    /// <remarks>https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal</remarks>
    internal const int InModal = 5;

    /// <summary>What is to be asked next.</summary>
    internal static Step Next(FormSettings form, ValueList<FormAnswer> answers)
    {
        var open = Asked(form, answers).Where(question => AnswerTo(question, answers) is null).ToList();
        if (open.Count == 0) return new Step.Done();
        if (open[0].IsMessage) return new Step.Choose(open[0]);
        return new Step.Fill(open.TakeWhile(question => !question.IsMessage).Take(InModal).ToValueList());
    }

    /// <summary>The questions whose conditions hold, in order.</summary>
    internal static IEnumerable<Question> Asked(FormSettings form, ValueList<FormAnswer> answers)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in form.Questions)
        {
            if (!question.When.All(condition => Holds(condition, form, asked, answers))) continue;
            asked.Add(question.Key);
            yield return question;
        }
    }

    /// <summary>The answer to a question that still fits it; null when it must be asked (again).</summary>
    internal static FormAnswer? AnswerTo(Question question, ValueList<FormAnswer> answers) =>
        answers.FirstOrDefault(answer => answer.Question == question.Key) is { Refused: false } answer && Fits(question, answer) ? answer : null;

    /// <summary>The answers that count, with their questions, in the form's order.</summary>
    internal static IEnumerable<(Question Question, FormAnswer Answer)> Counted(FormSettings form, ValueList<FormAnswer> answers)
    {
        foreach (var question in Asked(form, answers))
        {
            if (AnswerTo(question, answers) is { } answer) yield return (question, answer);
        }
    }

    private static bool Holds(AnswerCondition condition, FormSettings form, HashSet<string> asked, ValueList<FormAnswer> answers)
    {
        if (!asked.Contains(condition.Question) || form.Question(condition.Question) is not { } question) return false;
        if (AnswerTo(question, answers) is not { } answer) return false;
        return condition.Values.Count == 0 ? answer.Value.Length > 0 : answer.Values.Any(value => condition.Values.Contains(value));
    }

    // An option that is gone cannot stay chosen.
    private static bool Fits(Question question, FormAnswer answer) =>
        question.Kind is not (QuestionKind.Buttons or QuestionKind.Select or QuestionKind.Radio or QuestionKind.Checkboxes)
        || question.Options.Count == 0
        || answer.Values.All(value => question.Options.Any(option => option.Value == value));
}
