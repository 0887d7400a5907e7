using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Usher.Desk.Tickets;
using Usher.Engine.Archive;
using Usher.Storage.Searching;
using Usher.Web.Api.Tickets;
using Usher.Web.Api.Wire;

namespace Usher.Web.Api.Searching;

/// <summary>Finds what was said.</summary>
internal static class SearchRoutes
{
    private const int UsualPage = 20;
    private const int MostOfPage = 50;
    private const int LongestCursor = 120;

    internal static IReadOnlyList<ApiRoute> All { get; } =
    [
        new("GET", "/api/search", "search", Scopes.Read, "Finds what was said in tickets: everybody in their own, staff in those of their departments with their notes, managers in all.", ApiJson.Default.SearchPage, SearchAsync)
        {
            Group = "Search",
            Query =
            [
                new("q", "The words: each must be there, of three letters or more its beginning is enough. \"Words in quotation marks\" follow upon each other."),
                new("department", "Only tickets of that department."),
                new("status", "Only tickets that are so far.", "open", "closed", "failed"),
                new("user_id", "Only tickets of that opener; me is the caller."),
                new("author_id", "Only what that person said; me is the caller."),
                new("from", "Only what was said at that time or later, such as 2024-01-20T10:30:00Z."),
                new("before", "Only what was said before that time."),
                new("sort", "The newest first when not said; relevance gives the best of the 200 newest, on one page.", "-created_at", "relevance"),
                new("limit", "The most of a page, 1 to 50; 20 when not said."),
                new("cursor", "Where the page begins: next_cursor of the page before, with the same parameters."),
            ],
        },
    ];

    private static async Task<ApiAnswer> SearchAsync(ApiCall call)
    {
        var query = Read(call);
        var byRelevance = IsByRelevance(call);
        if (byRelevance && query.After is not null) throw ApiCall.Faulty("cursor", "goes with the order -created_at only");
        var (hits, next) = byRelevance
            ? (await ArchiveSearch.BestAsync(call.Store, query, call.Stop), null)
            : await ArchiveSearch.NewestAsync(call.Store, query, call.Stop) is var page ? (page.Hits, page.Next) : default;
        var complete = await call.Host.Store.IsIndexedAsync(call.Caller.Guild, call.Stop);
        return ApiAnswer.Of(
            new SearchPage([.. hits.Select(hit => SearchHitView.Of(hit, hit.AddressIn(call.Host.PublicAddress, call.Caller.Settings, call.Host.Time.GetUtcNow())))], next is null ? null : CursorAt(next), complete), ApiJson.Default.SearchPage);
    }

    private static SearchQuery Read(ApiCall call)
    {
        var typed = call.Query("q") ?? throw ApiCall.Faulty("q", "says what is sought, and is missing");
        if (typed.Length > SearchTerms.Longest) throw ApiCall.Faulty("q", $"has at most {SearchTerms.Longest.ToString(CultureInfo.InvariantCulture)} characters");
        var terms = SearchTerms.Read(typed) ?? throw ApiCall.Faulty("q", "holds no letter and no digit");
        var caller = call.Caller;
        var query = new SearchQuery(caller.Guild, terms)
        {
            Department = call.Query("department"),
            Opener = call.UserIn("user_id"),
            Author = call.UserIn("author_id"),
            From = ListQuery.MomentIn(call, "from"),
            Before = ListQuery.MomentIn(call, "before"),
            Limit = ListQuery.LimitIn(call, UsualPage, MostOfPage),
            After = call.Query("cursor") is { } cursor ? PlaceIn(cursor) ?? throw ApiCall.Faulty("cursor", "is no cursor of a search") : null,
        };
        query = call.Query("status") switch
        {
            null => query,
            "open" => query with { IsOpen = true },
            "closed" => query with { Status = TicketStatus.Closed },
            "failed" => query with { Status = TicketStatus.Failed },
            _ => throw ApiCall.Faulty("status", "is none of open, closed, failed"),
        };
        // Whoever is no staff searches in their own name: the database shows them their own alone.
        return caller.IsStaff
            ? query with { Within = caller.Departments, Self = caller.Actor.User, WithNotes = caller.Has(Scopes.Notes) }
            : query with { Opener = query.Opener is { } opener && opener != caller.Actor.User ? opener : caller.Actor.User };
    }

    private static bool IsByRelevance(ApiCall call) => call.Query("sort") switch
    {
        null or "-created_at" => false,
        "relevance" => true,
        _ => throw ApiCall.Faulty("sort", "is none of -created_at, relevance"),
    };

    private static string CursorAt(FindingPlace place) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place.Place}.{place.Ticket}.{place.Kind}.{place.Item}")));

    private static FindingPlace? PlaceIn(string cursor)
    {
        if (cursor.Length > LongestCursor || !Base64Url.IsValid(cursor)) return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        return parts is [var place, var ticket, var kind, var item] && Number(place) is { } at && Number(ticket) is { } number && Number(kind) is { } what && Number(item) is { } which
            ? new FindingPlace(at, number, what, which)
            : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
