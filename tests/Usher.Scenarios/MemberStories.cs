using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Usher.Desk.Values;
using Usher.Engine.Privacy;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Somebody asks what is kept of them, and gets all of it and nothing of others.</summary>
public sealed class MemberStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_gets_her_tickets_messages_and_files_and_nobody_elses_words()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var asked = stage.Alice.Types("The crane is stuck", home, new NewFile("../crane 4.png", "image/png", Picture));
        var answer = stage.Carol.Types("Which pier, says Carol?", home, replyTo: asked);
        var wrong = stage.Alice.Types("Pier nine", home, replyTo: answer);
        await stage.SettlesAsync();
        stage.Alice.Edits(wrong, "Pier ten");
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/note", home, ("text", "a difficult one")));
        var other = await stage.OpensAsync(stage.Bob, "Support");
        stage.Bob.Types("Bob's own words", other);
        await stage.AfterAsync(stage.Dana.Runs("/block", home, ("member", stage.Alice.Mention), ("reason", "too many cranes")));

        var (exported, json, files) = await ExportAsync(stage, stage.Alice.User.Id.Value);

        Assert.Equal((1, 2, 1), (exported.Tickets, exported.Messages, exported.Files));
        Assert.Equal(stage.Alice.User.Id.ToString(), json.GetProperty("user_id").GetString());
        Assert.Equal("support", json.GetProperty("tickets")[0].GetProperty("department").GetString());
        Assert.Equal(["The crane is stuck", "Pier ten"], json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("message").GetProperty("content").GetString()));
        Assert.Equal("Pier nine", json.GetProperty("messages")[1].GetProperty("earlier")[0].GetProperty("content").GetString());
        Assert.Equal("too many cranes", json.GetProperty("blocked").GetProperty("reason").GetString());
        Assert.Equal("member_blocked", json.GetProperty("done_to_them_by_staff")[0].GetProperty("action").GetString());
        var file = Assert.Single(files);
        Assert.Equal(Picture, file.Value);
        Assert.Equal(file.Key, json.GetProperty("messages")[0].GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Matches("^files/1/[0-9]+-[A-Za-z0-9._-]+$", file.Key);
        Assert.DoesNotContain("..", file.Key, StringComparison.Ordinal);
        foreach (var words in (string[])["Carol", "Bob", "difficult"]) Assert.DoesNotContain(words, json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_whom_nothing_is_kept_there_is_nothing_and_many_messages_are_all_there()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        for (var i = 0; i < 205; i++) stage.Alice.Types($"line {i}", home);
        await stage.SettlesAsync();

        Assert.True((await ExportAsync(stage, 5)).Exported.IsEmpty);
        var (_, json, _) = await ExportAsync(stage, stage.Alice.User.Id.Value);
        Assert.Equal(Enumerable.Range(0, 205).Select(i => $"line {i}"), json.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("message").GetProperty("content").GetString()));
    }

    private static async Task<(MemberExported Exported, JsonElement Json, Dictionary<string, byte[]> Files)> ExportAsync(Stage stage, ulong user)
    {
        using var output = new MemoryStream();
        var exported = await new MemberExport(stage.Desk.Store, stage.Desk.Files).WriteAsync(stage.Settings.Guild, new UserId(user), output, stage.Clock.GetUtcNow(), Now);
        output.Position = 0;
        using var zip = new ZipArchive(output, ZipArchiveMode.Read);
        var entries = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var content = await entry.OpenAsync(Now);
            await content.CopyToAsync(bytes, Now);
            entries[entry.FullName] = bytes.ToArray();
        }
        Assert.True(entries.Remove("member.json", out var member));
        return (exported, JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(member)), entries);
    }
}
