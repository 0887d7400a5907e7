using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>The form is being asked in the ticket.</summary>
/// <param name="At">When.</param>
/// <param name="StaffKnows">Whether staff was called already.</param>
public sealed record FormBegun(DateTimeOffset At, bool StaffKnows = false) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { FormIsOpen = true, StaffKnows = StaffKnows };
}

/// <summary>Another department has the ticket, and asks something else.</summary>
/// <param name="At">When.</param>
/// <param name="Answers">The earlier answers to questions that both ask.</param>
public sealed record FormReplaced(DateTimeOffset At, ValueList<FormAnswer> Answers) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Answers = Answers, Information = null };
}

/// <summary>Questions were answered, or answered anew.</summary>
public sealed record FormAnswered(DateTimeOffset At, ValueList<FormAnswer> Answers) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Answers = FormAnswer.Merge(ticket.Answers, Answers) };
}

/// <summary>Nothing more is asked.</summary>
public sealed record FormCompleted(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { FormIsOpen = false };
}

/// <summary>The card with the answers stands.</summary>
public sealed record InformationPosted(DateTimeOffset At, MessageId Message) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Information = Message };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FormBegun))]
[JsonSerializable(typeof(FormReplaced))]
[JsonSerializable(typeof(FormAnswered))]
[JsonSerializable(typeof(FormCompleted))]
[JsonSerializable(typeof(InformationPosted))]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(FoundField))]
internal sealed partial class AskingJson : JsonSerializerContext;

internal static class AskingFeature
{
    internal static Feature Feature { get; } = new("Asking")
    {
        Commands =
        [
            BeforeOpening<AnswerQuestion>(Interviewing.Answer),
            BeforeOpening<FillForm>(Interviewing.Fill),
            BeforeOpening<AskAgain>(Interviewing.Again),
            BeforeOpening<GoOnWithout>(Interviewing.Without),
            BeforeOpening<StopForm>(Interviewing.Stop),
            CommandRule.OnDesk<AskInWriting>(Permission.Anyone, AskInWriting.Decide) with
            {
                NeedsOpenTickets = true,
                Person = static (command, _) => ((AskInWriting)command).For?.Who,
                Lookups = AskInWriting.LookedUp,
            },
            CommandRule.OnDesk<ExpireDraft>(Permission.Desk, Interviewing.Expire) with { NeedsDrafts = true },
            CommandRule.OnTicket<AnswerInTicket>(Permission.Opener, InTicket.Answer) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<FillInTicket>(Permission.Opener, InTicket.Fill) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<AskAgainInTicket>(Permission.Opener, InTicket.Again) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<GoOnWithoutInTicket>(Permission.Opener, InTicket.Without) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<ShowFormAgain>(Permission.OpenerOrStaff, InTicket.Show) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<RetryLookups>(Permission.Staff, InTicket.Retry) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<AskWhichAnswer>(Permission.OpenerOrStaff, AskWhichAnswer.Decide),
            CommandRule.OnTicket<EditAnswer>(Permission.OpenerOrStaff, EditAnswer.Decide) with { Lookups = InTicket.LookedUp },
            CommandRule.OnTicket<ChangeAnswers>(Permission.OpenerOrStaff, ChangeAnswers.Decide) with { Lookups = InTicket.LookedUp },
        ],
        Facts =
        [
            new FactKind("form_begun", AskingJson.Default.FormBegun),
            new FactKind("form_replaced", AskingJson.Default.FormReplaced),
            new FactKind("form_answered", AskingJson.Default.FormAnswered),
            new FactKind("form_completed", AskingJson.Default.FormCompleted),
            new FactKind("information_posted", AskingJson.Default.InformationPosted),
        ],
        Triggers =
        [
            Step(Door.Button, "ask-answer", input => Split(input.Argument, 3) is [var department, var question, var value] ? new AnswerQuestion(department, question, value) : null),
            Step(Door.Button, "ask-choose", input => Split(input.Argument, 2) is [var department, var question] ? new AnswerQuestion(department, question, Chosen(input)) : null),
            Step(Door.Button, "ask-again", input => input.Argument is { } department ? new AskAgain(department) : null),
            Step(Door.Button, "ask-without", input => input.Argument is { } department ? new GoOnWithout(department) : null),
            Step(Door.Button, "ask-stop", input => input.Argument is { } department ? new StopForm(department) : null),
            new Trigger(Door.Form, "ask-fill", input => input.Argument is { } department ? new FillForm(department, Entered(input)) : null),
            Step(Door.Form, "ask-fill-here", input => input.Argument is { } department ? new FillForm(department, Entered(input)) : null),
            Step(Door.Button, "form-answer", input => Split(input.Argument, 2) is [var question, var value] ? new AnswerInTicket(question, value) : null),
            Step(Door.Button, "form-choose", input => input.Argument is { } question ? new AnswerInTicket(question, Chosen(input)) : null),
            Step(Door.Button, "form-again", _ => new AskAgainInTicket()),
            Step(Door.Button, "form-without", _ => new GoOnWithoutInTicket()),
            Step(Door.Form, "form-fill", input => new FillInTicket(Entered(input))),
            new Trigger(Door.Button, "form-retry", _ => new RetryLookups()),
            new Trigger(Door.Button, "answers", _ => new AskWhichAnswer()),
            new Trigger(Door.Button, "form-edit", input => input.Argument is { } question ? new EditAnswer(question) : null),
            new Trigger(Door.Button, "form-repick", input => input.Argument is { } question ? new ChangeAnswers([new FormAnswer(question, Chosen(input))]) : null),
            new Trigger(Door.Form, "form-change", input => new ChangeAnswers(Entered(input))),
            new Trigger(Door.Slash, "ticket create", AskInWriting.Slash)
            {
                Options =
                [
                    new TriggerOption("subject", OptionKind.Words, Required: true), new TriggerOption("department", OptionKind.Department, Required: true),
                    new TriggerOption("description", OptionKind.Words, Required: true), new TriggerOption("level", OptionKind.Words, Required: false, Priorities.Names),
                ],
            },
            new Trigger(Door.Typed, "ticket_create", AskInWriting.Typed),
            new Trigger(Door.Slash, "form", _ => new ShowFormAgain()),
            new Trigger(Door.Typed, "form", _ => new ShowFormAgain()),
        ],
        Menu = [new MenuItem("answers", Permission.OpenerOrStaff, "✏️") { Offered = static (ticket, settings) => ticket.IsOpen && ticket.Answers.Count > 0 && settings.Department(ticket.Department)?.Form is not null }],
        BeforeOpening = Interviewing.BeforeOpening,
        Reactions = [Reaction.On<HomeCreated>(InTicket.HomeStands), Reaction.On<TicketTransferred>(InTicket.Transferred), Reaction.On<HomeMoved>(InTicket.Moved), Reaction.On<HomeMoveFailed>(InTicket.Stays)],
        Outcomes = [OutcomeRule.Of<PostCard>(InformationStands), OutcomeRule.Of<RefreshCard>(InformationGone)],
        Timers = [new TimerRule(InTicket.AbandonTimer, InTicket.Abandoned)],
    };

