using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>Another help desk whose tickets can be taken over.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="About">What is read of it, in one sentence.</param>
/// <param name="ReadAsync">Reads its tables.</param>
public sealed record ImportSystem(string Name, string About, Func<ISourceTables, SourceTimes, GuildId, CancellationToken, Task<ReadTickets>> ReadAsync)
{
    /// <summary>All that are known.</summary>
    public static IReadOnlyList<ImportSystem> All { get; } =
    [
        new("moddy", "The table tickets of moddy's own system: threads, openers, categories, who has them, when they were archived, and what was asked.", ModdyTickets.ReadAsync),
        new("fivem", "The tables tickets and ticket_html of a FiveM community's ticket bot: channels, openers, who has them, whom staff added, and the transcripts with their addresses.", FivemTickets.ReadAsync),
        new("dcticket", "The tables tickets, departments and messages of DCTicket Pro: channels, openers, departments, who has them, and all that was said.", DcTicketTickets.ReadAsync),
        new("storefront", "The JSON file of a storefront's ticket bot: channels, openers, how far they are, and what was asked (country, group link, payment).", StorefrontTickets.ReadAsync),
        new("shellia", "The tables tickets, ticket_messages and ticket_audit_log of shellia: subjects, categories, priorities, who has them, messages, internal notes and ratings.", ShelliaTickets.ReadAsync),
    ];
}
