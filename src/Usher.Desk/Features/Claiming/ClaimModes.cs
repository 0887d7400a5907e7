using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Claiming;

/// <summary>What a claim means for the rest of the staff, where Discord can be told: in channels. A thread knows no such thing.</summary>
internal static class ClaimModes
{
    /// <summary>Somebody took the ticket on.</summary>
    internal static Decision Claimed(TicketClaimed fact, Ticket ticket, Context context) => Follow(ticket, context);

    /// <summary>Somebody was given the ticket.</summary>
    internal static Decision Assigned(TicketAssigned fact, Ticket ticket, Context context) => Follow(ticket, context);

    /// <summary>Nobody has the ticket any more.</summary>
    internal static Decision Unclaimed(TicketUnclaimed fact, Ticket ticket, Context context) => Follow(ticket, context);

    /// <summary>The ticket goes on in another channel.</summary>
    internal static Decision Moved(HomeMoved fact, Ticket ticket, Context context) => Follow(ticket, context);

    // The channel is made what the settings say now, also when they said something else at the last claim.
    private static Decision Follow(Ticket ticket, Context context)
    {
        if (ticket.Home is not { Kind: HomeKind.Channel, Channel: { } channel, Gone: false }) return Decision.Nothing;
        if (context.Settings.Department(ticket.Department) is not { } department) return Decision.Nothing;
        var claimer = department.Claim == ClaimMode.EveryoneWrites ? null : ticket.Claim?.By;
        if (claimer is null && ticket.Guard is null) return Decision.Nothing;
        // Managers may do everything, whoever has the ticket; and the opener, and who was added, keep their own place.
        var staff = department.Staff.Where(role => !context.Settings.Managers.Contains(role)).ToValueList();
        var former = ticket.Guard?.Claimer is { } by && by != claimer && by != ticket.Opener && ticket.Added.All(added => added.User != by) ? by : (UserId?)null;
        return Decision.That(new ChannelGuarded(context.Now, department.Claim, claimer)).Then(new GuardChannel(channel, department.Claim, staff, claimer, former));
    }
}
