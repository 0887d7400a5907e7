using System.Diagnostics.CodeAnalysis;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Engine;

/// <summary>What most actions on a ticket begin with: is it open, and does its thread or channel stand?</summary>
internal static class OpenHome
{
    /// <summary>The home of a ticket that people can work on; otherwise the refusal that says why there is none.</summary>
    internal static bool Of(Ticket ticket, Context context, out ChannelId home, [NotNullWhen(false)] out Decision? refused)
    {
        home = ticket.Home.Channel ?? default;
        refused = ticket switch
        {
            { IsOpen: false } => Decision.Refuse("ticket.closed", context.Private.Say("refusal.closed")),
            { Status: TicketStatus.Opening } => Decision.Refuse("ticket.opening", context.Private.Say("refusal.opening")),
            { IsHomeless: true } => Homeless(ticket, context),
            { Move: not null } => Decision.Refuse("ticket.moving", context.Private.Say("refusal.moving")),
            { Home: not { Channel: not null, Gone: false } } => Decision.Refuse("ticket.no_home", context.Private.Say("refusal.no_home")),
            _ => null,
        };
        return refused is null;
    }

    /// <summary>The same for what works also where a ticket lives in direct messages; null where not even these reach the opener.</summary>
    internal static bool OrDirect(Ticket ticket, Context context, out ChannelId? home, [NotNullWhen(false)] out Decision? refused)
    {
        home = ticket.Home.Channel;
        if (ticket is { IsHomeless: true, Status: TicketStatus.Open })
        {
            refused = null;
            return true;
        }
        return Of(ticket, context, out _, out refused);
    }

    /// <summary>Why something cannot be done where a ticket has no home in the guild: nobody but the opener is there.</summary>
    internal static Decision Homeless(Ticket ticket, Context context) =>
        Decision.Refuse("ticket.homeless", context.Private.Say("refusal.homeless", ("ticket", ticket.Label), ("opener", ticket.Opener.Mention)));
}
