using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>What the questions of a form need from outside, and what answers come to with it.</summary>
internal static class Lookups
{
    /// <summary>What must be looked up for answers that are given now, and then for the question that comes next; what cannot be taken anyway is not looked up.</summary>
    /// <param name="form">The form.</param>
    /// <param name="earlier">What was answered before.</param>
    /// <param name="given">What is answered now, checked.</param>
    /// <param name="opener">Who answers.</param>
    /// <param name="context">What else is known, with everything that was looked up for this command already.</param>
    /// <param name="hasTicket">Whether there is a ticket already.</param>
    internal static ValueList<LookupQuery> Needed(FormSettings form, ValueList<FormAnswer> earlier, ValueList<FormAnswer> given, UserId opener, Context context, bool hasTicket)
    {
        var own = For(form, earlier, given, opener, context);
        if (own.Any(query => context.LookedUp.All(found => found.Query != query))) return own;
        var after = FormAnswer.Merge(earlier, Enrich(form, given, context.LookedUp, hasTicket));
        if (Interview.Next(form, after) is not Step.Choose { Question.OptionsFrom: not null } next) return own;
        return Query(next.Question, "", form, after, opener, context.Settings) is { } options ? own.Add(options) : own;
    }

    /// <summary>What must be looked up for these answers alone.</summary>
    internal static ValueList<LookupQuery> For(FormSettings form, ValueList<FormAnswer> earlier, IEnumerable<FormAnswer> given, UserId opener, Context context) => given
        .Where(answer => !answer.Refused && form.Question(answer.Question) is { } question && (question.OptionsFrom is not null || (question.Lookup is not null && answer.Value.Length > 0)))
        .Select(answer => Query(form.Question(answer.Question)!, answer.Value, form, FormAnswer.Merge(earlier, given), opener, context.Settings))
        .OfType<LookupQuery>()
        .ToValueList();

    /// <summary>The answers with what was found; what does not exist, or is no option any more, is asked again.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="lookedUp">What was found.</param>
    /// <param name="hasTicket">Whether there is a ticket already: nobody is kept in its form for want of something to choose.</param>
    internal static ValueList<FormAnswer> Enrich(FormSettings form, IEnumerable<FormAnswer> answers, ValueList<LookedUp> lookedUp, bool hasTicket) => answers.Select(answer =>
    {
        if (form.Question(answer.Question) is not { } question || lookedUp.LastOrDefault(found => found.Query.Question == answer.Question) is not { } found) return answer;
        return question.OptionsFrom is null ? Told(answer, found) : Chosen(question, answer, found, question.Required && !(hasTicket && found.State == FindingState.NotFound));
    }).ToValueList();

    /// <summary>The answers as staff looks them up again: where nothing could be chosen, everything that could have been is told.</summary>
    internal static ValueList<FormAnswer> Again(FormSettings form, IEnumerable<FormAnswer> answers, ValueList<LookedUp> lookedUp) => Enrich(form, answers, lookedUp, hasTicket: true).Select(answer =>
    {
        var options = form.Question(answer.Question) is { OptionsFrom: not null } && answer.Value.Length == 0;
        if (!options || lookedUp.LastOrDefault(found => found.Query.Question == answer.Question) is not { } found) return answer with { Refused = false };
        return answer with { Refused = false, Found = new Finding(found.State, found.Rows.Select(row => new FoundField(row.Label, row.Description ?? "")).ToValueList()) };
    }).ToValueList();

    /// <summary>What was looked up for a question; null when nothing was.</summary>
    internal static LookedUp? Found(string question, Context context) => context.LookedUp.LastOrDefault(found => found.Query.Question == question);

    private static FormAnswer Told(FormAnswer answer, LookedUp found) => answer with
    {
        Found = new Finding(found.State, found.Rows.Count > 0 ? found.Rows[0].Fields : default),
        Refused = found.State == FindingState.NotFound,
    };

    private static FormAnswer Chosen(Question question, FormAnswer answer, LookedUp found, bool mustChoose)
    {
        if (found.State == FindingState.Unavailable) return answer with { Found = new Finding(FindingState.Unavailable), Refused = false };
        if (answer.Value.Length == 0) return answer with { Found = found.State == FindingState.NotFound ? new Finding(FindingState.NotFound) : null, Refused = mustChoose };
        var rows = answer.Values.Select(value => found.Rows.FirstOrDefault(row => row.Value == value)).ToList();
        return rows.Exists(row => row is null)
            ? answer with { Refused = true }
            : answer with { Found = new Finding(FindingState.Found, rows.SelectMany(row => row!.Fields).ToValueList(), string.Join(", ", rows.Select(row => row!.Label))), Refused = false };
    }

    private static LookupQuery? Query(Question question, string value, FormSettings form, ValueList<FormAnswer> answers, UserId opener, DeskSettings settings)
    {
        if ((question.Lookup ?? question.OptionsFrom) is not { } key || settings.Source(key) is not { } source) return null;
        return new LookupQuery(source, question.Key, source.Asks.Select(name => new LookupValue(name, name switch
        {
            SourceNames.Answer => source is InviteSourceSettings ? Checking.InviteCode(value) ?? value : value,
            SourceNames.Opener => opener.Value.ToString(CultureInfo.InvariantCulture),
            SourceNames.Guild => settings.Guild.Value.ToString(CultureInfo.InvariantCulture),
            _ => Earlier(name, form, answers),
        })).ToValueList());
    }

    // «question» is its answer, «question.field» what was found for it.
    private static string? Earlier(string name, FormSettings form, ValueList<FormAnswer> answers)
    {
        var parts = name.Split('.', 2);
        if (Interview.Counted(form, answers).FirstOrDefault(pair => pair.Question.Key == parts[0]).Answer is not { } answer) return null;
        if (parts is not [_, var field]) return answer.Value;
        return answer.Found?.Fields.FirstOrDefault(found => found.Name == field) is { } found ? found.Plain ?? found.Value : null;
    }
}
