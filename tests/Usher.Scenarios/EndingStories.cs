using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Endings that ask first: the opener, or whoever closes or deletes.</summary>
public sealed class EndingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Alice_is_asked_whether_her_ticket_can_be_closed_and_says_yes(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var before = stage.Box.Journal.Now;

        stage.Carol.Types("!archiverequest", home);
        await stage.SettlesAsync();
        Assert.Equal(1, CallsSince(stage, before));
        Assert.Equal([stage.Alice.User.Id], stage.Alice.Sees(home)[^1].Pings);
        var refused = await stage.AfterAsync(stage.Carol.Clicks("Yes", home));
        Assert.Contains(stage.Alice.Mention, refused.Text);

        await stage.AfterAsync(stage.Alice.Clicks("Yes", home));

        Assert.Contains("Closed by", Stage.CardIn(home, stage.Alice));
        Assert.DoesNotContain(stage.Alice.Sees(home), message => Person.ButtonsOf(message).Contains("Yes"));
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("says yes", StringComparison.Ordinal));
        if (home.Thread is { } thread) Assert.True(thread.Archived);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Alice_says_no_and_the_ticket_goes_on(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);

        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Ask the opener whether to close"));
        var first = stage.Alice.Sees(home)[^1];
        await stage.PassesAsync(TimeSpan.FromSeconds(1));
        await stage.AfterAsync(stage.Carol.Runs("/archiverequest", home));
        var stale = await stage.AfterAsync(stage.Alice.Clicks(first, CustomIdOf(first, "Yes")));
        Assert.True(stale.IsPrivate);
        Assert.Contains("answered already", stale.Text);

        var before = stage.Box.Journal.Now;
        await stage.AfterAsync(stage.Alice.Clicks("No", home));

        Assert.Equal(0, CallsSince(stage, before));
        var answered = Assert.Single(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("stays open", StringComparison.Ordinal));
        Assert.Empty(Person.ButtonsOf(answered));
        Assert.Contains("nobody yet", Stage.CardIn(home, stage.Alice));
    }

    [Theory]
    [InlineData("Support", "form")]
    [InlineData("Support", "slash")]
    [InlineData("Support", "typed")]
    [InlineData("Billing", "form")]
    [InlineData("Billing", "slash")]
    [InlineData("Billing", "typed")]
    public async Task Where_the_department_wants_it_Carol_is_asked_before_she_closes(string department, string door)
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Departments = [.. s.Settings.Departments.Select(d => d with { ConfirmClose = true })] });
        var home = await stage.OpensAsync(department);

        await ClosesAsync();
        Assert.DoesNotContain("Closed by", Stage.CardIn(home, stage.Alice));
        await stage.AfterAsync(stage.Carol.Clicks("Keep it", home));
        Assert.DoesNotContain("Closed by", Stage.CardIn(home, stage.Alice));

        await ClosesAsync();
        await stage.AfterAsync(stage.Carol.Clicks("Close it", home));
        Assert.Contains("Closed by", Stage.CardIn(home, stage.Alice));
        Assert.Contains("Paid twice", Stage.CardIn(home, stage.Alice));
        Assert.DoesNotContain(stage.Carol.Sees(home), message => Person.ButtonsOf(message).Contains("Close it"));

        async Task ClosesAsync()
        {
            switch (door)
            {
                case "slash":
                    Assert.True((await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "Paid twice")))).IsPrivate);
                    break;
                case "typed":
                    stage.Carol.Types("!close Paid twice", home);
                    await stage.SettlesAsync();
                    break;
                default:
                    await stage.AfterAsync(stage.Carol.Clicks("Close", home));
                    Assert.True((await stage.AfterAsync(stage.Carol.Fills(("reason", "Paid twice")))).IsPrivate);
                    break;
            }
        }
    }

    [Theory]
    [InlineData("Support", "open")]
    [InlineData("Support", "closed")]
    [InlineData("Billing", "open")]
    [InlineData("Billing", "closed")]
    public async Task Erin_deletes_a_ticket_after_she_was_asked_and_the_transcript_is_handed_over_first(string department, string state)
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Departments = [.. s.Settings.Departments.Select(d => d with { DeleteThreads = true })],
            Countdown = TimeSpan.FromDays(1),
        });
        var home = await stage.OpensAsync(department);
        stage.Alice.Types("My anchor is gone", home);
        await stage.SettlesAsync();
        if (state == "closed") await stage.AfterAsync(stage.Carol.Runs("/close", home));

        // An archived thread offers no commands: there the ticket is named by its number from elsewhere.
        await stage.AfterAsync(stage.Erin.Runs("/delete", stage.Harbour.StaffLog, ("number", 1)));
        Assert.False(home.Deleted);
        await stage.AfterAsync(stage.Erin.Clicks("Delete it", stage.Harbour.StaffLog));

        Assert.True(home.Deleted);
        Assert.Contains("anchor", await stage.TranscriptAsync(1));
        Assert.Contains(stage.StaffLog, entry => entry.Contains(state == "open" ? "Closed and deleted by" : "deleted what was left", StringComparison.Ordinal));
        Assert.Contains(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot), message => message.Attachments.Count == 1);
        var log = stage.Box.Journal.Calls(0).ToList();
        var handed = log.FindIndex(call => call.Route.EndsWith("/messages", StringComparison.Ordinal) && call.Path.Contains($"/channels/{stage.Harbour.StaffLog.Id}", StringComparison.Ordinal));
        var deleted = log.FindIndex(call => call.Method == "DELETE" && call.Path.EndsWith($"/channels/{home.Id}", StringComparison.Ordinal));
        Assert.InRange(handed, 0, deleted - 1);
    }

    [Fact]
    public async Task Threads_are_not_deleted_where_that_is_not_allowed_and_only_managers_delete()
    {
        await using var stage = await Stage.StartAsync();
        var thread = await stage.OpensAsync("Support");
        Assert.Contains("archived, never deleted", (await stage.AfterAsync(stage.Erin.Runs("/delete", thread))).Text);
        var channel = await stage.OpensAsync("Billing");
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Carol.Runs("/delete", channel))).Text);

        stage.Dana.Types("!delete", channel);
        await stage.SettlesAsync();
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Carol.Clicks("Delete it", channel))).Text);
        await stage.AfterAsync(stage.Dana.Clicks("Keep it", channel));
        Assert.Contains("Nothing was changed", Person.TextOf(stage.Dana.Sees(channel)[^1]));
        Assert.False(channel.Deleted);
    }

    private static string CustomIdOf(Sandbox.World.MessageState message, string label) => Person.ComponentsOf(message)
        .Single(c => c.TryGetProperty("label", out var text) && text.GetString() == label).GetProperty("custom_id").GetString()!;

    private static int CallsSince(Stage stage, long before) =>
        stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal));
}
