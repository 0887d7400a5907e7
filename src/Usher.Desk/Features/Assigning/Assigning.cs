using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Assigning;

/// <summary>Staff wants to give the ticket to somebody: the select appears.</summary>
public sealed record AskForAssignee : Command
{
    internal static Decision Decide(AskForAssignee command, Ticket ticket, Context context) => !ticket.IsOpen
        ? Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"))
        : Decision.Say(new Tell(new Card(
        [
            new Words(context.Private.Say("assign.ask", ("ticket", ticket.Label))),
            new Choice(new Press("assign", ticket.Number), ChoiceAmong.Members, context.Private.Say("assign.hint")),
        ])));
}

/// <summary>Staff gives the ticket to somebody of staff.</summary>
/// <param name="To">Whom.</param>
/// <param name="Member">Them, as Discord told in the very event; null when it told of no such member.</param>
public sealed record AssignTicket(UserId To, Actor? Member) : Command
{
    internal static Decision Decide(AssignTicket command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", language.Say("refusal.closed"));
        if (ticket is not ({ Home: { Channel: not null, Gone: false } } or { IsHomeless: true, Status: TicketStatus.Open })) return Decision.Refuse("ticket.opening", language.Say("refusal.opening"));
        if (WhyNot(command, ticket, context) is { } refused) return refused;
        var member = command.Member!;
        if (member.User == context.Actor.User && ticket.Claim is null) return Decision.Giving(new ClaimTicket());
        var decision = Decision.That(new TicketAssigned(context.Now, context.Actor.User, member.User, member.Name))
            .ShowingOn(ticket, context, language.Say("assign.done", ("ticket", ticket.Label), ("who", member.User.Mention)));
        // Typed in the ticket itself, the line there is the answer.
        return context.Typed is { } typed && typed.Channel == ticket.Home.Channel ? decision with { Reply = null } : decision;
    }

    // Behind what Claiming does with the channel: who sees it only by the claim must see the words that call them.
    internal static Decision Told(TicketAssigned fact, Ticket ticket, Context context)
    {
        if (ticket is { IsHomeless: false, Home: not { Channel: not null, Gone: false } }) return Decision.Nothing;
        // In direct messages whoever it is given to would never read it.
        if ((ticket.IsHomeless ? context.Settings.LogChannel : ticket.Home.Channel) is not { } place) return Decision.Nothing;
        var line = context.Public.Say("assign.line", ("member", fact.To.Mention), ("who", fact.By.Mention));
        return ticket.IsHomeless
            ? Decision.Nothing.Then(new PostCard(place, Card.Saying($"**{ticket.Label}** {line}"), new Mentions([fact.To], []), PostPurpose.Log))
            : Decision.Nothing.Then(new PostCard(place, Card.Saying(line), new Mentions([fact.To], []), PostPurpose.Line));
    }

    private static Decision? WhyNot(AssignTicket command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (ticket.Claim?.By == command.To) return Decision.Refuse("assign.theirs", language.Say("assign.theirs", ("who", command.To.Mention)));
        // What somebody has is theirs to give away, or a manager's: otherwise assigning would be a way round unclaiming.
        if (ticket.Claim is { } claim && claim.By != context.Actor.User && !Access.IsManager(context.Actor, context.Settings))
        {
            var managers = Access.WhoCould(Permission.Manager, language, context.Settings, ticket);
            return Decision.Refuse("claim.not_yours", language.Say("claim.not_yours", ("who", claim.By.Mention), ("managers", managers)));
        }
        if (command.Member is not { } member) return Decision.Refuse("assign.not_member", language.Say("assign.not_member", ("who", command.To.Mention)));
        if (member.IsBot || !Access.IsStaff(member with { Roles = member.Roles.AddRange(context.NamedRoles) }, context.Settings, ticket))
        {
            var staff = Access.WhoCould(Permission.Staff, language, context.Settings, ticket);
            return Decision.Refuse("assign.not_staff", language.Say("assign.not_staff", ("who", command.To.Mention), ("staff", staff)));
        }
        return null;
    }
}

/// <summary>Somebody of staff was given the ticket by somebody else.</summary>
public sealed record TicketAssigned(DateTimeOffset At, UserId By, UserId To, string Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Claim = new Claim(To, Name, At) };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketAssigned))]
internal sealed partial class AssigningJson : JsonSerializerContext;

internal static class AssigningFeature
{
    internal static Feature Feature { get; } = new("Assigning")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForAssignee>(Permission.Staff, AskForAssignee.Decide),
            CommandRule.OnTicket<AssignTicket>(Permission.Staff, AssignTicket.Decide) with { Names = static command => ((AssignTicket)command).To },
        ],
        Facts = [new FactKind("ticket_assigned", AssigningJson.Default.TicketAssigned) { Concerning = static fact => ((TicketAssigned)fact).To }],
        Menu = [new MenuItem("assign", Permission.Staff, "👤")],
        Reactions = [Reaction.On<TicketAssigned>(AssignTicket.Told)],
        Triggers =
        [
            new Trigger(Door.Button, "assign", input => Assign(input) ?? new AskForAssignee()),
            new Trigger(Door.Slash, "assign", Assign) { Options = [new TriggerOption("member", OptionKind.Member, Required: true)] },
            new Trigger(Door.Typed, "assign", Assign),
        ],
    };

    private static Command? Assign(Input input) => input.Member() is { } member ? new AssignTicket(member, input.Person(member)) : null;
}
