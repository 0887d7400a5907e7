using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Storage;
using Usher.Web.Api.Wire;
using Usher.Web.Exports;
using Usher.Web.Transcripts;

namespace Usher.Web.Api.Tickets;

/// <summary>Tickets with all that was said in them, to be kept elsewhere.</summary>
internal static class ExportRoutes
{
    private static readonly ApiParameter Format = new("format", "json (everything, also Discord's own objects), csv (a table for spreadsheets) or html (pages to read; of a guild in a ZIP); json when not said.", "json", "csv", "html");

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/tickets/{id}/export", "exportTicket", Scopes.Read, "Gives away a ticket with its messages, their edits, deletions and files; with its notes to staff that has the scope for them, as json and csv.", ApiJson.Default.ExportedTicket, TicketAsync)
        {
            Group = "Exports",
            Files = ["text/csv", "text/html"],
            Query = [Format],
        },
        new("GET", "/api/export", "exportTickets", Scopes.Read, "Gives away every ticket of the guild in the same way. For managers; it takes as long as it takes.", ApiJson.Default.Exported, GuildAsync)
        {
            Group = "Exports",
            Files = ["text/csv", "application/zip"],
            Query = [Format, new("department", "Only tickets of that department."), new("from", "Only tickets that were opened at that time or later, such as 2024-01-20T10:30:00Z."), new("before", "Only tickets that were opened before that time.")],
        },
    ];

    private static async Task<ApiAnswer> TicketAsync(ApiCall call)
    {
        var format = FormatIn(call);
        var ticket = await call.TicketAsync();
        var export = ExportFor(call);
        // What is one's own one may have; what is others' is told of.
        if (ticket.Opener != call.Caller.Actor.User) await call.Host.Store.RecordAsync(ticket.Guild, call.Signature, new Deed("ticket_exported", ticket.Number, Concerning: ticket.Opener, Detail: format.ToString().ToLowerInvariant()), call.Stop);
        return new ApiAnswer(200, default)
        {
            ContentType = format.ContentType(ofGuild: false),
            FileName = $"{TicketIds.Of(ticket)}.{format.Ending(ofGuild: false)}",
            Stream = (output, stop) => export.WriteAsync(format, ticket, output, stop),
        };
    }

    private static async Task<ApiAnswer> GuildAsync(ApiCall call)
    {
        var format = FormatIn(call);
        var query = new TicketQuery(call.Caller.Guild) { Department = call.Query("department"), OpenedFrom = ListQuery.MomentIn(call, "from"), OpenedBefore = ListQuery.MomentIn(call, "before") };
        if (!Access.IsManager(call.Caller.Actor, call.Caller.Settings)) throw new Problem(403, "access.denied", "A whole guild is given away to managers alone.").AsException();
        var export = ExportFor(call);
        var now = call.Host.Time.GetUtcNow();
        await call.Host.Store.RecordAsync(call.Caller.Guild, call.Signature, new Deed("tickets_exported", Detail: format.ToString().ToLowerInvariant()), call.Stop);
        return new ApiAnswer(200, default)
        {
            ContentType = format.ContentType(ofGuild: true),
            FileName = $"{call.Caller.Guild}.{format.Ending(ofGuild: true)}",
            Stream = (output, stop) => export.WriteAsync(format, query, now, output, stop),
        };
    }

    private static ArchiveExport ExportFor(ApiCall call)
    {
        var source = new TranscriptSource(call.Host.Guilds, call.Store, call.Host.Files, call.Host.PublicAddress, standalone: true);
        return new ArchiveExport(call.Store, source, call.Host.PublicAddress, call.Caller.ReadsNotesOf);
    }

    private static ExportFormat FormatIn(ApiCall call) =>
        ExportFormats.Named(call.Query("format") ?? "json") ?? throw ApiCall.Faulty("format", $"is none of {string.Join(", ", ExportFormats.Names)}");
}