    private static CommandRule BeforeOpening<T>(Func<T, Context, Decision> decide) where T : Command =>
        CommandRule.OnDesk(Permission.Anyone, decide) with { NeedsDrafts = true, NeedsOpenTickets = true, Lookups = Interviewing.LookedUp };

    private static Trigger Step(Door door, string name, Func<Input, Command?> command) => new(door, name, command) { Waiting = Waiting.Silently };

    private static string[] Split(string? argument, int parts) => argument?.Split('.', parts) ?? [];

    private static string Chosen(Input input) => string.Join('\n', input.Chosen.Select(value => value.TrimStart(FormCards.RowMark)));

    // An unticked box and an empty field are answers too.
    private static ValueList<FormAnswer> Entered(Input input) => input.Values.Select(pair => new FormAnswer(pair.Key, pair.Value.Trim())).ToValueList();

    private static Decision InformationStands(PostCard effect, Outcome outcome, Ticket? ticket, Context context) =>
        effect.Purpose == PostPurpose.Information && outcome is Done { Message: { } message } && ticket is not null
            ? Decision.That(new InformationPosted(context.Now, message))
            : Decision.Nothing;

    private static Decision InformationGone(RefreshCard effect, Outcome outcome, Ticket? ticket, Context context) =>
        effect.Information && outcome is TakenAway && ticket is { IsOpen: true, Home: { Channel: { } home, Gone: false } }
            ? Decision.Nothing.Then(new PostCard(home, InformationCard.Of(ticket, context.Settings), Mentions.None, PostPurpose.Information))
            : Decision.Nothing;
}
