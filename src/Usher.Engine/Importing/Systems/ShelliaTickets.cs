using System.Text.Json;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>The tables of shellia, or what its API answers, written to a file: its tickets live in the API and have no channel.</summary>
internal static class ShelliaTickets
{
    public static async Task<ReadTickets> ReadAsync(ISourceTables source, SourceTimes times, GuildId guild, CancellationToken cancellation)
    {
        var reading = new SourceReading(source, times, guild);
        var talk = new Talk();
        await foreach (var row in reading.RowsAsync(reading.Find("ticket_messages", "messages", "ticket_replies", "replies"), cancellation)) Hear(row, row.Text("ticket_id"), talk);
        await foreach (var row in reading.RowsAsync(reading.Find("internal_notes", "ticket_notes", "notes"), cancellation)) Note(row, row.Text("ticket_id"), talk);
        var assigned = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var row in reading.RowsAsync(reading.Find("ticket_audit_log"), cancellation))
        {
            if (row.Text("action") is "assigned" or "claimed" or "ticket_assigned" && row.Text("ticket_id") is { } id && row.Time("created_at") is { } at) assigned[id] = at;
        }
        await foreach (var row in reading.NeededAsync("tickets", cancellation))
        {
            var id = row.Text("id", "ticket_id", JsonRows.Key) ?? "";
            if (!reading.IsOurs(row))
            {
                talk.PassOver(id);
                continue;
            }
            if (id.Length == 0) row.Fault("id", "it is missing", "Every ticket needs one, such as TKTA1B2C3.");
            foreach (var message in reading.Within(row, "messages", "replies")) Hear(message, id, talk);
            foreach (var note in reading.Within(row, "internal_notes", "notes")) Note(note, id, talk);
            reading.Take(row, TicketOf(row, id, talk, assigned.TryGetValue(id, out var at) ? at : null));
        }
        talk.ReportLost(reading);
        return reading.Result();
    }

    private static ImportedTicket TicketOf(RowReader row, string id, Talk talk, DateTimeOffset? assignedAt)
    {
        var status = row.StatusOf();
        var closer = row.Id("closed_by");
        return new ImportedTicket
        {
            Id = id,
            Row = row.Where,
            Opener = new UserId(row.NeededId("user_id")),
            OpenerName = row.Text("username", "user_name"),
            OpenedAt = row.NeededTime("created_at"),
            Department = row.Text("category"),
            ClaimedBy = row.Id("assigned_to", "assigned_admin", "claimed_by") is { } claimer ? new UserId(claimer) : null,
            ClaimedAt = assignedAt,
            Priority = PriorityOf(row),
            Subject = row.Text("subject"),
            Description = row.Text("description"),
            Rating = RatingOf(row),
            Answers = row.Text("plan_at_creation") is { } plan ? [new FormAnswer("plan", plan)] : [],
            End = status == OldStatus.Open ? null : new ImportedEnd(
                row.Time("closed_at") ?? row.Time("resolved_at"), closer is { } by ? new UserId(by) : null, row.Text("close_reason", "resolution"), status == OldStatus.Cancelled),
            Messages = talk.MessagesOf(id),
            Notes = talk.NotesOf(id),
        };
    }

    private static Priority? PriorityOf(RowReader row)
    {
        if (row.Text("priority")?.Trim().ToLowerInvariant() is not { Length: > 0 } written) return null;
        switch (written)
        {
            case "low": return Priority.Low;
            case "medium" or "normal": return Priority.Medium;
            case "high": return Priority.High;
            case "critical" or "urgent": return Priority.Critical;
            default:
                row.Fault("priority", $"{RowReader.Shown(written)} is no priority", "There are low, medium, high and critical.");
                return null;
        }
    }

    private static (int, string?)? RatingOf(RowReader row)
    {
        if (row.Number("satisfaction_rating", "rating") is not { } rating) return null;
        if (rating is >= TicketRating.Lowest and <= TicketRating.Highest) return ((int)rating, row.Text("satisfaction_comment", "feedback"));
        row.Fault("satisfaction_rating", "a rating is from 1 to 5", "Write one of these, or nothing.");
        return null;
    }

    private static void Hear(RowReader row, string? ticket, Talk talk)
    {
        if (row.Flag("is_internal", "internal_note"))
        {
            Note(row, ticket, talk);
            return;
        }
        var (author, at, text) = (row.NeededId("author_id", "user_id", "admin_id"), row.Time("created_at", "timestamp"), row.Text("content", "message", "text") ?? "");
        var words = string.Join('\n', [text, .. FilesOf(row)]).Trim();
        talk.Hear(row, ticket, at, words, row.Text("id"), place => new ImportedMessage(new UserId(author), row.Text("author_name", "username"), row.Flag("is_bot", "is_ai"), words, at ?? default, null, place));
    }

    // Addresses in a system that ends: kept as words, and never fetched.
    private static IEnumerable<string> FilesOf(RowReader row) => row.Json("attachments") is { ValueKind: JsonValueKind.Array } files
        ? files.EnumerateArray().Select(file => file.ValueKind == JsonValueKind.Object && file.TryGetProperty("url", out var url) ? JsonRows.TextOf(url) : JsonRows.TextOf(file)).OfType<string>().Select(RowReader.Clean)
        : [];

    private static void Note(RowReader row, string? ticket, Talk talk)
    {
        var (by, at, text) = (row.NeededId("author_id", "admin_id", "user_id"), row.Time("created_at", "timestamp"), row.Text("note", "content", "message", "text") ?? "");
        talk.Note(row, ticket, at, text, new ImportedNote(new UserId(by), text, at ?? default));
    }
}
