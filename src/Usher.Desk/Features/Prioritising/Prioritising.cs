using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Prioritising;

/// <summary>Staff wants to say how urgent the ticket is: the select appears.</summary>
public sealed record AskForPriority : Command
{
    internal static Decision Decide(AskForPriority command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        var language = context.Private;
        return Decision.Say(new Tell(new Card(
        [
            new Words(language.Say("priority.ask", ("ticket", ticket.Label))),
            new Choice(new Press("priority", ticket.Number), ChoiceAmong.Options, language.Say("priority.hint"))
            {
                Options = Priorities.Names.Select(name => Option(name, ticket, language)).ToValueList(),
            },
        ])));
    }

    private static ChoiceOption Option(string name, Ticket ticket, Language language)
    {
        var priority = Priorities.Named(name)!.Value;
        return new ChoiceOption(
            new Press("priority", ticket.Number, name).ToCustomId(), language.Say($"choice.{name}"), Emoji: Priorities.MarkOf(priority), Chosen: ticket.Priority == priority);
    }
}

/// <summary>Staff says how urgent the ticket is.</summary>
/// <param name="Level">The priority's name.</param>
public sealed record SetPriority(string Level) : Command
{
    internal static Decision Decide(SetPriority command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (Priorities.Named(command.Level) is not { } priority)
            return Decision.Refuse("priority.unknown", context.Private.Say("priority.unknown", ("levels", string.Join(", ", Priorities.Names))));
        var name = context.Private.Say($"choice.{Priorities.NameOf(priority)}");
        if (ticket.Priority == priority) return Decision.Refuse("priority.same", context.Private.Say("priority.same", ("priority", name)));
        return Decision.That(new PrioritySet(context.Now, context.Actor.User, priority))
            .ShowingOn(ticket, context, context.Private.Say("priority.done", ("ticket", ticket.Label), ("priority", name)));
    }
}

/// <summary>The ticket is so urgent.</summary>
public sealed record PrioritySet(DateTimeOffset At, UserId By, Priority Priority) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Priority = Priority };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PrioritySet))]
internal sealed partial class PrioritisingJson : JsonSerializerContext;

internal static class PrioritisingFeature
{
    internal static Feature Feature { get; } = new("Prioritising")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForPriority>(Permission.Staff, AskForPriority.Decide),
            CommandRule.OnTicket<SetPriority>(Permission.Staff, SetPriority.Decide),
        ],
        Facts = [new FactKind("priority_set", PrioritisingJson.Default.PrioritySet) { Detail = static fact => ((PrioritySet)fact).Priority.ToString() }],
        Menu = [new MenuItem("priority", Permission.Staff, "🚦")],
        Triggers =
        [
            new Trigger(Door.Button, "priority", input => input.Argument is { } level ? new SetPriority(level) : new AskForPriority()),
            new Trigger(Door.Slash, "priority", input => input["level"] is { } level ? new SetPriority(level) : null)
            {
                Options = [new TriggerOption("level", OptionKind.Words, Required: true, Priorities.Names)],
            },
            new Trigger(Door.Typed, "priority", input => input.Rest.Length > 0 ? new SetPriority(input.Rest) : null),
        ],
    };
}
