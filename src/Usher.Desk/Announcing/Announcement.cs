using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Desk.Tickets;

namespace Usher.Desk.Announcing;

/// <summary>What programs outside are told of something that happened: a shape that stays. Never a note's words, never a message's.</summary>
/// <param name="Id">Names the event: the same however often, and to however many, it is told.</param>
/// <param name="Type">What happened, one of <see cref="Announcements.Types"/>.</param>
/// <param name="CreatedAt">When, in UTC.</param>
/// <param name="GuildId">The guild.</param>
/// <param name="ActorId">Who did it; null for the desk itself.</param>
/// <param name="Ticket">The ticket as it was right after it; null for a ping.</param>
/// <param name="Data">What is particular to it; null when nothing is.</param>
public sealed record Announcement(string Id, string Type, DateTimeOffset CreatedAt, string GuildId, string? ActorId, AnnouncedTicket? Ticket, IReadOnlyDictionary<string, string>? Data)
{
    /// <summary>As it is sent.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AnnouncementJson.Default.Announcement);
}

/// <summary>A ticket as programs outside see it. What its people said, its form's answers and its notes are not in it, nor an address under which they can be read.</summary>
/// <param name="TicketId">As the API names it, such as <c>TKT000001</c>.</param>
/// <param name="Number">Its number.</param>
/// <param name="Status">opening, open, closed or failed.</param>
/// <param name="Department">The key of its department.</param>
/// <param name="Priority">low, medium, high or critical.</param>
/// <param name="Subject">What it is about, where a program said so.</param>
/// <param name="Tags">What staff sorted it under.</param>
/// <param name="OpenerId">Who asked for help.</param>
/// <param name="OpenerName">Their name at the time.</param>
/// <param name="AssigneeId">Who has it; null when nobody.</param>
/// <param name="AssigneeName">Their name at the time.</param>
/// <param name="ChannelId">The thread or channel in which it lives; null until that is made.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="FirstResponseAt">When staff first answered.</param>
/// <param name="ClosedAt">When it was closed; null while it is not.</param>
public sealed record AnnouncedTicket(
    string TicketId, long Number, string Status, string Department, string Priority, string? Subject, IReadOnlyList<string> Tags, string OpenerId, string OpenerName,
    string? AssigneeId, string? AssigneeName, string? ChannelId, DateTimeOffset OpenedAt, DateTimeOffset? FirstResponseAt, DateTimeOffset? ClosedAt)
{
    internal static AnnouncedTicket Of(Ticket ticket) => new(
        TicketIds.Of(ticket), ticket.Number, ticket.Status.ToString().ToLowerInvariant(), ticket.Department, Priorities.NameOf(ticket.Priority ?? Tickets.Priority.Medium), ticket.Subject, [.. ticket.Tags],
        ticket.Opener.ToString(), ticket.OpenerName, ticket.Claim?.By.ToString(), ticket.Claim?.Name, ticket.Home.Channel?.ToString(), Utc(ticket.OpenedAt), Utc(ticket.FirstResponseAt), Utc(ticket.Closing?.At));

    private static DateTimeOffset Utc(DateTimeOffset moment) => moment.ToUniversalTime();

    private static DateTimeOffset? Utc(DateTimeOffset? moment) => moment?.ToUniversalTime();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Announcement))]
internal sealed partial class AnnouncementJson : JsonSerializerContext;
