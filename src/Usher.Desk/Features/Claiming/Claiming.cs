using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Transferring;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Claiming;

/// <summary>Somebody of staff takes the ticket on.</summary>
public sealed record ClaimTicket : Command
{
    internal static Decision Decide(ClaimTicket command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (ticket.Claim?.By == context.Actor.User) return Decision.Refuse("claim.yours", context.Private.Say("claim.yours"));
        if (ticket.Claim is { } claim)
            return Decision.Refuse("claim.taken", context.Private.Say("claim.taken", ("who", claim.By.Mention)));
        return Decision.That(new TicketClaimed(context.Now, context.Actor.User, context.Actor.Name))
            .ShowingOn(ticket, context, context.Private.Say("claim.done", ("ticket", ticket.Label)));
    }
}

/// <summary>The ticket is given back to everybody.</summary>
public sealed record UnclaimTicket : Command
{
    internal static Decision Decide(UnclaimTicket command, Ticket ticket, Context context)
    {
        if (!ticket.IsOpen) return Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed"));
        if (ticket.Claim is not { } claim) return Decision.Refuse("claim.none", context.Private.Say("claim.none"));
        if (claim.By != context.Actor.User && !Access.IsManager(context.Actor, context.Settings))
        {
            var managers = Access.WhoCould(Permission.Manager, context.Private, context.Settings, ticket);
            return Decision.Refuse("claim.not_yours", context.Private.Say("claim.not_yours", ("who", claim.By.Mention), ("managers", managers)));
        }
        return Decision.That(new TicketUnclaimed(context.Now, context.Actor.User))
            .ShowingOn(ticket, context, context.Private.Say("claim.released", ("ticket", ticket.Label)));
    }
}

/// <summary>Somebody of staff has the ticket.</summary>
public sealed record TicketClaimed(DateTimeOffset At, UserId By, string Name) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Claim = new Claim(By, Name, At) };
}

/// <summary>Nobody has the ticket any more.</summary>
public sealed record TicketUnclaimed(DateTimeOffset At, UserId By) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Claim = null };
}

/// <summary>The ticket's channel shows the claim to the rest of the staff, or shows none any more.</summary>
/// <param name="At">When.</param>
/// <param name="Mode">What the claim means for them.</param>
/// <param name="Claimer">Who has a place of their own by it; null when the channel is everybody's again.</param>
public sealed record ChannelGuarded(DateTimeOffset At, ClaimMode Mode, UserId? Claimer) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { Guard = Claimer is { } claimer ? new ChannelGuard(Mode, claimer) : null };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TicketClaimed))]
[JsonSerializable(typeof(TicketUnclaimed))]
[JsonSerializable(typeof(ChannelGuarded))]
internal sealed partial class ClaimingJson : JsonSerializerContext;

internal static class ClaimingFeature
{
    internal static Feature Feature { get; } = new("Claiming")
    {
        Commands =
        [
            CommandRule.OnTicket<ClaimTicket>(Permission.Staff, ClaimTicket.Decide),
            CommandRule.OnTicket<UnclaimTicket>(Permission.Staff, UnclaimTicket.Decide),
        ],
        Facts =
        [
            new FactKind("ticket_claimed", ClaimingJson.Default.TicketClaimed),
            new FactKind("ticket_unclaimed", ClaimingJson.Default.TicketUnclaimed),
            new FactKind("channel_guarded", ClaimingJson.Default.ChannelGuarded),
        ],
        Reactions =
        [
            Reaction.On<TicketClaimed>(ClaimModes.Claimed),
            Reaction.On<TicketAssigned>(ClaimModes.Assigned),
            Reaction.On<TicketUnclaimed>(ClaimModes.Unclaimed),
            Reaction.On<HomeMoved>(ClaimModes.Moved),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "claim", _ => new ClaimTicket()) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "claim", _ => new ClaimTicket()),
            new Trigger(Door.Typed, "claim", _ => new ClaimTicket()),
            new Trigger(Door.Button, "unclaim", _ => new UnclaimTicket()) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "unclaim", _ => new UnclaimTicket()),
            new Trigger(Door.Typed, "unclaim", _ => new UnclaimTicket()),
        ],
    };
}
