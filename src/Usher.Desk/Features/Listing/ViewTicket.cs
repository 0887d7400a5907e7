using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Listing;

/// <summary>Somebody wants to see how far a ticket is.</summary>
public sealed record ViewTicket : Command
{
    internal static Decision Decide(ViewTicket command, Ticket ticket, Context context)
    {
        var language = context.Private;
        // Whoever guesses numbers learns nothing of tickets that are not theirs.
        if (!Access.Allows(Permission.OpenerOrStaff, context.Actor, context.Settings, ticket)) return Decision.Refuse("ticket.none", language.Say("refusal.no_ticket"));
        var parts = new List<CardPart> { new Words($"### {ticket.Label} · {TicketIds.Of(ticket)}"), new Line(), new Words(Details(ticket, context)) };
        if (!ticket.IsHomeless && ticket.Home is { Channel: { } home, Gone: false })
            parts.Add(new Buttons([new Button(language.Say("button.to_ticket"), null, Link: $"https://discord.com/channels/{ticket.Guild}/{home}", Emoji: "🎫")]));
        return ReadTickets.Tell(new Card([.. parts]));
    }

    private static string Details(Ticket ticket, Context context)
    {
        var language = context.Private;
        var lines = new List<string> { TicketLines.Line(ticket, context), language.Say("list.opened", ("opener", ticket.Opener.Mention), ("when", Moment.Full(ticket.OpenedAt))) };
        if (ticket.Claim is { } claim) lines.Add(language.Say("list.claimed", ("who", claim.By.Mention), ("when", Moment.Relative(claim.At))));
        if (ticket.Tags.Count > 0) lines.Add(language.Say("list.tags", ("tags", string.Join(", ", ticket.Tags))));
        if (ticket.Closing?.Reason is { } reason) lines.Add(language.Say("list.reason", ("reason", reason)));
        return string.Join('\n', lines);
    }
}
