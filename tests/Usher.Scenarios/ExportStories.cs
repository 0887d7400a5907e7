using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usher.Desk.Values;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;
using Usher.Web.Api;
using Usher.Web.Api.Reading;

namespace Usher.Scenarios;

/// <summary>Tickets are given away with all that was said in them, to those who may have them.</summary>
public sealed class ExportStories
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_as_JSON_has_edits_deletions_files_and_for_staff_its_notes()
    {
        await using var stage = await Stage.StartAsync();
        var home = await FilledAsync(stage);
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var noteless = await ApiProgram.WithKeyAsync(stage, departments: ["support"], scopes: ["tickets:read"]);
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));

        var ticket = (await staff.GetAsync("/api/tickets/TKT000001/export?format=json")).Body;

        Assert.Equal([], Undescribed(ticket, "ExportedTicket"));
        Assert.Equal(("TKT000001", "support", "open"), (Text(ticket, "ticket_id"), Text(ticket, "department"), Text(ticket, "status")));
        var edited = MessageWith(ticket, "crane five");
        Assert.Equal("crane =four", Text(edited.GetProperty("earlier")[0], "content"));
        Assert.True(edited.TryGetProperty("edited_at", out _));
        Assert.Equal("crane five", Text(edited.GetProperty("discord"), "content"));
        Assert.True(MessageWith(ticket, "my phone").TryGetProperty("deleted_at", out _));
        var file = MessageWith(ticket, "report").GetProperty("attachments")[0];
        Assert.Equal(("report.txt", 64), (Text(file, "file_name"), Text(file, "sha256").Length));
        Assert.Equal("the bytes", await stage.Browser.GetStringAsync(new Uri(Text(file, "url")), Now));
        Assert.Equal("suspicious", Text(ticket.GetProperty("notes")[0], "text"));
        foreach (var program in (ApiProgram[])[noteless, alice])
        {
            foreach (var format in (string[])["json", "csv", "html"])
            {
                var given = await program.GetAsync("/api/tickets/1/export?format=" + format);
                Assert.Equal(200, given.Status);
                Assert.Contains("crane five", given.Text);
                Assert.DoesNotContain("suspicious", given.Text);
            }
        }
        Assert.NotNull(home);
    }

    [Fact]
    public async Task As_a_table_nothing_that_people_wrote_is_a_formula()
    {
        await using var stage = await Stage.StartAsync();
        var home = await FilledAsync(stage);
        stage.Alice.Types("=HYPERLINK(\"http://evil\",\"click\")", home);
        stage.Alice.Types("+1 said, \"quoted\"\nand more", home);
        await stage.SettlesAsync();
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);

        var table = (await staff.GetAsync("/api/tickets/1/export?format=csv")).Text;

        Assert.Contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"click\"\")\"", table);
        Assert.Contains("\"'+1 said, \"\"quoted\"\"\nand more\"", table);
        Assert.Contains(",note,,", table);
        Assert.StartsWith("ticket_id,department,status,", table.TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task A_whole_guild_is_for_managers_alone_and_filters_hold()
    {
        await using var stage = await Stage.StartAsync();
        await FilledAsync(stage);
        await stage.OpensAsync(stage.Bob, "Billing");
        var manager = await ApiProgram.WithKeyAsync(stage, manager: true);
        var staff = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));

        Assert.Equal((403, "access.denied"), (await staff.GetAsync("/api/export")).Verdict);
        Assert.Equal((403, "access.denied"), (await alice.GetAsync("/api/export?format=csv")).Verdict);
        Assert.Equal((404, "ticket.none"), (await alice.GetAsync("/api/tickets/2/export")).Verdict);
        Assert.Equal((404, "ticket.none"), (await staff.GetAsync("/api/tickets/2/export")).Verdict);
        Assert.Equal((400, "query.faulty"), (await manager.GetAsync("/api/export?format=pdf")).Verdict);
        var whole = (await manager.GetAsync("/api/export")).Body;
        Assert.Equal([], Undescribed(whole, "Exported"));
        var all = whole.GetProperty("tickets");
        Assert.Equal(["TKT000001", "TKT000002"], all.EnumerateArray().Select(ticket => Text(ticket, "ticket_id")));
        Assert.Equal("suspicious", Text(all[0].GetProperty("notes")[0], "text"));
        Assert.Equal(["TKT000002"], (await manager.GetAsync("/api/export?department=billing")).Body.GetProperty("tickets").EnumerateArray().Select(ticket => Text(ticket, "ticket_id")));
        Assert.Empty((await manager.GetAsync("/api/export?before=2020-01-01T00:00:00Z")).Body.GetProperty("tickets").EnumerateArray());

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Address + "/api/export?format=html"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", manager.Token);
        using var response = await stage.Browser.SendAsync(request, Now);
        Assert.Equal("application/zip", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"{stage.Settings.Guild}.zip", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Now));
        Assert.Equal(["TKT000001.html", "TKT000002.html"], zip.Entries.Select(entry => entry.Name));
        using var page = new StreamReader(zip.Entries[0].Open(), Encoding.UTF8);
        Assert.Contains("crane five", await page.ReadToEndAsync(Now));
    }

    private static async Task<ChannelState> FilledAsync(Stage stage)
    {
        var home = await stage.OpensAsync("Support");
        var wrong = stage.Alice.Types("crane =four", home);
        var gone = stage.Alice.Types("my phone is 555-0199", home);
        stage.Alice.Types("here is the report", home, new NewFile("report.txt", "text/plain", "the bytes"u8.ToArray()));
        await stage.SettlesAsync();
        stage.Alice.Edits(wrong, "crane five");
        stage.Alice.Deletes(gone);
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "suspicious")));
        await stage.SettlesAsync();
        return home;
    }

    // What an object holds that the description does not tell of, and what it must hold and does not.
    private static IEnumerable<string> Undescribed(JsonElement told, string shape) => Undescribed(told, OpenApiDocument.Of(ApiRoutes.All, "")["components"]!["schemas"]![shape]!, shape);

    private static IEnumerable<string> Undescribed(JsonElement told, JsonNode schema, string at)
    {
        if (told.ValueKind == JsonValueKind.Array) return told.EnumerateArray().SelectMany(item => Undescribed(item, schema["items"]!, at + "[]"));
        if (told.ValueKind != JsonValueKind.Object || schema is not JsonObject || schema["properties"] is not JsonObject properties) return [];
        var missing = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).Where(name => !told.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing");
        return missing.Concat(told.EnumerateObject().SelectMany(field => properties[field.Name] is { } known ? Undescribed(field.Value, known, $"{at}.{field.Name}") : [$"{at}.{field.Name} is unknown"]));
    }

    private static JsonElement MessageWith(JsonElement ticket, string words) =>
        ticket.GetProperty("messages").EnumerateArray().First(message => Text(message, "content").Contains(words, StringComparison.Ordinal));

    private static string Text(JsonElement body, string field) => body.GetProperty(field).GetString()!;
}
