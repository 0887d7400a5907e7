namespace Usher.Desk.Tickets;

/// <summary>One person's open tickets in one department stand in numbered slots, so that the database itself refuses one too many.</summary>
public static class Slots
{
    /// <summary>The lowest slot that none of these tickets stands in.</summary>
    public static int Free(IReadOnlyCollection<Ticket> open)
    {
        var slot = 0;
        while (open.Any(ticket => ticket.Slot == slot)) slot++;
        return slot;
    }
}
