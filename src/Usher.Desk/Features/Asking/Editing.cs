using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>Somebody wants to change an answer: which one?</summary>
public sealed record AskWhichAnswer : Command
{
    internal static Decision Decide(AskWhichAnswer command, Ticket ticket, Context context)
    {
        if (Editing.FormOf(ticket, context) is not { } form) return Decision.Refuse("form.none", context.Private.Say("form.none"));
        var options = Interview.Counted(form, ticket.Answers)
            .Take(25)
            .Select(pair => new ChoiceOption(new Press("form-edit", ticket.Number, pair.Question.Key).ToCustomId(), pair.Question.Text.CutTo(100), AnswerWords.Of(pair.Question, pair.Answer, context.Private).CutTo(100)))
            .ToValueList();
        if (options.Count == 0) return Decision.Refuse("form.none", context.Private.Say("form.none"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(context.Private.Say("form.which")),
            new Choice(new Press("form-edit", ticket.Number), ChoiceAmong.Options, context.Private.Say("form.hint")) { Options = options },
        ])));
    }
}

/// <summary>An answer is to be changed: it is asked once more, with the answer of now to begin from.</summary>
public sealed record EditAnswer(string Question) : Command
{
    internal static Decision Decide(EditAnswer command, Ticket ticket, Context context)
    {
        if (Editing.FormOf(ticket, context)?.Question(command.Question) is not { } question || context.Settings.Department(ticket.Department) is not { } department)
            return Decision.Refuse("form.none", context.Private.Say("form.none"));
        if (question.OptionsFrom is not null)
        {
            // What can be chosen was looked up, which may have taken longer than Discord waits for a modal.
            var card = FormCards.Repick(question, new Press("form-repick", ticket.Number, question.Key), context.Private, Lookups.Found(question.Key, context), out var sentence);
            return card is null ? Decision.Refuse("form.nothing_to_choose", sentence) : Decision.Say(new Tell(card));
        }
        return Decision.Say(new ShowForm(FormCards.Modal(department, [question], ticket.Answers, new Press("form-change", ticket.Number))));
    }
}

/// <summary>Answers of a ticket's form are changed afterwards.</summary>
public sealed record ChangeAnswers(ValueList<FormAnswer> Answers) : Command
{
    internal static Decision Decide(ChangeAnswers command, Ticket ticket, Context context)
    {
        if (Editing.FormOf(ticket, context) is not { } form) return Decision.Refuse("form.none", context.Private.Say("form.none"));
        var given = Lookups.Enrich(form, Interviewing.CheckedAll(form, command.Answers, context.Private), context.LookedUp, hasTicket: true);
        if (given.Count == 0) return Decision.Refuse("form.none", context.Private.Say("form.none"));
        var faults = Interviewing.FaultsOf(form, FormAnswer.Merge(ticket.Answers, given), context.Private);
        if (faults.Count > 0) return Decision.Refuse("form.fault", string.Join('\n', faults));
        if (given.Any(answer => answer.Refused)) return Decision.Refuse("form.choice_gone", context.Private.Say("form.choice_gone"));
        return Decision.That(new FormAnswered(context.Now, given)).Then(new RefreshCard(Information: true)).Telling(context.Private.Say("form.changed"));
    }
}

internal static class Editing
{
    internal static FormSettings? FormOf(Ticket ticket, Context context) => ticket.IsOpen ? context.Settings.Department(ticket.Department)?.Form : null;
}
