using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Listing;

internal static class ListingFeature
{
    internal static Feature Feature { get; } = new("Listing")
    {
        Commands =
        [
            CommandRule.OnDesk<ReadTickets>(Permission.Anyone, ReadTickets.Decide) with { Lists = ReadTickets.Wanted },
            CommandRule.OnTicket<ViewTicket>(Permission.Anyone, ViewTicket.Decide),
        ],
        Triggers =
        [
            new Trigger(Door.Slash, "ticket list", input => new ReadTickets(input["status"]))
            {
                Options = [new TriggerOption("status", OptionKind.Words, Required: false, [ReadTickets.Open, ReadTickets.Closed])],
            },
            new Trigger(Door.Typed, "ticket_list", input => new ReadTickets(input.Rest.Length > 0 ? input.Rest.ToLowerInvariant() : null)),
            new Trigger(Door.Slash, "ticket view", _ => new ViewTicket())
            {
                Options = [new TriggerOption("ticket", OptionKind.Words, Required: false)],
                MayNameTicket = true,
            },
            new Trigger(Door.Typed, "ticket_view", _ => new ViewTicket()) { MayNameTicket = true },
        ],
    };
}

/// <summary>A ticket in one line.</summary>
internal static class TicketLines
{
    private const int LongestSubject = 80;

    internal static string Line(Ticket ticket, Context context)
    {
        var language = context.Private;
        var department = context.Settings.Department(ticket.Department)?.Name ?? ticket.Department;
        var mark = ticket.Priority is { } priority ? Priorities.MarkOf(priority) + " " : "";
        var subject = ticket.SaidSubject is { } words ? " " + words.CutTo(LongestSubject) : "";
        var home = ticket is { IsOpen: true, Home: { Channel: { } channel, Gone: false } } ? " · " + channel.Mention : "";
        return $"{mark}**{ticket.Label}**{subject} · {department} · {StateOf(ticket, language)}{home}";
    }

    private static string StateOf(Ticket ticket, Language language) => ticket switch
    {
        { Status: TicketStatus.Opening } => language.Say("list.opening"),
        { Status: TicketStatus.Failed } => language.Say("list.failed"),
        { Closing: { } closing } => language.Say("list.closed", ("when", Moment.Relative(closing.At))),
        { WaitsForStaff: true } => language.Say("list.waits.staff", ("when", Moment.Relative(ticket.WaitingSince))),
        _ => language.Say("list.waits.opener", ("when", Moment.Relative(ticket.WaitingSince))),
    };
}
