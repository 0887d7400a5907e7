using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Confirming;

/// <summary>Whoever wanted to close the ticket says that they mean it.</summary>
/// <param name="Stamp">Which question is answered.</param>
public sealed record ConfirmClosing(string Stamp) : Command
{
    internal static Decision Decide(ConfirmClosing command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", language.Say("refusal.closed"));
        if (ticket.PendingClosing is not { } pending || pending.Stamp != command.Stamp)
            return Decision.Refuse("confirm.stale", language.Say("confirm.stale"));
        if (pending.By != context.Actor.User) return Decision.Refuse("confirm.not_yours", language.Say("refusal.not_allowed", ("who", pending.By.Mention)));
        // Roles may have changed since the question: the door looks again.
        Command closing = pending.Kind == ClosingKind.Cancelled ? new CancelTicket { Confirmed = true } : new CloseTicket(pending.Reason) { Confirmed = true };
        return Decision.Giving(closing) with { Reply = new ShowCard(Card.Saying(language.Say("close.done", ("ticket", ticket.Label)))) };
    }
}

/// <summary>Whoever was asked thinks better of it.</summary>
/// <param name="Stamp">Which question is answered; null for one that nothing waits for.</param>
public sealed record KeepTicket(string? Stamp) : Command
{
    internal static Decision Decide(KeepTicket command, Ticket ticket, Context context) =>
        ticket.PendingClosing is { } pending && pending.Stamp == command.Stamp && pending.By != context.Actor.User
            ? Decision.Refuse("confirm.not_yours", context.Private.Say("refusal.not_allowed", ("who", pending.By.Mention)))
            : Decision.Say(new ShowCard(Card.Saying(context.Private.Say("confirm.kept"))));
}

/// <summary>Asks before a ticket is closed, where the department wants that.</summary>
internal static class Confirmation
{
    /// <summary>The question; null when it need not be asked.</summary>
    internal static Decision? Of(ClosingKind kind, string? reason, Ticket ticket, Context context)
    {
        // A program that closes over the API cannot be asked.
        if (context is { Interaction: null, Typed: null } || ticket.Status != TicketStatus.Open) return null;
        if (context.Settings.Department(ticket.Department) is not { ConfirmClose: true }) return null;
        var language = context.Typed is null ? context.Private : context.Public;
        var pending = new PendingClosing(kind, context.Actor.User, reason, context.Now);
        var asked = language.Say("confirm.close", ("ticket", ticket.Label));
        if (reason is not null) asked += "\n" + language.Say("card.reason", ("reason", reason));
        return Decision.That(new ClosingAsked(context.Now, kind, context.Actor.User, reason)) with
        {
            Reply = new Tell(new Card(
            [
                new Words(asked),
                new Buttons(
                [
                    new Button(language.Say("button.confirm"), new Press("confirm", ticket.Number, pending.Stamp), ButtonLook.Danger, "🔒"),
                    new Button(language.Say("button.keep"), new Press("keep", ticket.Number, pending.Stamp), ButtonLook.Secondary),
                ]),
            ])),
        };
    }
}

/// <summary>Somebody wants to close the ticket and was asked whether they mean it.</summary>
public sealed record ClosingAsked(DateTimeOffset At, ClosingKind Kind, UserId By, string? Reason) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { PendingClosing = new PendingClosing(Kind, By, Reason, At) };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClosingAsked))]
internal sealed partial class ConfirmingJson : JsonSerializerContext;

internal static class ConfirmingFeature
{
    internal static Feature Feature { get; } = new("Confirming")
    {
        Commands =
        [
            CommandRule.OnTicket<ConfirmClosing>(Permission.OpenerOrStaff, ConfirmClosing.Decide),
            CommandRule.OnTicket<KeepTicket>(Permission.OpenerOrStaff, KeepTicket.Decide),
        ],
        BeforeClosing = Confirmation.Of,
        Facts = [new FactKind("closing_asked", ConfirmingJson.Default.ClosingAsked)],
        Triggers =
        [
            new Trigger(Door.Button, "confirm", input => input.Argument is { } stamp ? new ConfirmClosing(stamp) : null) { Waiting = Waiting.Silently },
            new Trigger(Door.Button, "keep", input => new KeepTicket(input.Argument)) { Waiting = Waiting.Silently },
        ],
    };
}
