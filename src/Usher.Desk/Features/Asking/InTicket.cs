using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>An answer by a button or a select, in the ticket.</summary>
public sealed record AnswerInTicket(string Question, string Value) : Command;

/// <summary>The modal was sent, in the ticket.</summary>
public sealed record FillInTicket(ValueList<FormAnswer> Answers) : Command;

/// <summary>The opener wants the modal with what is still to be answered.</summary>
public sealed record AskAgainInTicket : Command;

/// <summary>The opener goes on without the answer that could not be taken.</summary>
public sealed record GoOnWithoutInTicket : Command;

/// <summary>The form is to be shown again, at the end of the conversation.</summary>
public sealed record ShowFormAgain : Command;

/// <summary>What could not be looked up is looked up again.</summary>
public sealed record RetryLookups : Command;

/// <summary>The form inside a ticket: one message that shows step after step, which only the opener can answer; staff is called when it is done.</summary>
internal static class InTicket
{
    internal const string AbandonTimer = "form-abandoned";

    // Whoever has not answered by then is helped without.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromHours(24);

    /// <summary>The home is there: what was answered before is shown, or the asking begins.</summary>
    internal static Decision HomeStands(HomeCreated fact, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen || context.Settings.Department(ticket.Department) is not { Form: { } form } department) return Decision.Nothing;
        // Whom staff opened it for, and who began with a message, were not asked before.
        var unasked = ticket.Answers.Count == 0 && (ticket.OpenedBy is not null || ticket.About is not null);
        if ((form.Place == FormPlace.InTicket || unasked) && StepCard(department, form, ticket, context) is { } card)
        {
            return Decision.That(new FormBegun(context.Now, StaffKnows: form.Place != FormPlace.InTicket))
                .Then(new PostCard(fact.Channel, card, Mentions.None, PostPurpose.Line))
                .With(new SetTimer(AbandonTimer, context.Now + AbandonedAfter));
        }
        return ticket.Answers.Count == 0
            ? Decision.Nothing
            : Decision.Nothing.Then(new PostCard(fact.Channel, InformationCard.Of(ticket, context.Settings), Mentions.None, PostPurpose.Information));
    }

    /// <summary>Another department has it: what that one asks besides is asked now.</summary>
    internal static Decision Transferred(TicketTransferred fact, Ticket ticket, Context context)
    {
        if (context.Settings.Department(ticket.Department) is not { Form: { } form } department)
            return ticket.FormIsOpen ? Decision.That(new FormCompleted(context.Now)).With(new CancelTimer(AbandonTimer)) : Decision.Nothing;
        var before = context.Settings.Department(fact.From)?.Form;
        var kept = ticket.Answers.Where(answer => form.Question(answer.Question) is { } question && question == before?.Question(answer.Question)).ToValueList();
        if (ticket.OpenerLeft || ticket.Home is not { Channel: { } home, Gone: false } || StepCard(department, form, ticket with { Answers = kept }, context) is not { } card) return Decision.Nothing;
        var begun = Decision.That(new FormReplaced(context.Now, kept), new FormBegun(context.Now, StaffKnows: true)).With(new SetTimer(AbandonTimer, context.Now + AbandonedAfter));
        // It is asked where the ticket goes on.
        return ticket.Move is null ? begun.Then(Further(card, home, department, ticket, context)) : begun;
    }

    /// <summary>The ticket goes on in another thread or channel: what is asked, or was answered, is shown there.</summary>
    internal static Decision Moved(HomeMoved moved, Ticket ticket, Context context)
    {
        if (ticket.Home is not { Channel: { } home }) return Decision.Nothing;
        if (Open(ticket, context, out var department, out var form) is null && StepCard(department, form, ticket, context) is { } card) return Decision.Nothing.Then(Further(card, home, department, ticket, context));
        return ticket.Answers.Count == 0
            ? Decision.Nothing
            : Decision.Nothing.Then(new PostCard(home, InformationCard.Of(ticket, context.Settings), Mentions.None, PostPurpose.Information));
    }

    /// <summary>The ticket stays after all: what its new department asks is asked there.</summary>
    internal static Decision Stays(HomeMoveFailed failed, Ticket ticket, Context context) =>
        ticket.Home is { Channel: { } home, Gone: false } && Open(ticket, context, out var department, out var form) is null && StepCard(department, form, ticket, context) is { } card
            ? Decision.Nothing.Then(Further(card, home, department, ticket, context))
            : Decision.Nothing;

    private static PostCard Further(Card card, ChannelId home, Department department, Ticket ticket, Context context)
    {
        var asked = new Words(context.Public.Say("form.transferred", ("opener", ticket.Opener.Mention), ("department", department.Name)));
        return new PostCard(home, card with { Parts = [asked, .. card.Parts] }, new Mentions([ticket.Opener], []), PostPurpose.Line);
    }

    internal static Decision Answer(AnswerInTicket command, Ticket ticket, Context context)
    {
        if (Open(ticket, context, out var department, out var form) is { } refused) return refused;
        if (form.Question(command.Question) is not { } question) return GoOn(department, form, ticket, [], context);
        return GoOn(department, form, ticket, [Interviewing.Checked(question, command.Value, context.Private)], context);
    }

    internal static Decision Fill(FillInTicket command, Ticket ticket, Context context) =>
        Open(ticket, context, out var department, out var form)
        ?? GoOn(department, form, ticket, Interviewing.CheckedAll(form, command.Answers, context.Private), context);

    internal static Decision Again(AskAgainInTicket command, Ticket ticket, Context context)
    {
        if (Open(ticket, context, out var department, out var form) is { } refused) return refused;
        return Interview.Next(form, ticket.Answers) is Step.Fill fill
            ? Decision.Say(new ShowForm(FormCards.Modal(department, fill.Questions, ticket.Answers, Target(ticket).Press("fill"))))
            : GoOn(department, form, ticket, [], context);
    }

    internal static Decision Without(GoOnWithoutInTicket command, Ticket ticket, Context context) =>
        Open(ticket, context, out var department, out var form) ?? GoOn(department, form, ticket, Interviewing.AsTheyAre(ticket.Answers), context);

    internal static Decision Show(ShowFormAgain command, Ticket ticket, Context context)
    {
        if (Open(ticket, context, out var department, out var form) is { } refused) return refused;
        if (ticket.Home is not { Channel: { } home, Gone: false }) return Decision.Refuse("form.done", context.Private.Say("form.done"));
        return Decision.Nothing
            .Then(new PostCard(home, StepCard(department, form, ticket, context) ?? InformationCard.Of(ticket, context.Settings), Mentions.None, PostPurpose.Line))
            .Telling(context.Private.Say("form.shown"));
    }

    internal static Decision Abandoned(Ticket ticket, Context context) =>
        ticket is { FormIsOpen: true, IsOpen: true } ? Complete(ticket, context, context.Public.Say("form.abandoned", ("opener", ticket.Opener.Mention))) : Decision.Nothing;

    internal static Decision Retry(RetryLookups command, Ticket ticket, Context context)
    {
        var again = ticket.Answers.Where(answer => answer.Found is { State: FindingState.Unavailable });
        var answers = context.Settings.Department(ticket.Department)?.Form is { } form ? Lookups.Again(form, again, context.LookedUp) : [];
        return answers.Count == 0
            ? Decision.Refuse("form.nothing_to_retry", context.Private.Say("form.nothing_to_retry"))
            : Decision.That(new FormAnswered(context.Now, answers)).Then(new RefreshCard(Information: true)).Telling(context.Private.Say("form.retried"));
    }

    /// <summary>What is to be looked up for a command of this feature.</summary>
    internal static ValueList<LookupQuery> LookedUp(Command command, Ticket? ticket, Context context)
    {
        if (ticket is null || context.Settings.Department(ticket.Department)?.Form is not { } form) return [];
        return command switch
        {
            AnswerInTicket answer when form.Question(answer.Question) is { } question => Needed([Interviewing.Checked(question, answer.Value, context.Private)]),
            FillInTicket fill => Needed(Interviewing.CheckedAll(form, fill.Answers, context.Private)),
            AskAgainInTicket or ShowFormAgain => Needed([]),
            GoOnWithoutInTicket => Lookups.Needed(form, Interviewing.AsTheyAre(ticket.Answers), [], ticket.Opener, context, hasTicket: true),
            EditAnswer edit when form.Question(edit.Question) is { OptionsFrom: not null } => Alone([new FormAnswer(edit.Question, "")]),
            ChangeAnswers change => Alone(Interviewing.CheckedAll(form, change.Answers, context.Private)),
            // What one of them finds may be what another must be asked with.
            RetryLookups => Alone(Lookups.Enrich(form, ticket.Answers.Where(answer => answer.Found is { State: FindingState.Unavailable }), context.LookedUp, hasTicket: true)),
            _ => [],
        };

        ValueList<LookupQuery> Needed(IEnumerable<FormAnswer> given) => Lookups.Needed(form, ticket.Answers, given.ToValueList(), ticket.Opener, context, hasTicket: true);

        ValueList<LookupQuery> Alone(IEnumerable<FormAnswer> given) => Lookups.For(form, ticket.Answers, given, ticket.Opener, context);
    }

    private static FormTarget Target(Ticket ticket) => new(ticket.Department, ticket.Number);

    private static Decision? Open(Ticket ticket, Context context, out Department department, out FormSettings form)
    {
        department = context.Settings.Department(ticket.Department)!;
        form = department?.Form!;
        return form is null || !ticket.IsOpen || !ticket.FormIsOpen ? Decision.Refuse("form.done", context.Private.Say("form.done")) : null;
    }

    private static Decision GoOn(Department department, FormSettings form, Ticket ticket, IEnumerable<FormAnswer> given, Context context)
    {
        var taken = Lookups.Enrich(form, given, context.LookedUp, hasTicket: true);
        var decision = taken.Count > 0 ? Decision.That(new FormAnswered(context.Now, taken)) : Decision.Nothing;
        var after = ticket with { Answers = FormAnswer.Merge(ticket.Answers, taken) };
        var faults = Interviewing.FaultsOf(form, after.Answers, context.Public);
        var card = faults.Count > 0 ? FormCards.Faults(department, faults, Target(ticket), context.Public) : StepCard(department, form, after, context);
        if (card is not null) return decision with { Reply = new ShowCard(card) };
        return decision.And(Complete(after, context, said: null)) with { Reply = new ShowCard(Card.Saying("✅ " + context.Public.Say("form.thanks"))) };
    }

    // Only now is there something to read: staff is called, unless it was before; then whoever has the ticket hears of it.
    private static Decision Complete(Ticket ticket, Context context, string? said)
    {
        var done = new FormCompleted(context.Now);
        var decision = Decision.That(done).With(new CancelTimer(AbandonTimer));
        if (ticket.Home is not { Channel: { } home, Gone: false }) return decision;
        var staff = ticket.StaffKnows ? [] : context.Settings.Department(ticket.Department)?.Called ?? [];
        ValueList<UserId> claimer = ticket is { StaffKnows: true, Claim: { } claim } ? [claim.By] : [];
        var card = InformationCard.Of(ticket with { FormIsOpen = said is not null }, context.Settings);
        var called = string.Join(' ', staff.Select(role => role.Mention).Concat(claimer.Select(user => user.Mention)));
        var words = new[] { said, called }.Where(text => text is { Length: > 0 }).Select(text => (CardPart)new Words(text!));
        return decision.Then(new PostCard(home, card with { Parts = card.Parts.AddRange(words) }, new Mentions(claimer, staff), PostPurpose.Information));
    }

    private static Card? StepCard(Department department, FormSettings form, Ticket ticket, Context context) => Interview.Next(form, ticket.Answers) switch
    {
        Step.Choose choose => FormCards.Choose(department, choose.Question, Target(ticket), context.Public, Lookups.Found(choose.Question.Key, context), ticket.Answers),
        Step.Fill fill => FormCards.Invite(department, fill.Questions, Target(ticket), context.Public),
        _ => null,
    };
}
