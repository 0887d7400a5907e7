using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Claiming;

/// <summary>What a claim means for the rest of the staff, where Discord can be told: in channels. A thread knows no such thing.</summary>
internal static class ClaimModes
{
    /// <summary>Makes the channel follow the claim.</summary>
    /// <param name="ticket">The ticket before the change.</param>
    /// <param name="claimer">Who has it now; null when nobody has.</param>
    /// <param name="context">The settings.</param>
    internal static Effect[] Follow(Ticket ticket, UserId? claimer, Context context)
    {
        if (ticket.Home is not { Kind: HomeKind.Channel, Channel: { } channel, Gone: false }) return [];
        if (context.Settings.Department(ticket.Department) is not { Claim: not ClaimMode.EveryoneWrites } department) return [];
        // Managers may do everything, whoever has the ticket; and the opener, and who was added, keep their own place.
        var staff = department.Staff.Where(role => !context.Settings.Managers.Contains(role)).ToValueList();
        var former = ticket.Claim?.By is { } by && by != claimer && by != ticket.Opener && ticket.Added.All(added => added.User != by) ? by : (UserId?)null;
        return [new GuardChannel(channel, department.Claim, staff, claimer, former)];
    }
}
