using Usher.Desk.Features.Transcribing;
using Usher.Desk.Tickets;
using Usher.Storage;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>The links by which transcripts are read.</summary>
internal static class TranscriptRoutes
{
    private const int UsualPage = 20;
    private const int MostOfPage = 100;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/transcripts", "listTranscripts", Scopes.Read, "Lists the transcripts of the caller's own tickets, the newest first.", ApiJson.Default.TranscriptPage, ListAsync)
        {
            Query = [new("limit", "The most of a page, 1 to 100; 20 when not said."), new("cursor", "Where the page begins: next_cursor of the page before.")],
        },
        new("POST", "/api/tickets/{id}/transcript", "giveTranscript", Scopes.Read, "Gives the link to a ticket's transcript, a new one where it has ended. For its opener and staff.", ApiJson.Default.TranscriptLinkView, GiveAsync)
        {
            Command = typeof(GiveTranscript),
        },
        new("POST", "/api/tickets/{id}/transcript/revoke", "revokeTranscript", Scopes.Work, "Takes back the link to a ticket's transcript: the old address shows nothing any more. For staff.", ApiJson.Default.TicketView, RevokeAsync)
        {
            Command = typeof(RevokeTranscript),
        },
    ];

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = ListQuery.LimitIn(call, UsualPage, MostOfPage);
        var query = new TicketQuery(call.Caller.Guild) { Opener = call.Caller.Actor.User, Limit = limit + 1, After = call.Query("cursor") is { } cursor ? ListQuery.PlaceIn(cursor, TicketOrder.Newest) ?? throw ApiCall.Faulty("cursor", "is no cursor of such a list") : null };
        // One more than the page was asked for: it tells whether there is a next.
        var found = await call.Store.TicketsAsync(query, call.Stop);
        var page = found.Take(limit).ToList();
        var next = found.Count > limit ? ListQuery.CursorAt(page[^1], TicketOrder.Newest) : null;
        return ApiAnswer.Of(new TranscriptPage([.. page.Select(ticket => ViewOf(ticket, call))], next), ApiJson.Default.TranscriptPage);
    }

    private static async Task<ApiAnswer> GiveAsync(ApiCall call)
    {
        var ticket = await call.GiveAsync(new GiveTranscript(), await call.TicketAsync());
        return ApiAnswer.Of(ViewOf(ticket, call), ApiJson.Default.TranscriptLinkView) with { ETag = ETags.Of(ReadingRoutes.ViewOf(ticket, call)) };
    }

    private static async Task<ApiAnswer> RevokeAsync(ApiCall call)
    {
        return ReadingRoutes.Show(await call.GiveAsync(new RevokeTranscript(), await call.TicketAsync()), call);
    }

    private static TranscriptLinkView ViewOf(Ticket ticket, ApiCall call)
    {
        var settings = call.Caller.Settings;
        return new TranscriptLinkView(
            TicketIds.Of(ticket), ticket.Number, TicketView.StatusOf(ticket), ticket.Department, ticket.SaidSubject, ticket.OpenedAt, ticket.Closing?.At,
            TranscriptLinks.AddressOf(ticket, settings, call.Host.PublicAddress, call.Host.Time.GetUtcNow()), TranscriptLinks.EndOf(ticket, settings));
    }
}

/// <summary>Where a ticket's transcript is read.</summary>
/// <param name="TicketId">TKT and six letters or digits.</param>
/// <param name="Number">The number that people read.</param>
/// <param name="Status">open, closed or failed.</param>
/// <param name="Department">The key of its department.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="CreatedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="Url">Where a browser shows it. Whoever has the address can read it. Null when the link has ended.</param>
/// <param name="UrlExpiresAt">When that link ends; null while it does not.</param>
internal sealed record TranscriptLinkView(
    string TicketId, long Number, string Status, string Department, string? Subject, DateTimeOffset CreatedAt, DateTimeOffset? ClosedAt, string? Url, DateTimeOffset? UrlExpiresAt);

/// <summary>A page of transcripts.</summary>
/// <param name="Transcripts">The transcripts, the newest first.</param>
/// <param name="NextCursor">What gives the next page; null on the last.</param>
internal sealed record TranscriptPage(IReadOnlyList<TranscriptLinkView> Transcripts, string? NextCursor);
