using System.Globalization;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>The JSON file in which a storefront's bot keeps its settings and its tickets, by their channels. Whatever else stands in a ticket was asked of its opener.</summary>
internal static class StorefrontTickets
{
    private static readonly string[] Known =
    [
        JsonRows.Key, "channel_id", "channel", "user_id", "user", "owner_id", "creator_id", "username", "user_name", "guild_id", "guild", "server_id", "status", "state", "closed", "is_closed",
        "created_at", "opened_at", "timestamp", "closed_at", "closed_by", "close_reason", "reason", "claimed_by", "staff_id", "category", "type", "department", "added_users", "members", "message_id", "summary_message_id",
        "updated_at", "step", "id", "ticket_id", "messages",
    ];

    public static async Task<ReadTickets> ReadAsync(ISourceTables source, SourceTimes times, GuildId guild, CancellationToken cancellation)
    {
        var reading = new SourceReading(source, times, guild);
        await foreach (var row in reading.NeededAsync("tickets", cancellation))
        {
            if (!reading.IsOurs(row)) continue;
            var channel = row.NeededId("channel_id", "channel", JsonRows.Key);
            var status = row.StatusOf();
            reading.Take(row, new ImportedTicket
            {
                Id = row.Text("ticket_id", "id") ?? channel.ToString(CultureInfo.InvariantCulture),
                IsKnownById = row.Text("ticket_id", "id") is not null,
                Row = row.Where,
                Opener = new UserId(row.NeededId("user_id", "user", "owner_id", "creator_id")),
                OpenerName = row.Text("username", "user_name"),
                OpenedAt = row.Time("created_at", "opened_at", "timestamp") ?? SourceTimes.Of(channel),
                Department = row.Text("department", "category", "type"),
                Home = new ChannelId(channel),
                HomeKind = HomeKind.Channel,
                HomeEndsWithIt = status == OldStatus.Deleted,
                ClaimedBy = row.Id("claimed_by", "staff_id") is { } staff ? new UserId(staff) : null,
                Added = row.People("added_users", "members"),
                Answers = AnswersOf(row),
                End = status == OldStatus.Open ? null : new ImportedEnd(
                    row.Time("closed_at"), row.Id("closed_by") is { } by ? new UserId(by) : null, row.Text("close_reason", "reason"), status == OldStatus.Cancelled),
            });
        }
        return reading.Result();
    }

    private static ValueList<FormAnswer> AnswersOf(RowReader row) => row.Fields
        .Where(field => !Known.Contains(field, StringComparer.OrdinalIgnoreCase))
        .Select(field => (Field: field, Value: row.Text(field)))
        .Where(answer => !string.IsNullOrWhiteSpace(answer.Value))
        .Select(answer => new FormAnswer(answer.Field, answer.Value switch { "true" => "yes", "false" => "no", var said => said! }))
        .ToValueList();
}
