using System.Text.RegularExpressions;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>
/// Somebody asks for a ticket with everything said at once, as programs do. What the department's form asks must be among it: nobody is there who could be asked.
/// A form that is asked in the ticket goes on there.
/// </summary>
/// <param name="Department">The department's key.</param>
/// <param name="Said">What it is about. Where the form asks for it (<c>subject</c>, <c>description</c>), it is the answer to that.</param>
/// <param name="Answers">The answers to the form.</param>
/// <param name="For">For whom staff asks; null when for whoever asks.</param>
public sealed partial record AskInWriting(string Department, Writing Said, ValueList<FormAnswer> Answers = default, Referral? For = null) : Command
{
    /// <summary>The most characters of a subject.</summary>
    public const int LongestSubject = 200;

    /// <summary>The most characters of a description.</summary>
    public const int LongestDescription = 2000;

    private const string SubjectKey = "subject";
    private const string DescriptionKey = "description";

    internal static AskInWriting? Slash(Input input) =>
        input["department"] is { } department ? new AskInWriting(department, new Writing(input["subject"], input["description"], Priorities.Named(input["level"] ?? ""))) : null;

    /// <summary>Reads <c>"Subject" department priority description</c>; the priority may be left out.</summary>
    internal static AskInWriting? Typed(Input input)
    {
        var match = InWriting.Match(input.Rest);
        if (!match.Success) return null;
        var (department, behind) = (match.Groups["department"].Value.ToLowerInvariant(), match.Groups["behind"].Value);
        var words = behind.Split([' ', '\n'], 2);
        var priority = Priorities.Named(words[0]);
        var description = priority is null ? behind : words is [_, var rest] ? rest : "";
        return new AskInWriting(department, new Writing(match.Groups["subject"].Value.Trim(), string.IsNullOrWhiteSpace(description) ? null : description.Trim(), priority));
    }

    // Telephones write quotation marks of their own.
    [GeneratedRegex("""^["“”„«](?<subject>[^"“”„«»]+)["“”»]\s*(?<department>\S+)\s*(?<behind>.*)$""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InWriting { get; }

    internal static Decision Decide(AskInWriting command, Context context)
    {
        var language = context.Private;
        if (context.Settings.Department(command.Department) is not { } department) return Decision.Refuse("open.no_department", language.Say("open.no_department"));
        if (command.For is not null && Referring.WhyNot(context) is { } refusal) return Decision.Refuse(refusal.Code, refusal.Sentence);
        if (command.Said.Subject?.Length > LongestSubject) return Decision.Refuse("open.subject_too_long", language.Say("open.subject_too_long", ("most", "200")));
        if (command.Said.Description?.Length > LongestDescription) return Decision.Refuse("open.description_too_long", language.Say("open.description_too_long", ("most", "2000")));
        var unasked = command.Answers.Select(answer => answer.Question).Where(key => department.Form?.Question(key) is null).ToList();
        if (unasked.Count > 0) return Decision.Refuse("open.unasked", language.Say("open.unasked", ("questions", string.Join(", ", unasked))));
        if (department.Form is not { } form) return Open(command, command.Said, []);

        var (said, given) = Sorted(command, form);
        var answers = Lookups.Enrich(form, Interviewing.CheckedAll(form, given, language), context.LookedUp, hasTicket: true);
        var faults = Interviewing.FaultsOf(form, answers, language);
        if (faults.Count > 0) return Decision.Refuse("open.answer", string.Join('\n', faults));
        // What nobody said for somebody else is asked of them in the ticket.
        if (form.Place == FormPlace.InTicket || (command.For is not null && answers.Count == 0)) return Open(command, said, answers);
        var missing = Complete(form, ref answers);
        return missing.Count > 0
            ? Decision.Refuse("open.unanswered", language.Say("open.unanswered", ("questions", string.Join(", ", missing))))
            : Open(command, said, answers);
    }

    /// <summary>What is to be looked up for the answers.</summary>
    internal static ValueList<LookupQuery> LookedUp(Command command, Ticket? ticket, Context context)
    {
        if (command is not AskInWriting asked || context.Settings.Department(asked.Department)?.Form is not { } form) return [];
        // What is looked up for somebody tells of them: only for whoever may ask for them.
        if (asked.For is not null && Referring.WhyNot(context) is not null) return [];
        var given = Interviewing.CheckedAll(form, Sorted(asked, form).Answers, context.Private).ToValueList();
        return Lookups.For(form, [], given, asked.For?.Who ?? context.Actor.User, context);
    }

    private static Decision Open(AskInWriting command, Writing said, ValueList<FormAnswer> answers) =>
        Decision.Giving(new OpenTicket(command.Department) { For = command.For, Said = said, Answers = answers });

    // What the form asks for itself is its answer, and said nowhere else.
    private static (Writing Said, ValueList<FormAnswer> Answers) Sorted(AskInWriting command, FormSettings form)
    {
        var (said, answers) = (command.Said, command.Answers);
        if (said.Subject is { } subject && form.Question(SubjectKey) is not null)
        {
            answers = FormAnswer.Merge([new FormAnswer(SubjectKey, subject)], answers);
            said = said with { Subject = null };
        }
        if (said.Description is { } description && form.Question(DescriptionKey) is not null)
        {
            answers = FormAnswer.Merge([new FormAnswer(DescriptionKey, description)], answers);
            said = said with { Description = null };
        }
        return (said, answers);
    }

    // The questions that must be answered and are not; those that may be passed over are.
    private static List<string> Complete(FormSettings form, ref ValueList<FormAnswer> answers)
    {
        var missing = new List<string>();
        while (NextOpen(form, answers) is { } open)
        {
            if (open.Required) missing.Add(open.Key);
            answers = FormAnswer.Merge(answers, [new FormAnswer(open.Key, "")]);
        }
        return missing;
    }

    private static Question? NextOpen(FormSettings form, ValueList<FormAnswer> answers) =>
        Interview.Asked(form, answers).FirstOrDefault(question => Interview.AnswerTo(question, answers) is null);
}
