using Usher.Desk.Tickets;

namespace Usher.Storage.Searching;

/// <summary>What a ticket says of itself, beside its messages and notes.</summary>
internal static class TicketWords
{
    /// <summary>All of it, a line each.</summary>
    public static string Of(Ticket ticket) => string.Join('\n', LinesOf(ticket).OfType<string>().Where(line => line.Length > 0));

    /// <summary>Whether it says the same as before.</summary>
    public static bool AreSame(Ticket before, Ticket after) =>
        ReferenceEquals(before, after)
        || (before.Subject == after.Subject && before.Description == after.Description && before.Answers == after.Answers && before.About == after.About
            && before.Name == after.Name && before.Tags == after.Tags && before.Closing?.Reason == after.Closing?.Reason);

    private static IEnumerable<string?> LinesOf(Ticket ticket) =>
    [
        ticket.Subject,
        ticket.Description,
        .. ticket.Answers.Select(answer => answer.Value),
        ticket.About?.Text,
        ticket.Name,
        ticket.OpenerName,
        .. ticket.Tags,
        ticket.Closing?.Reason,
    ];
}
