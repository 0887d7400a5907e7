using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.ArchiveRequesting;
using Usher.Desk.Features.Deleting;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Closing;

/// <summary>The ticket ended.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">How.</param>
/// <param name="By">Who ended it.</param>
/// <param name="Name">Their name at the time.</param>
/// <param name="Reason">Why; null when nobody said.</param>
/// <param name="Quietly">Whether the opener gets no message about it.</param>
public sealed record TicketClosed(DateTimeOffset At, ClosingKind Kind, UserId By, string Name, string? Reason, bool Quietly = false) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Status = TicketStatus.Closed,
        Closing = new Tickets.Closing(Kind, By, Name, Reason, At),
        PendingClosing = null,
        ArchiveRequest = null,
        NextName = null,
    };
}

/// <summary>The ticket's channel or thread is no more.</summary>
public sealed record HomeRemoved(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Home = ticket.Home with { Gone = true } };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketClosed))]
[JsonSerializable(typeof(HomeRemoved))]
internal sealed partial class ClosingJson : JsonSerializerContext;

internal static class ClosingFeature
{
    internal static Feature Feature { get; } = new("Closing")
    {
        Commands =
        [
            CommandRule.OnTicket<AskForReason>(Permission.Staff, AskForReason.Decide),
            CommandRule.OnTicket<CloseTicket>(Permission.Staff, CloseTicket.Decide),
            CommandRule.OnTicket<CancelTicket>(Permission.Opener, CancelTicket.Decide),
            CommandRule.OnTicket<LoseHome>(Permission.Desk, LoseHome.Decide),
        ],
        Facts =
        [
            new FactKind("ticket_closed", ClosingJson.Default.TicketClosed) { Detail = static fact => ((TicketClosed)fact).Kind.ToString() },
            new FactKind("home_removed", ClosingJson.Default.HomeRemoved),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "close", _ => new AskForReason()),
            new Trigger(Door.Form, "close", input => new CloseTicket(input["reason"])) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "close", input => new CloseTicket(input["reason"]))
            {
                Options = [new TriggerOption("reason", OptionKind.Words, Required: false)],
            },
            new Trigger(Door.Typed, "close", input => new CloseTicket(input.Rest.Length > 0 ? input.Rest : null)),
            new Trigger(Door.Slash, "ticket close", input => new CloseTicket(input["reason"]))
            {
                Options = [new TriggerOption("ticket", OptionKind.Words, Required: true), new TriggerOption("reason", OptionKind.Words, Required: false)],
                NamesTicket = true,
            },
            new Trigger(Door.Typed, "ticket_close", input => new CloseTicket(input.Rest.Length > 0 ? input.Rest : null)) { NamesTicket = true },
            new Trigger(Door.Button, "cancel", _ => new CancelTicket()) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "cancel", _ => new CancelTicket()),
            new Trigger(Door.Typed, "cancel", _ => new CancelTicket()),
        ],
        Reactions = [Reaction.On<ArchiveAnswered>(Ending.OpenerAgrees), Reaction.On<DeletionOrdered>(Ending.Ordered), Reaction.On<HomeMoveFailed>(Ending.CouldNotMove)],
        Outcomes = [OutcomeRule.Of<DeleteChannel>(Ending.HomeDeleted), OutcomeRule.Of<DeleteThread>(Ending.HomeDeleted), OutcomeRule.Of<Effect>(Ending.HomeFoundGone)],
        Timers = [new TimerRule(Ending.RemoveHome, Ending.CountdownOver)],
    };
}
