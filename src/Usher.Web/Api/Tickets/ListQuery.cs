using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Usher.Desk.Tickets;
using Usher.Storage;

namespace Usher.Web.Api.Tickets;

/// <summary>What a caller wants listed, within what they may see.</summary>
internal static class ListQuery
{
    internal const int MostOfPage = 100;
    private const int UsualPage = 50;

    // What is counted on from a moment must still have a date.
    private const int LastYear = 9000;
    private static readonly long LastMoment = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    internal static IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        new("status", "How far they are.", "open", "closed", "failed"),
        new("priority", "How urgent they are; those that nobody sorted are medium.", "low", "medium", "high", "critical"),
        new("department", "The key of their department."),
        new("category", "The same under another name."),
        new("user_id", "Whose they are; me is the caller."),
        new("assignee", "Who has them: an id, me, none or any."),
        new("created_from", "Opened at that time or later, such as 2024-01-20T10:30:00Z."),
        new("created_before", "Opened before that time."),
        new("sort", "Their order: the newest first when not said. By priority only with status=open.", "-created_at", "created_at", "-priority"),
        new("limit", "The most of a page, 1 to 100; 50 when not said."),
        new("cursor", "Where the page begins: next_cursor of the page before, with the same parameters."),
    ];

    internal static TicketQuery Read(ApiCall call)
    {
        var caller = call.Caller;
        var query = new TicketQuery(caller.Guild)
        {
            Department = DepartmentIn(call),
            Opener = call.UserIn("user_id"),
            OpenedFrom = MomentIn(call, "created_from"),
            OpenedBefore = MomentIn(call, "created_before"),
            Order = OrderIn(call),
            Limit = LimitIn(call, UsualPage, MostOfPage) + 1,
        };
        query = WithStatus(query, call);
        query = WithAssignee(query, call);
        if (call.Query("priority") is { } priority) query = query with { Priority = Priorities.Named(priority) ?? throw ApiCall.Faulty("priority", "is none of low, medium, high, critical") };
        if (query is { Order: TicketOrder.MostUrgent, IsOpen: not true }) throw ApiCall.Faulty("sort", "can be -priority only with status=open");
        if (call.Query("cursor") is { } cursor) query = query with { After = PlaceIn(cursor, query.Order) ?? throw ApiCall.Faulty("cursor", "is no cursor of such a list") };
        // Their own tickets everybody sees, wherever they are; beyond those, what they answer for.
        if (query.Opener == caller.Actor.User) return query;
        return caller.IsStaff ? query with { Within = caller.Departments } : OwnOf(query, caller.Actor.User);
    }

    private static string? DepartmentIn(ApiCall call)
    {
        var (department, category) = (call.Query("department"), call.Query("category"));
        return department is null || category is null || department == category ? department ?? category : throw ApiCall.Faulty("category", "is another department than department");
    }

    internal static string CursorAt(Ticket last, TicketOrder order)
    {
        var place = TicketPlace.Of(last);
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{(int)order}.{place.Number}.{place.Priority}.{place.OpenedAt.ToUnixTimeMilliseconds()}")));
    }

    internal static int LimitIn(ApiCall call, int usual, int most)
    {
        if (call.Query("limit") is not { } text) return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most
            ? limit
            : throw ApiCall.Faulty("limit", $"is a number from 1 to {most.ToString(CultureInfo.InvariantCulture)}");
    }

    internal static DateTimeOffset? MomentIn(ApiCall call, string name)
    {
        if (call.Query(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is > 1970 and < LastYear
            ? moment
            : throw ApiCall.Faulty(name, "is no moment such as 2024-01-20T10:30:00Z");
    }

    // Whoever is no staff sees nobody else's: asked for, those are as if they were not.
    private static TicketQuery OwnOf(TicketQuery query, Usher.Desk.Values.UserId me) => query.Opener is null ? query with { Opener = me } : query with { Within = [] };

    private static TicketQuery WithStatus(TicketQuery query, ApiCall call) => call.Query("status") switch
    {
        null => query,
        "open" => query with { IsOpen = true },
        "closed" => query with { Status = TicketStatus.Closed },
        "failed" => query with { Status = TicketStatus.Failed },
        _ => throw ApiCall.Faulty("status", "is none of open, closed, failed"),
    };

    private static TicketQuery WithAssignee(TicketQuery query, ApiCall call) => call.Query("assignee") switch
    {
        null => query,
        "none" => query with { IsClaimed = false },
        "any" => query with { IsClaimed = true },
        _ => query with { Claimer = call.UserIn("assignee") },
    };

    private static TicketOrder OrderIn(ApiCall call) => call.Query("sort") switch
    {
        null or "-created_at" => TicketOrder.Newest,
        "created_at" => TicketOrder.Oldest,
        "-priority" => TicketOrder.MostUrgent,
        _ => throw ApiCall.Faulty("sort", "is none of -created_at, created_at, -priority"),
    };

    internal static TicketPlace? PlaceIn(string cursor, TicketOrder order)
    {
        if (cursor.Length > 64 || !Base64Url.IsValid(cursor)) return null;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        return parts is [var kind, var number, var priority, var opened]
            && kind == ((int)order).ToString(CultureInfo.InvariantCulture)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && int.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            && long.TryParse(opened, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= LastMoment
            ? new TicketPlace(last, rank, DateTimeOffset.FromUnixTimeMilliseconds(at))
            : null;
    }
}
