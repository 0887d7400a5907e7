using Usher.Desk.Settings;

namespace Usher.Desk.Tickets;

/// <summary>
/// Until when the address of a ticket's transcript shows it. It is reckoned up whenever somebody asks, from the ticket and the settings as they are then: a setting that changes holds for every link at once.
/// </summary>
public static class TranscriptLinks
{
    /// <summary>When the link ends; null when it does not. It counts from the closing, or from when the link was made if that was later: what is still talked about can be read.</summary>
    public static DateTimeOffset? EndOf(Ticket ticket, DeskSettings settings)
    {
        if (ticket.IsOpen || settings.TranscriptsOf(ticket.Department).LinksExpireAfter is not { } after) return null;
        var from = ticket.Closing?.At ?? ticket.OpenedAt;
        return (ticket.LinkMadeAt is { } made && made > from ? made : from) + after;
    }

    /// <summary>Whether the link shows the transcript now.</summary>
    public static bool Holds(Ticket ticket, DeskSettings settings, DateTimeOffset now) => EndOf(ticket, settings) is not { } end || now < end;

    /// <summary>The address; null when it has ended and shows nothing any more.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="settings">The guild's settings.</param>
    /// <param name="publicAddress">The address of this installation.</param>
    /// <param name="now">The time.</param>
    public static string? AddressOf(Ticket ticket, DeskSettings settings, string publicAddress, DateTimeOffset now) =>
        Holds(ticket, settings, now) ? $"{publicAddress}/api/ticket/{ticket.TranscriptToken}" : null;
}
