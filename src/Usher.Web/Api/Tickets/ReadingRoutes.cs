using System.Globalization;
using Microsoft.AspNetCore.Http;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Tickets;

/// <summary>What is read of tickets.</summary>
internal static class ReadingRoutes
{
    private const int UsualMessages = 100;
    private const int MostMessages = 200;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/tickets", "listTickets", Scopes.Read, "Lists tickets: everybody their own, staff those of their departments, managers all.", ApiJson.Default.TicketPage, ListAsync)
        {
            Query = ListQuery.Parameters,
        },
        new("GET", "/api/tickets/{id}", "getTicket", Scopes.Read, "Shows a ticket.", ApiJson.Default.TicketView, GetAsync),
        new("GET", "/api/tickets/{id}/messages", "listMessages", Scopes.Read, "Shows what was said in a ticket, oldest first.", ApiJson.Default.MessagePage, MessagesAsync)
        {
            Query = [new("after", "Only messages behind this one: next_after of the page before."), new("limit", "The most of a page, 1 to 200; 100 when not said.")],
        },
        new("GET", "/api/tickets/{id}/notes", "listNotes", Scopes.Notes, "Shows what staff noted. For staff.", ApiJson.Default.NoteList, NotesAsync),
    ];

    /// <summary>A ticket as an answer, with its ETag.</summary>
    internal static ApiAnswer Show(Ticket ticket, ApiCall call, int status = StatusCodes.Status200OK) => Show(ViewOf(ticket, call), status);

    /// <summary>A ticket as who calls is told of it.</summary>
    internal static TicketView ViewOf(Ticket ticket, ApiCall call) => TicketView.Of(ticket, call.Caller, call.Host.PublicAddress, call.Host.Time.GetUtcNow());

    private static ApiAnswer Show(TicketView ticket, int status) => ApiAnswer.Of(ticket, ApiJson.Default.TicketView, status) with { ETag = ETags.Of(ticket) };

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = ListQuery.Read(call);
        var found = await call.Store.TicketsAsync(query, call.Stop);
        // One more than the page was asked for: it tells whether there is a next.
        var page = found.Take(query.Limit - 1).ToList();
        var next = found.Count == query.Limit ? ListQuery.CursorAt(page[^1], query.Order) : null;
        return ApiAnswer.Of(new TicketPage([.. page.Select(ticket => ViewOf(ticket, call))], next), ApiJson.Default.TicketPage);
    }

    private static async Task<ApiAnswer> GetAsync(ApiCall call)
    {
        var ticket = ViewOf(await call.TicketAsync(), call);
        return ETags.Names(call.Http.Request.Headers.IfNoneMatch.ToString(), ticket)
            ? new ApiAnswer(StatusCodes.Status304NotModified, default) { ETag = ETags.Of(ticket) }
            : Show(ticket, StatusCodes.Status200OK);
    }

    private static async Task<ApiAnswer> MessagesAsync(ApiCall call)
    {
        var limit = ListQuery.LimitIn(call, UsualMessages, MostMessages);
        var ticket = await call.TicketAsync();
        var found = await call.Store.MessagesAfterAsync(ticket.Key, AfterIn(call), limit + 1, call.Stop);
        var address = TranscriptLinks.AddressOf(ticket, call.Caller.Settings, call.Host.PublicAddress, call.Host.Time.GetUtcNow());
        var page = found.Take(limit).Select(stored => MessageView.Of(stored, address)).ToList();
        return ApiAnswer.Of(new MessagePage(page, found.Count > limit ? page[^1].Id : null), ApiJson.Default.MessagePage);
    }

    private static async Task<ApiAnswer> NotesAsync(ApiCall call)
    {
        var ticket = await call.TicketAsync();
        if (!call.Caller.ReadsNotesOf(ticket)) throw new Problem(403, "access.denied", "Notes are for staff alone.").AsException();
        return ApiAnswer.Of(new NoteList(TicketView.NotesOf(ticket)), ApiJson.Default.NoteList);
    }

    private static MessageId AfterIn(ApiCall call) => call.Query("after") switch
    {
        null => default,
        var text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= long.MaxValue => new MessageId(id),
        _ => throw ApiCall.Faulty("after", "is no message's id"),
    };
}
