using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Forms;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>An answer by a button or a select, before the ticket opens.</summary>
public sealed record AnswerQuestion(string Department, string Question, string Value) : Command;

/// <summary>The modal was sent, before the ticket opens.</summary>
public sealed record FillForm(string Department, ValueList<FormAnswer> Answers) : Command;

/// <summary>Somebody wants the modal with what is still to be answered.</summary>
public sealed record AskAgain(string Department) : Command;

/// <summary>Somebody goes on without the answer that could not be taken.</summary>
public sealed record GoOnWithout(string Department) : Command;

/// <summary>Somebody does not want a ticket after all.</summary>
public sealed record StopForm(string Department) : Command;

/// <summary>A draft was left alone for too long.</summary>
public sealed record ExpireDraft(string Department) : Command;

/// <summary>The form before a ticket opens: step by step, in a message that only the opener sees.</summary>
internal static class Interviewing
{
    /// <summary>Somebody wants a ticket in a department: where it asks first, its form comes; an earlier draft goes on.</summary>
    internal static Decision? BeforeOpening(Department department, Context context) =>
        department.Form is { Place: FormPlace.BeforeOpening } ? Begin(department, context) : null;

    private static Decision Begin(Department department, Context context)
    {
        if (context.Interaction is null) return Decision.Refuse("form.needs_click", context.Private.Say("form.needs_click", ("department", department.Name), ("command", "/open")));
        return GoOn(department, DraftOf(department.Key, context), context, afterModal: false);
    }

    internal static Decision Answer(AnswerQuestion command, Context context)
    {
        if (Gone(command.Department, context, out var department) is { } refused) return refused;
        if (department.Form?.Question(command.Question) is not { } question) return Begin(department, context);
        return Take(department, [Checked(question, command.Value, context.Private)], context, afterModal: false);
    }

    internal static Decision Fill(FillForm command, Context context)
    {
        if (Gone(command.Department, context, out var department) is { } refused) return refused;
        if (department.Form is not { } form) return Done(department, [], DraftOf(department.Key, context));
        return Take(department, CheckedAll(form, command.Answers, context.Private), context, afterModal: true);
    }

    internal static Decision Again(AskAgain command, Context context) =>
        Gone(command.Department, context, out var department) ?? Begin(department, context);

    internal static Decision Without(GoOnWithout command, Context context)
    {
        if (Gone(command.Department, context, out var department) is { } refused) return refused;
        var draft = DraftOf(command.Department, context);
        return GoOn(department, draft with { Answers = AsTheyAre(draft.Answers) }, context, afterModal: false);
    }

    internal static Decision Stop(StopForm command, Context context) =>
        Decision.Say(new ShowCard(Card.Saying(context.Private.Say("form.stopped")))).Changing(new DropDraft(context.Actor.User, command.Department));

    internal static Decision Expire(ExpireDraft command, Context context)
    {
        if (context.Drafts.FirstOrDefault(draft => draft.Department == command.Department) is not { } draft || draft.ExpiresAt > context.Now) return Decision.Nothing;
        var dropped = Decision.Nothing.Changing(new DropDraft(draft.User, draft.Department));
        return draft.Last is { } last
            ? dropped.Then(new Answer(last, new ShowCard(Card.Saying(context.Public.Say("form.expired")))))
            : dropped;
    }

    /// <summary>What is to be looked up for a command of this feature.</summary>
    internal static ValueList<LookupQuery> LookedUp(Command command, Ticket? ticket, Context context) => command switch
    {
        AnswerQuestion answer when FormOf(answer.Department, context)?.Question(answer.Question) is { } question =>
            Needed(answer.Department, [Checked(question, answer.Value, context.Private)], context),
        FillForm fill when FormOf(fill.Department, context) is { } form => Needed(fill.Department, CheckedAll(form, fill.Answers, context.Private).ToValueList(), context),
        AskAgain again => Needed(again.Department, [], context),
        GoOnWithout without when FormOf(without.Department, context) is { } form =>
            Lookups.Needed(form, AsTheyAre(DraftOf(without.Department, context).Answers), [], context.Actor.User, context, hasTicket: false),
        _ => [],
    };

    /// <summary>The answers, each marked when it cannot be taken.</summary>
    internal static IEnumerable<FormAnswer> CheckedAll(FormSettings form, ValueList<FormAnswer> answers, Language language) =>
        answers.Where(answer => form.Question(answer.Question) is not null).Select(answer => Checked(form.Question(answer.Question)!, answer.Value, language));

