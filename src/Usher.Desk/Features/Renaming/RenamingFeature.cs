using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Renaming;

/// <summary>The ticket has another name, and its home is given it.</summary>
public sealed record TicketRenamed(DateTimeOffset At, UserId By, string Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Name = Name,
        NextName = null,
        RenamedAt = ticket.RenamedAt.Append(At).TakeLast(RenameLimit.Most).ToValueList(),
    };
}

/// <summary>The ticket gets another name as soon as Discord takes it.</summary>
public sealed record RenamePlanned(DateTimeOffset At, UserId By, string Name, DateTimeOffset Due) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { NextName = new NextName(Name, By, Due) };
}

/// <summary>Discord did not take the name: the home still has the one before.</summary>
public sealed record RenameFailed(DateTimeOffset At, string Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Name = Name };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketRenamed))]
[JsonSerializable(typeof(RenamePlanned))]
[JsonSerializable(typeof(RenameFailed))]
internal sealed partial class RenamingJson : JsonSerializerContext;

internal static class RenamingFeature
{
    internal static Feature Feature { get; } = new("Renaming")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForName>(Permission.Staff, AskForName.Decide),
            CommandRule.OnTicket<RenameTicket>(Permission.Staff, RenameTicket.Decide),
        ],
        Facts =
        [
            new FactKind("ticket_renamed", RenamingJson.Default.TicketRenamed),
            new FactKind("rename_planned", RenamingJson.Default.RenamePlanned),
            new FactKind("rename_failed", RenamingJson.Default.RenameFailed),
        ],
        Menu = [new MenuItem("rename", Permission.Staff, "✏️")],
        Triggers =
        [
            new Trigger(Door.Button, "rename", _ => new AskForName()),
            new Trigger(Door.Form, "rename", Named),
            new Trigger(Door.Slash, "rename", Named) { Options = [new TriggerOption("name", OptionKind.Words, Required: true)] },
            new Trigger(Door.Typed, "rename", input => input.Rest.Length > 0 ? new RenameTicket(input.Rest) : null),
        ],
        Reactions = [Reaction.On<HomeMoveFailed>(RenameTicket.Stays)],
        Outcomes = [OutcomeRule.Of<RenameHome>(RenameTicket.Ended)],
        Timers = [new TimerRule(RenameTicket.Timer, RenameTicket.Due)],
    };

    private static RenameTicket? Named(Input input) => input["name"] is { } name ? new RenameTicket(name) : null;
}
