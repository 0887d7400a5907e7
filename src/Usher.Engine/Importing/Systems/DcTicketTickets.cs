using System.Text.Json;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>The tables of DCTicket Pro: text channels, and a message row for what was said, partly as JSON within.</summary>
internal static class DcTicketTickets
{
    // Discord's ids have at least so many digits; the desk's own messages have others.
    private const int ShortestId = 15;

    public static async Task<ReadTickets> ReadAsync(ISourceTables source, SourceTimes times, GuildId guild, CancellationToken cancellation)
    {
        var reading = new SourceReading(source, times, guild);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in reading.RowsAsync(reading.Find("departments"), cancellation))
            if (row.Text("id") is { } id && row.Text("name") is { } name) names[id] = name;
        var (talk, described, said) = (new Talk(), new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var row in reading.RowsAsync(reading.Find("messages"), cancellation)) Hear(row, talk, described, said);
        var added = new Dictionary<string, List<UserId>>(StringComparer.Ordinal);
        await foreach (var row in reading.RowsAsync(reading.Find("ticket_invites"), cancellation))
        {
            if (row.Text("ticket_id") is not { } id || row.Id("invitee_id") is not { } invitee) continue;
            if (!added.TryGetValue(id, out var people)) added[id] = people = [];
            if (!people.Contains(new UserId(invitee))) people.Add(new UserId(invitee));
        }
        await foreach (var row in reading.NeededAsync("tickets", cancellation))
        {
            var id = row.Text("id", "ticket_id", JsonRows.Key) ?? "";
            if (id.Length == 0) row.Fault("id", "it is missing", "Every ticket needs one.");
            if (!reading.IsOurs(row))
            {
                talk.PassOver(id);
                continue;
            }
            var channel = row.NeededId("channel_id");
            var (status, department) = (row.StatusOf(), row.Text("department_id", "department"));
            reading.Take(row, new ImportedTicket
            {
                Id = id,
                Row = row.Where,
                Opener = new UserId(row.NeededId("user_id")),
                OpenerName = talk.MessagesOf(id).FirstOrDefault(message => message.Name is not null && row.Id("user_id") == message.Author.Value)?.Name,
                OpenedAt = row.Time("created_at") ?? SourceTimes.Of(channel),
                Department = department,
                DepartmentName = department is null ? null : names.GetValueOrDefault(department),
                Home = new ChannelId(channel),
                HomeKind = HomeKind.Channel,
                HomeEndsWithIt = true,
                ClaimedBy = row.Id("staff_id", "claimed_by") is { } staff ? new UserId(staff) : null,
                Description = described.GetValueOrDefault(id),
                Added = added.TryGetValue(id, out var guests) ? guests.ToValueList() : [],
                End = status == OldStatus.Open ? null : new ImportedEnd(row.Time("closed_at"), Reason: row.Text("close_reason")),
                Messages = talk.MessagesOf(id),
            });
        }
        talk.ReportLost(reading);
        return reading.Result();
    }

    private static void Hear(RowReader row, Talk talk, Dictionary<string, string> described, HashSet<string> said)
    {
        var (id, ticket, author, at, isProgram) = (row.Text("id"), row.Text("ticket_id"), row.NeededId("user_id"), row.Time("timestamp", "created_at"), row.Flag("is_ai"));
        var content = row.Json("content") is { ValueKind: JsonValueKind.Object } parts ? Content.Of(parts) : new Content(row.Text("content") ?? "");
        // What the assistant said was stored once for each part that Discord took it in.
        if (content.Answer is { } answer && !said.Add(answer)) return;
        if (content.IsDescription && ticket is not null) described.TryAdd(ticket, content.Text);
        else
        {
            talk.Hear(row, ticket, at, content.Text, id, place => new ImportedMessage(
                new UserId(author), content.Name ?? (isProgram ? "AI" : null), isProgram || content.IsOfProgram, content.Text, at ?? default,
                id is { Length: >= ShortestId } && ulong.TryParse(id, out var number) ? number : null, place));
        }
    }

    // A message's content is plain, or JSON that holds it beside what else was known of it.
    private sealed record Content(string Text, string? Name = null, bool IsDescription = false, bool IsOfProgram = false, string? Answer = null)
    {
        public static Content Of(JsonElement json)
        {
            if (json.TryGetProperty("aiResponseId", out var answer) && json.TryGetProperty("content", out var words)) return new Content(Words(words), IsOfProgram: true, Answer: Words(answer));
            if (json.TryGetProperty("message", out var notice) && notice.ValueKind == JsonValueKind.Object) return new Content(WordsOf(notice), IsOfProgram: true);
            if (json.TryGetProperty("text", out var text))
            {
                return new Content(
                    Words(text), json.TryGetProperty("username", out var name) ? Words(name) : null,
                    json.TryGetProperty("isDescription", out var flag) && flag.ValueKind == JsonValueKind.True);
            }
            return new Content(WordsOf(json), IsOfProgram: true);
        }

        private static string WordsOf(JsonElement message)
        {
            var lines = new List<string>();
            if (message.TryGetProperty("content", out var content)) lines.Add(Words(content));
            if (message.TryGetProperty("embeds", out var embeds) && embeds.ValueKind == JsonValueKind.Array)
                foreach (var embed in embeds.EnumerateArray().Where(embed => embed.ValueKind == JsonValueKind.Object)) lines.AddRange(LinesOf(embed));
            return string.Join('\n', lines.Where(line => line.Length > 0));
        }

        private static IEnumerable<string> LinesOf(JsonElement embed)
        {
            foreach (var part in (string[])["title", "description"])
                if (embed.TryGetProperty(part, out var words)) yield return Words(words);
            if (!embed.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array) yield break;
            foreach (var field in fields.EnumerateArray().Where(field => field.ValueKind == JsonValueKind.Object))
                foreach (var part in (string[])["name", "value"])
                    if (field.TryGetProperty(part, out var words)) yield return Words(words);
        }

        private static string Words(JsonElement json) => RowReader.Clean(JsonRows.TextOf(json) ?? "");
    }
}
