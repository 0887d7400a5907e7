namespace Usher.Storage;

/// <summary>
/// What a member sees of the tables when something is read in their name, beside being in their guild: one list for every database. What
/// does not stand here a member sees nothing of, so a new table is closed until somebody opens it.
/// </summary>
internal static class MemberWall
{
    private const string OfOwnTicket = "ticket in (select number from tickets where guild_id = usher_guild() and opener_id = usher_member())";

    // Two is the kind of notes.
    private const string OfSearch = "kind <> 2 and " + OfOwnTicket;

    // Facts are not here: notes are among them, and who of staff did what.
    private static readonly Dictionary<string, string> Rows = new(StringComparer.Ordinal)
    {
        ["tickets"] = "opener_id = usher_member()",
        ["messages"] = OfOwnTicket,
        ["message_versions"] = OfOwnTicket,
        ["attachments"] = OfOwnTicket,
        ["search"] = OfSearch,
        // The same rows, as PostgreSQL seeks in them.
        ["search_sought"] = OfSearch,
        ["forms"] = "user_id = usher_member()",
    };

    /// <summary>Which rows of a table; null when none.</summary>
    public static string? Of(string table) => Rows.GetValueOrDefault(table);
}
