using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Forms;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Approving;

/// <summary>Somebody wants something that others must agree to: its form opens, or the list when there are several and none was named.</summary>
/// <param name="Name">The approval's key or name; null when none was named.</param>
public sealed record AskForApproval(string? Name) : Command
{
    // A select: https://discord.com/developers/docs/components/reference#string-select
    private const int MostOptions = 25;

    internal static Decision Decide(AskForApproval command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        if (command.Name is { } name) return Approvals.Find(name, ticket, context, out var named) ?? Ask(named, ticket, context);
        var offered = Approvals.Offered(ticket, context).ToList();
        return offered switch
        {
            [] => Decision.Refuse("approval.none", context.Private.Say("approval.none")),
            [var only] => Ask(only, ticket, context),
            _ => Decision.Say(new Tell(new Card(
            [
                new Words(context.Private.Say("approval.which")),
                new Choice(new Press("approval", ticket.Number), ChoiceAmong.Options, context.Private.Say("form.hint"))
                {
                    Options = offered.Take(MostOptions).Select(approval => new ChoiceOption(Approvals.PressOf(approval, ticket).ToCustomId(), approval.Name, Emoji: approval.Emoji)).ToValueList(),
                },
            ]))),
        };
    }

    private static Decision Ask(Approval approval, Ticket ticket, Context context)
    {
        if (approval.Form is not { } form) return RequestApproval.Put(approval, [], ticket, context);
        // A modal answers a click or a slash command; what was typed gets a button that opens it.
        return context.Interaction is null
            ? Decision.Say(new Tell(new Card([new Words(context.Public.Say("approval.fill", ("name", Approvals.TitleOf(approval)))), Approvals.FillButton(approval, ticket, "button.fill", context.Public)])))
            : Decision.Say(new ShowForm(Approvals.FormOf(approval, form, ticket)));
    }
}

/// <summary>The form was sent: the request goes to those who decide.</summary>
/// <param name="Key">The approval's key.</param>
/// <param name="Answers">What was filled in.</param>
public sealed record RequestApproval(string Key, ValueList<FormAnswer> Answers) : Command
{
    // Whoever decides reads each of them.
    private const int MostOpen = 5;

    internal static Decision Decide(RequestApproval command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        if (Approvals.Find(command.Key, ticket, context, out var approval) is { } none) return none;
        var questions = approval.Form?.Questions ?? [];
        var given = questions.Select(question => (Question: question, Value: command.Answers.FirstOrDefault(answer => answer.Question == question.Key)?.Value ?? "")).ToList();
        var faults = given.Select(pair => Checking.Fault(pair.Question, pair.Value, context.Private)).OfType<string>().ToList();
        if (faults.Count > 0) return Faulty(approval, faults, given.Select(pair => pair.Value), ticket, context);
        var answers = given.Select(pair => new ApprovalAnswer(pair.Question.Text, AnswerWords.Of(pair.Question, new FormAnswer(pair.Question.Key, pair.Value), context.Public)));
        return Put(approval, answers.ToValueList(), ticket, context);
    }

    internal static Decision Put(Approval approval, ValueList<ApprovalAnswer> answers, Ticket ticket, Context context)
    {
        if (ticket.Approvals.Count(request => request.State == ApprovalState.Open) >= MostOpen) return Decision.Refuse("approval.many", context.Private.Say("approval.many", ("most", "5")));
        var request = new ApprovalRequest(
            ticket.Approvals.Count + 1, approval.Key, ticket.Department, approval.Name, approval.Emoji, context.Actor.User, context.Now, context.Actor.Language,
            approval.Channel, approval.Needed, approval.Denials, answers);
        return Decision.That(new ApprovalAsked(context.Now, request))
            .Then(new PostCard(approval.Channel, ApprovalCard.Of(request, ticket, context.Settings), new Mentions([], approval.Called), PostPurpose.Approval, Number: request.Number))
            .Telling(context.Private.Say("approval.done", ("name", request.Title), ("channel", approval.Channel.Mention), ("who", Access.WhoDecides(approval, context.Private, context.Settings))));
    }

