using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Privacy;

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Counted from 1 in the guild, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="By">The user who did it; null for the desk itself and the command line.</param>
/// <param name="Program">The name of the API key, or the command line, that did it; null for people.</param>
/// <param name="Action">What was done.</param>
/// <param name="TicketId">In which ticket.</param>
/// <param name="Version">The version of the ticket that it brought about.</param>
/// <param name="Concerning">To which user.</param>
/// <param name="Detail">What else, such as a department's key.</param>
/// <param name="Hash">The SHA-256 of this entry and of the hash before it.</param>
internal sealed record AuditView(
    long Id, DateTimeOffset At, string? By, string? Program, string Action, string? TicketId, long? Version, string? Concerning, string? Detail, string Hash)
{
    internal static AuditView Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.By == default ? null : entry.By.ToString(), entry.Program, entry.Deed.Action, entry.Deed.Ticket is { } ticket ? TicketIds.Of(ticket) : null, entry.Deed.Fact,
        entry.Deed.Concerning?.ToString(), entry.Deed.Detail, entry.Hash);
}

/// <summary>A page of the audit log.</summary>
/// <param name="Entries">The newest first.</param>
/// <param name="NextCursor">What gives the next page, as cursor; null on the last.</param>
internal sealed record AuditPage(IReadOnlyList<AuditView> Entries, string? NextCursor);

/// <summary>Whether the audit log is as it was written.</summary>
/// <param name="Whole">Whether it is.</param>
/// <param name="Entries">How many entries are as they were written, from the first.</param>
/// <param name="LastHash">The hash of the last of these. Noted elsewhere, it shows later that nothing up to it was changed or cut off.</param>
/// <param name="BrokenAt">The first entry that is not as it was written, or is missing; null when all are whole.</param>
internal sealed record AuditVerdictView(bool Whole, long Entries, string LastHash, long? BrokenAt);

/// <summary>What staff did, for managers.</summary>
internal static class AuditRoutes
{
    private const int UsualPage = 50;
    private const int MostOfPage = 200;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/audit", "listAudit", Scopes.Audit, "Lists what staff and programs did, the newest first; never what anybody said. For managers.", ApiJson.Default.AuditPage, ListAsync)
        {
            Group = "Guild",
            Query =
            [
                new("ticket_id", "Only what was done in this ticket."),
                new("by", "Only what this user did; me is the caller."),
                new("concerning", "Only what was done to this user."),
                new("action", "Only this action, such as ticket_closed."),
                new("from", "Done at that time or later, such as 2024-01-20T10:30:00Z."),
                new("before", "Done before that time."),
                new("limit", "The most of a page, 1 to 200; 50 when not said."),
                new("cursor", "Where the page begins: next_cursor of the page before, with the same parameters."),
            ],
        },
        new("GET", "/api/audit/verify", "verifyAudit", Scopes.Audit, "Goes through the whole audit log and says whether every entry is as it was written. For managers.", ApiJson.Default.AuditVerdictView, VerifyAsync)
        {
            Group = "Guild",
        },
    ];

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        OnlyForManagers(call);
        var limit = ListQuery.LimitIn(call, UsualPage, MostOfPage);
        var query = new AuditQuery
        {
            Ticket = call.Query("ticket_id") is not { } id ? null : TicketIds.NumberOf(id) ?? throw ApiCall.Faulty("ticket_id", "is no ticket's id"),
            By = call.UserIn("by"),
            Concerning = call.UserIn("concerning"),
            Action = call.Query("action"),
            From = ListQuery.MomentIn(call, "from"),
            Before = ListQuery.MomentIn(call, "before"),
            OlderThan = CursorIn(call),
            Limit = limit + 1,
        };
        var found = await call.Host.Store.AuditAsync(call.Caller.Guild, query, call.Stop);
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return ApiAnswer.Of(new AuditPage([.. found.Take(limit).Select(AuditView.Of)], next), ApiJson.Default.AuditPage);
    }

    private static async Task<ApiAnswer> VerifyAsync(ApiCall call)
    {
        OnlyForManagers(call);
        var verdict = await call.Host.Store.VerifyAuditAsync(call.Caller.Guild, call.Stop);
        return ApiAnswer.Of(new AuditVerdictView(verdict.IsWhole, verdict.Entries, verdict.LastHash, verdict.BrokenAt), ApiJson.Default.AuditVerdictView);
    }

    private static void OnlyForManagers(ApiCall call)
    {
        if (!Access.IsManager(call.Caller.Actor, call.Caller.Settings)) throw new Problem(403, "access.denied", "The audit log is for managers.").AsException();
    }

    private static long? CursorIn(ApiCall call) => call.Query("cursor") switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 => id,
        _ => throw ApiCall.Faulty("cursor", "is no cursor of such a list"),
    };
}
