using System.Net;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;
using Usher.Storage;
using Usher.Testing;
using Usher.Web.Metrics;

namespace Usher.Scenarios;

/// <summary>
/// The database goes away for a while, or its disk is full: programs are told plainly, people that it will be done, and it is, once. What is measured is the whole process's, so these are told alone.
/// </summary>
[Collection(KilledStories.Alone)]
public sealed class DatabaseAwayStories
{
    private const string Promise = "will be done";
    private const string Ticket = """{ "user_id": "USER", "category": "support", "subject": "A boat", "description": "It leaks" }""";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task While_the_database_is_away_for_a_minute_people_are_told_that_it_will_be_done_and_then_it_is_once()
    {
        var (relay, url) = await PostgresServer.RelayedAsync(Now);
        await using var cut = relay;
        await using var stage = await Stage.StartAsync(stage => stage.DatabaseUrl = url);
        using var metrics = new MetricsPage();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var home = await stage.OpensAsync("Support");
        var ticket = Ticket.Replace("USER", stage.Bob.User.Id.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ready"), await LooksAsync(stage, "/health/ready"));

        relay.Cut();
        var opening = await stage.Erin.Clicks("Support", stage.Harbour.Help);
        var claiming = await stage.Carol.Clicks("Claim", home);
        stage.Alice.Types("are you there?", home);

        Assert.Contains(Promise, opening.Text, StringComparison.Ordinal);
        Assert.True(opening is { IsPrivate: true, Failed: false } && !claiming.Failed);
        await stage.PassesUntilAsync(() => claiming.Text.Contains(Promise, StringComparison.Ordinal));
        Assert.Equal(2, stage.KeptClicks.Count);
        IsRefused(await crm.SentAsync(HttpMethod.Get, "/api/tickets/1"));
        IsRefused(await crm.SentAsync(HttpMethod.Post, "/api/tickets", ticket, ("Idempotency-Key", "boat-1")));
        for (var second = 0; second < 60; second++) await APassingSecondAsync(stage);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await LooksAsync(stage, "/health/ready")).Status);
        Assert.Equal((HttpStatusCode.OK, "alive"), await LooksAsync(stage, "/health/live"));
        foreach (var page in (string[])["/api/ticket/", "/api/data/"])
        {
            var seen = await LooksAsync(stage, page + new string('a', 32));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, seen.Status);
            Assert.Contains("The database does not answer", seen.Text, StringComparison.Ordinal);
        }
        await stage.Desk.Backlog.RefreshAsync(Now);
        Assert.Contains("\nusher_effects_waiting NaN\n", metrics.Write(), StringComparison.Ordinal);
        Assert.Single(stage.Harbour.Guild.Threads);

        relay.Mend();
        await stage.PassesUntilAsync(() => stage.KeptClicks.Count == 0);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(70));
        Assert.Equal((HttpStatusCode.OK, "ready"), await LooksAsync(stage, "/health/ready"));
        Assert.Equal(2, stage.Harbour.Guild.Threads.Count);
        Assert.Contains("Your ticket is open", opening.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Promise, opening.Text, StringComparison.Ordinal);
        Assert.Contains("Unclaim", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.Equal(2, (await stage.TranscriptAsync(1)).Split(">are you there?<").Length);
        Assert.Equal(201, (await crm.PostAsync("/api/tickets", ticket, ("Idempotency-Key", "boat-1"))).Status);
        Assert.Equal("true", Assert.Single((await crm.PostAsync("/api/tickets", ticket, ("Idempotency-Key", "boat-1"))).Headers.GetValues("Idempotent-Replayed")));
        Assert.Equal(3, stage.Harbour.Guild.Threads.Count);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Equal(3, stage.Harbour.Guild.Threads.Count);
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task What_was_promised_is_done_by_the_next_start_when_the_program_ends_before_the_database_is_back()
    {
        var (relay, url) = await PostgresServer.RelayedAsync(Now);
        await using var cut = relay;
        await using var stage = await Stage.StartAsync(stage => stage.DatabaseUrl = url);
        relay.Cut();
        var opening = await stage.Alice.Clicks("Support", stage.Harbour.Help);
        Assert.Contains(Promise, opening.Text, StringComparison.Ordinal);
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        await stage.StopUsherAsync();
        Assert.Single(stage.KeptClicks);

        relay.Mend();
        await stage.StartUsherAsync();
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(5));

        Assert.Single(stage.Harbour.Guild.Threads);
        Assert.Contains("Your ticket is open", opening.Text, StringComparison.Ordinal);
        Assert.Empty(stage.KeptClicks);
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task While_the_database_says_nothing_at_all_people_are_told_that_it_will_be_done_and_then_it_is_once()
    {
        var (relay, url) = await PostgresServer.RelayedAsync(Now);
        await using var cut = relay;
        await using var stage = await Stage.StartAsync(stage => stage.DatabaseUrl = url);
        var home = await stage.OpensAsync("Support");

        relay.Hush();
        var opened = await PatientlyAsync(stage, stage.Erin.Clicks("Support", stage.Harbour.Help));
        var claimed = await PatientlyAsync(stage, stage.Carol.Clicks("Claim", home));
        Assert.Equal(2, stage.KeptClicks.Count);
        Assert.Contains(Promise, opened.Text, StringComparison.Ordinal);
        Assert.True(opened is { IsPrivate: true, Failed: false } && !claimed.Failed);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await LooksAsync(stage, "/health/ready")).Status);
        Assert.Equal((HttpStatusCode.OK, "alive"), await LooksAsync(stage, "/health/live"));
        Assert.Single(stage.Harbour.Guild.Threads);

        relay.Mend();
        await stage.PassesUntilAsync(() => stage.KeptClicks.Count == 0);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(5));
        Assert.Equal((HttpStatusCode.OK, "ready"), await LooksAsync(stage, "/health/ready"));
        Assert.Equal(2, stage.Harbour.Guild.Threads.Count);
        Assert.Contains("Your ticket is open", opened.Text, StringComparison.Ordinal);
        Assert.Contains("Unclaim", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
    }

    [Theory]
    [Trait("Database", "Sqlite")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_disk_is_full_programs_are_told_so_and_people_are_promised_only_what_can_be_kept(bool canBeKept)
    {
        await using var stage = await Stage.StartAsync();
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var ticket = Ticket.Replace("USER", stage.Bob.User.Id.ToString(), StringComparison.Ordinal);
        if (!canBeKept) await File.WriteAllTextAsync(stage.ClicksFolder, "A file stands where the folder would be.", Now);
        await FillAsync(stage);

        var asked = await stage.Alice.Clicks("Support", stage.Harbour.Help);
        IsRefused(await crm.SentAsync(HttpMethod.Post, "/api/tickets", ticket));
        Assert.Contains(canBeKept ? Promise : "nothing was done", asked.Text, StringComparison.Ordinal);
        Assert.Empty(stage.Harbour.Guild.Threads);

        await HasPagesAsync(stage, 1_000_000);
        await stage.PassesUntilAsync(() => stage.KeptClicks.Count == 0);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(canBeKept ? 1 : 0, stage.Harbour.Guild.Threads.Count);
        Assert.Contains(canBeKept ? "Your ticket is open" : "nothing was done", asked.Text, StringComparison.Ordinal);
        Assert.Equal(201, (await crm.PostAsync("/api/tickets", ticket)).Status);
    }

    // Every place that an effect could take is taken, and the file may not grow.
    private static async Task FillAsync(Stage stage)
    {
        await HasPagesAsync(stage, 1);
        foreach (var length in (int[])[2000, 500, 100, 20, 1])
        {
            var filler = new string('x', length);
            for (var isFull = false; !isFull;)
            {
                try
                {
                    await stage.Desk.Store.Writer.WriteAsync(db => db.ChangesAsync($"insert into effects (guild_id, stream, body, due_at, failed_at) values (1, 'x', {filler}, 0, 0)"), _ => true, Now);
                }
                catch (StoreUnavailableException full)
                {
                    Assert.Equal(StoreFailure.DiskFull, full.Reason);
                    isFull = true;
                }
            }
        }
    }

    private static Task HasPagesAsync(Stage stage, int most) =>
        stage.Desk.Store.Writer.AloneAsync(db => db.RunScriptAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"pragma max_page_count = {most}")), Now);

    private static void IsRefused(ApiReply reply)
    {
        Assert.Equal((503, "database.unavailable"), reply.Verdict);
        Assert.Equal(5, reply.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    private static async Task APassingSecondAsync(Stage stage)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await stage.BreathesAsync();
    }

    // Discord gives three seconds, and the desk begins after one and a half: the clock goes slowly, so that a busy machine keeps up.
    private static async Task<Asked> PatientlyAsync(Stage stage, Task<Asked> asking)
    {
        while (!asking.IsCompleted)
        {
            stage.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(100), Now));
        }
        return await asking;
    }

    private static async Task<(HttpStatusCode Status, string Text)> LooksAsync(Stage stage, string path)
    {
        using var answer = await stage.Browser.GetAsync(new Uri(stage.Address + path), Now);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Now));
    }
}