    // A modal cannot follow a modal: what was written goes back to whoever wrote it, so that nothing must be written twice.
    private static Decision Faulty(Approval approval, IReadOnlyList<string> faults, IEnumerable<string> written, Ticket ticket, Context context) =>
        Decision.Say(new Tell(new Card(
        [
            new Words(string.Join('\n', faults.Select(fault => $"⚠️ {fault}"))),
            .. written.Where(text => text.Length > 0).Select(text => new Words(ApprovalCard.Quoted(text))),
            Approvals.FillButton(approval, ticket, "button.correct", context.Private),
        ])));

    internal static Decision Ended(PostCard effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (effect is not { Purpose: PostPurpose.Approval, Number: { } number } || ticket?.Approvals.FirstOrDefault(request => request.Number == number) is not { } request) return Decision.Nothing;
        switch (outcome)
        {
            case Done { Message: { } message }:
                return Decision.That(new ApprovalPosted(context.Now, number, message));
            case CannotBeDone cannot:
                var lost = Decision.That(new ApprovalLost(context.Now, number));
                if (ticket is not { IsOpen: true, Home: { Channel: { } home, Gone: false } }) return lost;
                var line = context.Public.Say("approval.lost", ("who", request.By.Mention), ("name", request.Title), ("channel", request.Channel.Mention), ("why", FailureWords.Why(cannot, context.Public)));
                return lost.Then(new PostCard(home, Card.Saying(line), new Mentions([request.By], []), PostPurpose.Line));
            default:
                return Decision.Nothing;
        }
    }
}

/// <summary>Who may ask for what, and the form for it.</summary>
internal static class Approvals
{
    private const int LongestTitle = 45;

    /// <summary>What somebody may ask for in a ticket.</summary>
    internal static IEnumerable<Approval> Offered(Ticket ticket, Context context) => context.Settings.ApprovalsOf(ticket.Department).Where(approval => MayAsk(approval, ticket, context));

    /// <summary>The lines of the ticket's menu.</summary>
    internal static IEnumerable<MenuLine> Lines(Ticket ticket, Context context) =>
        ticket.IsOpen ? Offered(ticket, context).Select(approval => new MenuLine(PressOf(approval, ticket), approval.Name, approval.Emoji)) : [];

    /// <summary>Why nothing of that key or name can be asked for; null when it can.</summary>
    internal static Decision? Find(string name, Ticket ticket, Context context, out Approval approval)
    {
        var all = context.Settings.ApprovalsOf(ticket.Department).ToList();
        approval = (all.Find(a => a.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? all.Find(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))!;
        if (approval is null)
        {
            var offered = Offered(ticket, context).Select(a => $"`{a.Key}`").ToList();
            return offered.Count == 0
                ? Decision.Refuse("approval.none", context.Private.Say("approval.none"))
                : Decision.Refuse("approval.unknown", context.Private.Say("approval.unknown", ("approvals", string.Join(", ", offered))));
        }
        return MayAsk(approval, ticket, context)
            ? null
            : Decision.Refuse("access.denied", context.Private.Say("refusal.not_allowed", ("who", Access.WhoCould(PermissionOf(approval), context.Private, context.Settings, ticket))));
    }

    internal static Press PressOf(Approval approval, Ticket ticket) => new("approval", ticket.Number, approval.Key);

    internal static Form FormOf(Approval approval, FormSettings form, Ticket ticket) =>
        new(PressOf(approval, ticket), approval.Name.CutTo(LongestTitle), form.Questions.Take(Approval.MostQuestions).Select(question => QuestionField.Of(question, question.Prefilled)).ToValueList());

    internal static Buttons FillButton(Approval approval, Ticket ticket, string text, Language language) =>
        new([new Button(language.Say(text), PressOf(approval, ticket), ButtonLook.Primary, "✏️")]);

    internal static string TitleOf(Approval approval) => approval.Emoji is { } emoji ? $"{emoji} {approval.Name}" : approval.Name;

    private static bool MayAsk(Approval approval, Ticket ticket, Context context) => Access.Allows(PermissionOf(approval), context.Actor, context.Settings, ticket);

    private static Permission PermissionOf(Approval approval) => approval.AskedBy == ApprovalAsker.Opener ? Permission.OpenerOrStaff : Permission.Staff;
}
