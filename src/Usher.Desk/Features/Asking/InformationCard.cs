using Usher.Desk.Cards;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>The second card of a ticket: everything that was asked, answered and looked up.</summary>
public static class InformationCard
{
    /// <summary>Draws the answers as they are.</summary>
    public static Card Of(Ticket ticket, DeskSettings settings)
    {
        var language = settings.Language;
        var department = settings.Department(ticket.Department);
        var parts = new List<CardPart> { new Words($"### {language.Say("form.information", ("ticket", ticket.Label))}") };
        if (department?.Form is { } form)
        {
            foreach (var (question, answer) in Interview.Counted(form, ticket.Answers)) parts.Add(new Words(Told(question, answer, settings)));
        }
        else
        {
            // The form is gone from the settings; what was answered is not.
            parts.AddRange(ticket.Answers.Select(answer => new Words($"**{answer.Question}**\n{Quoted(answer.Value)}")));
        }
        if (ticket.FormIsOpen) parts.Add(new Words(language.Say("form.unfinished")));
        if (ticket.IsOpen && ticket.Answers.Any(answer => answer.Found is { State: FindingState.Unavailable }))
            parts.Add(new Buttons([new Button(language.Say("button.retry"), new Press("form-retry", ticket.Number), ButtonLook.Secondary, "🔄")]));
        return new Card(parts.ToValueList(), department?.Colour);
    }

    private static string Told(Question question, FormAnswer answer, DeskSettings settings)
    {
        var language = settings.Language;
        var told = $"**{question.Text}**\n{Quoted(answer.Found?.Label ?? AnswerWords.Of(question, answer, language))}";
        return answer.Found switch
        {
            { State: FindingState.Found } found => $"{told}\n{string.Join('\n', found.Fields.Select(field => $"- {language.Say("form.field", ("name", NameOf(field, question, settings)), ("value", field.Value))}"))}",
            { State: FindingState.NotFound } => $"{told}\n-# {question.None ?? language.Say("form.not_found")}",
            { State: FindingState.Unavailable } => $"{told}\n-# {language.Say("form.unavailable")}",
            _ => told,
        };
    }

    private static string NameOf(FoundField field, Question question, DeskSettings settings) =>
        ((question.Lookup ?? question.OptionsFrom) is { } source ? settings.Source(source)?.LabelOf(field.Name) : null)
        ?? Catalogue.Find(settings.Language, $"found.{field.Name}") ?? field.Name;

    private static string Quoted(string text) => "> " + text.ReplaceLineEndings("\n> ");
}
