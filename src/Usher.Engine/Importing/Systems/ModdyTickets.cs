using System.Text.Json;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing.Systems;

/// <summary>The table <c>tickets</c> of moddy's own system: private threads, which are archived at their end and stay.</summary>
internal static class ModdyTickets
{
    public static async Task<ReadTickets> ReadAsync(ISourceTables source, SourceTimes times, GuildId guild, CancellationToken cancellation)
    {
        var reading = new SourceReading(source, times, guild);
        await foreach (var row in reading.NeededAsync("tickets", cancellation))
        {
            var thread = row.NeededId("thread_id");
            var opener = row.NeededId("user_id");
            var ended = row.Flag("archived") ? new ImportedEnd(row.Time("archived_at")) : null;
            reading.Take(row, new ImportedTicket
            {
                Id = thread.ToString(System.Globalization.CultureInfo.InvariantCulture),
                IsKnownById = false,
                Row = row.Where,
                Opener = new UserId(opener),
                OpenedAt = row.Time("created_at") ?? SourceTimes.Of(thread),
                Department = row.Text("category"),
                Home = new ChannelId(thread),
                HomeKind = HomeKind.Thread,
                ClaimedBy = row.Id("claimed_by") is { } claimer ? new UserId(claimer) : null,
                End = ended,
                Answers = AnswersOf(row),
            });
        }
        return reading.Result();
    }

    // What is no text stands as JSON.
    private static ValueList<FormAnswer> AnswersOf(RowReader row)
    {
        if (row.Text("metadata") is not { } written) return [];
        if (row.Json("metadata") is { ValueKind: JsonValueKind.Object } metadata)
        {
            return metadata.EnumerateObject()
                .Select(property => (property.Name, Text: JsonRows.TextOf(property.Value)))
                .Where(property => property.Text is not null)
                .Select(property => new FormAnswer(RowReader.Clean(property.Name), RowReader.Clean(property.Text!)))
                .ToValueList();
        }
        row.Fault("metadata", $"{RowReader.Shown(written)} is no JSON object", "Write {} there.");
        return [];
    }
}
