using System.Text;
using System.Text.Json;

namespace Usher.Sandbox.Tests;

public sealed class JournalTests : Story
{
    [Fact]
    public async Task Calls_are_kept_with_their_bodies_and_counted_by_route()
    {
        var before = Box.Journal.Now;
        await Bot.Post($"/channels/{Harbour.General.Id}/messages", """{"content":"kept"}""");
        await Bot.Get("/channels/1");
        var calls = Box.Journal.Calls(before);
        Assert.Equal(["POST /channels/{channel}/messages", "GET /channels/{channel}"], calls.Select(call => call.Name));
        Assert.Contains("kept", Encoding.UTF8.GetString(calls[0].RequestBody.Span), StringComparison.Ordinal);
        Assert.Equal((404, 10003), (calls[1].Status, calls[1].Code));
        Assert.Equal(Harbour.Bot.Id, calls[0].Application);
        Assert.Equal(1, Box.Journal.Counts["POST /channels/{channel}/messages"]);
    }

    [Fact]
    public async Task The_journal_is_bounded()
    {
        await using var box = await Box.StartAsync(new BoxOptions { Time = Clock, RateLimits = false, JournalLength = 3 }, TestContext.Current.CancellationToken);
        using var bot = new TestBot(box);
        for (var number = 0; number < 5; number++) await bot.Get("/users/@me");
        Assert.Equal(3, box.Journal.Calls().Count);
        Assert.Equal(5, box.Journal.Counts["GET /users/@me"]);
    }

    [Fact]
    public async Task A_file_of_lines_holds_every_call_and_dispatch_and_no_token()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using (var box = await Box.StartAsync(new BoxOptions { Time = Clock, JournalFile = path }, TestContext.Current.CancellationToken))
            {
                using var bot = new TestBot(box);
                await using var socket = await TestSocket.Identified(box, AllIntents);
                await bot.Get("/users/@me");
                box.Weather.Next("*", Fault.BadGateway);
                await bot.Get("/users/@me");
            }
            var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
            var kinds = lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("kind").GetString()).ToHashSet(StringComparer.Ordinal);
            Assert.Superset(new HashSet<string?>(StringComparer.Ordinal) { "call", "command", "dispatch" }, kinds);
            Assert.DoesNotContain(Cast.Harbour.BotToken, string.Concat(lines), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
