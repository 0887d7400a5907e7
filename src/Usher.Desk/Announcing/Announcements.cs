using System.Globalization;
using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Corresponding;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Renaming;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Tagging;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Announcing;

/// <summary>Which facts programs outside are told of, and what of them. Pure.</summary>
public static class Announcements
{
    /// <summary>What is sent to try a webhook.</summary>
    public const string Ping = "ping";

    /// <summary>Every type of event, in the order in which they are told of.</summary>
    public static ValueList<string> Types { get; } =
    [
        "ticket.opened", "ticket.ready", "ticket.unreached", "ticket.failed", "ticket.claimed", "ticket.unclaimed", "ticket.assigned", "ticket.staff_replied", "ticket.opener_replied", "ticket.note_added",
        "ticket.priority_changed", "ticket.tags_changed", "ticket.renamed", "ticket.member_added", "ticket.member_removed", "ticket.transferred", "ticket.closed", "ticket.reopened", "ticket.rated",
    ];

    /// <summary>What is told of a fact; null when nothing is.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="after">The ticket right after it.</param>
    /// <param name="by">Who caused it.</param>
    public static Announcement? Of(Fact fact, Ticket after, UserId by)
    {
        if (TypeOf(fact) is not { } type) return null;
        var id = string.Create(CultureInfo.InvariantCulture, $"{after.Guild}-{after.Number}-{after.Version}");
        return new Announcement(id, type, fact.At.ToUniversalTime(), after.Guild.ToString(), by == default ? null : by.ToString(), AnnouncedTicket.Of(after), DataOf(fact));
    }

    /// <summary>What is sent to try a webhook.</summary>
    public static Announcement PingAt(DateTimeOffset now, GuildId guild) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{guild}-ping-{now.ToUnixTimeMilliseconds()}"), Ping, now.ToUniversalTime(), guild.ToString(), null, null, null);

    private static string? TypeOf(Fact fact) => fact switch
    {
        TicketOpened => "ticket.opened",
        HomeCreated => "ticket.ready",
        OpenerUnreached => "ticket.unreached",
        OpeningFailed => "ticket.failed",
        TicketClaimed => "ticket.claimed",
        TicketUnclaimed => "ticket.unclaimed",
        TicketAssigned => "ticket.assigned",
        StaffReplied => "ticket.staff_replied",
        OpenerReplied => "ticket.opener_replied",
        NoteWritten => "ticket.note_added",
        PrioritySet => "ticket.priority_changed",
        TagsChanged => "ticket.tags_changed",
        TicketRenamed => "ticket.renamed",
        MemberArrived => "ticket.member_added",
        MemberGone => "ticket.member_removed",
        TicketTransferred => "ticket.transferred",
        TicketClosed => "ticket.closed",
        TicketReopened => "ticket.reopened",
        TicketRated => "ticket.rated",
        _ => null,
    };

    // Of a note nothing but that there is one: notes never leave staff.
    private static Dictionary<string, string>? DataOf(Fact fact) => fact switch
    {
        OpeningFailed failed => new() { ["reason"] = failed.Reason.ToString() },
        OpenerUnreached unreached => new() { ["reason"] = unreached.Reason.ToString() },
        TicketRenamed renamed => new() { ["name"] = renamed.Name },
        MemberArrived arrived => new() { ["user_id"] = arrived.User.ToString() },
        MemberGone gone => new() { ["user_id"] = gone.User.ToString() },
        TicketTransferred moved => new() { ["from"] = moved.From, ["to"] = moved.Department },
        TicketRated { Comment: { } comment } rated => new() { ["rating"] = ScoreOf(rated), ["comment"] = comment },
        TicketRated rated => new() { ["rating"] = ScoreOf(rated) },
        TicketClosed { Reason: { } reason } closed => new() { ["kind"] = KindOf(closed), ["reason"] = reason },
        TicketClosed closed => new() { ["kind"] = KindOf(closed) },
        _ => null,
    };

    private static string ScoreOf(TicketRated rated) => rated.Score.ToString(CultureInfo.InvariantCulture);

    private static string KindOf(TicketClosed closed) => closed.Kind switch
    {
        ClosingKind.Cancelled => "cancelled",
        ClosingKind.HomeDeleted => "home_deleted",
        ClosingKind.Deleted => "deleted",
        _ => "closed",
    };
}