    /// <summary>An answer, marked when it cannot be taken.</summary>
    internal static FormAnswer Checked(Question question, string value, Language language) =>
        new(question.Key, value, Refused: Checking.Fault(question, value, language) is not null);

    /// <summary>What is wrong with the answers that cannot be taken.</summary>
    internal static IReadOnlyList<string> FaultsOf(FormSettings form, ValueList<FormAnswer> answers, Language language) =>
    [
        .. Interview.Asked(form, answers)
            .Where(question => question.OptionsFrom is null)
            .Select(question => (Question: question, Answer: answers.FirstOrDefault(answer => answer.Question == question.Key)))
            .Where(pair => pair.Answer is { Refused: true })
            .Select(pair => Checking.Fault(pair.Question, pair.Answer!.Value, language) ?? language.Say("form.fault.not_found", ("question", pair.Question.Text), ("value", pair.Answer.Value))),
    ];

    /// <summary>The answers without objections: what does not exist stays as it was given, what is no answer is passed over.</summary>
    internal static ValueList<FormAnswer> AsTheyAre(ValueList<FormAnswer> answers) => answers
        .Select(answer => !answer.Refused ? answer : answer.Found is null ? new FormAnswer(answer.Question, "") : answer with { Refused = false })
        .ToValueList();

    private static ValueList<LookupQuery> Needed(string department, ValueList<FormAnswer> given, Context context) => FormOf(department, context) is { } form
        ? Lookups.Needed(form, DraftOf(department, context).Answers, given, context.Actor.User, context, hasTicket: false)
        : [];

    // Whether they may open one is asked where it is opened, before the form and after it.
    private static Decision? Gone(string key, Context context, out Department department)
    {
        department = context.Settings.Department(key)!;
        return department is null ? Decision.Refuse("open.no_department", context.Private.Say("open.no_department")) : null;
    }

    private static Decision Done(Department department, ValueList<FormAnswer> answers, Draft draft) =>
        Decision.Giving(new OpenTicket(department.Key) { Answers = answers }).Changing(new DropDraft(draft.User, draft.Department));

    private static FormSettings? FormOf(string department, Context context) => context.Settings.Department(department)?.Form;

    private static Draft DraftOf(string department, Context context) =>
        context.Drafts.FirstOrDefault(draft => draft.Department == department)
        ?? new Draft { Guild = context.Settings.Guild, User = context.Actor.User, Department = department };

    private static Decision Take(Department department, IEnumerable<FormAnswer> answers, Context context, bool afterModal) =>
        GoOn(department, DraftOf(department.Key, context).With(Lookups.Enrich(department.Form!, answers, context.LookedUp, hasTicket: false)), context, afterModal);

    private static Decision GoOn(Department department, Draft draft, Context context, bool afterModal)
    {
        var target = new FormTarget(department.Key, null);
        var language = context.Private;
        var kept = draft with { ExpiresAt = context.Now + Draft.Life };
        if (department.Form is not { } form) return Done(department, [], draft);
        if (afterModal && FaultsOf(form, draft.Answers, language) is { Count: > 0 } faults) return Show(FormCards.Faults(department, faults, target, language), kept, context);
        switch (Interview.Next(form, draft.Answers))
        {
            case Step.Choose choose:
                return Show(FormCards.Choose(department, choose.Question, target, language, Lookups.Found(choose.Question.Key, context), draft.Answers), kept, context);
            // What is looked up may take longer than Discord waits for a modal; a card with a button comes in time always.
            case Step.Fill fill when afterModal || context.LookedUp.Count > 0:
                return Show(FormCards.Invite(department, fill.Questions, target, language), kept, context);
            case Step.Fill fill:
                var modal = FormCards.Modal(department, fill.Questions, draft.Answers, target.Press(InForm(context) ? "fill-here" : "fill"));
                return draft.Answers.Count > 0 ? Decision.Say(new ShowForm(modal)).Changing(new KeepDraft(kept)) : Decision.Say(new ShowForm(modal));
            default:
                return Done(department, Interview.Counted(form, draft.Answers).Select(pair => pair.Answer).ToValueList(), draft);
        }
    }

    private static Decision Show(Card card, Draft draft, Context context) =>
        Decision.Say(InForm(context) ? new ShowCard(card) : new Tell(card)).Changing(new KeepDraft(draft with { Last = context.Interaction }));

    // The form's own messages are clicked silently; a panel or a command is not.
    private static bool InForm(Context context) => context.Interaction is { Waiting: Waiting.Silently, Message: not null };
}
