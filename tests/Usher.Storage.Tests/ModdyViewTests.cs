using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class ModdyViewTests : StoreTest
{
    [Fact]
    public async Task Other_programs_read_the_tickets_in_the_shape_of_moddys_own_table()
    {
        var answers = Opened() with { Answers = [new FormAnswer("error_code", "BB1FE07D"), new FormAnswer("what", "It \"broke\"")] };
        var ticket = await OpenTicketAsync(answers);
        ticket = await GoOnAsync(ticket, new HomeCreated(Noon, new ChannelId(4711)), new TicketClaimed(Noon, Bob, "Bob"));
        await OpenTicketAsync(Opened(2, by: Bob));

        Assert.Equal([$"4711|{Alice}|help|{Bob}|2026-03-02T12:00:00.000Z|0||{{\"error_code\":\"BB1FE07D\",\"what\":\"It \\\"broke\\\"\"}}"], await ReadAsync());

        await GoOnAsync(ticket, new TicketClosed(Noon.AddHours(1), ClosingKind.Closed, Bob, "Bob", null));
        Assert.Contains("|1|2026-03-02T13:00:00.000Z|", Assert.Single(await ReadAsync()), StringComparison.Ordinal);
    }

    private async Task<List<string>> ReadAsync()
    {
        await using var database = await OtherProgramAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "select thread_id, user_id, category, claimed_by, created_at, archived, archived_at, metadata from moddy_tickets order by thread_id";
        await using var rows = await command.ExecuteReaderAsync(Token);
        var read = new List<string>();
        while (await rows.ReadAsync(Token)) read.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => Told(rows.GetValue(column)))));
        return read;
    }

    // Each database has its own words for times and for yes and no.
    private static string? Told(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        bool yes => yes ? "1" : "0",
        string json when json.StartsWith('{') => JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        _ => value.ToString(),
    };
}
