using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Tickets end: closed by staff, cancelled by their opener, or because their home is gone.</summary>
public sealed class ClosingStories
{
    [Fact]
    public async Task Bob_closes_a_thread_with_a_reason_and_it_is_locked_and_archived_never_deleted()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("My berth is taken", home);
        await stage.SettlesAsync();
        var before = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Bob.Clicks("Close", home));
        await stage.AfterAsync(stage.Bob.Fills(("reason", "Moved to berth 7")));

        Assert.True(home.Thread!.Archived);
        Assert.True(home.Thread.Locked);
        Assert.False(home.Deleted);
        Assert.Contains("Closed by", Stage.CardIn(home, stage.Alice));
        Assert.Contains("Moved to berth 7", Person.TextOf(stage.Alice.Sees(home)[^1]));
        var inThread = stage.Box.Journal.Calls(before)
            .Count(call => call.Path.Contains($"/channels/{home.Id}", StringComparison.Ordinal) && !call.Route.Contains("/callback", StringComparison.Ordinal));
        Assert.Equal(2, inThread);
    }

    [Fact]
    public async Task A_channel_counts_down_and_is_then_deleted()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        await stage.AfterAsync(stage.Carol.Runs("/close", home, ("reason", "Paid")));
        Assert.False(home.Deleted);
        Assert.Contains("will be deleted <t:", Person.TextOf(stage.Alice.Sees(home)[^1]));

        await stage.PassesAsync(TimeSpan.FromSeconds(9));
        Assert.False(home.Deleted);

        await stage.PassesAsync(TimeSpan.FromSeconds(2));
        Assert.True(home.Deleted);
    }

    [Fact]
    public async Task The_countdown_survives_a_restart()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Carol.Runs("/close", home));

        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromSeconds(11));
        await stage.StartUsherAsync();

        Assert.True(home.Deleted);
    }

    [Fact]
    public async Task Only_Alice_cancels_her_ticket()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        var bob = await stage.AfterAsync(stage.Bob.Clicks("Cancel", home));
        Assert.Contains(stage.Alice.Mention, bob.Text);
        Assert.False(home.Thread!.Archived);

        await stage.AfterAsync(stage.Alice.Clicks("Cancel", home));
        Assert.True(home.Thread.Archived);
    }

    [Fact]
    public async Task The_opener_and_the_log_channel_get_the_transcript()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", home));

        var direct = Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
        Assert.Equal("transcript-1.html", Assert.Single(direct.Attachments).Filename);
        Assert.Contains("Transcript", Person.ButtonsOf(direct));
        var entry = stage.Erin.Sees(stage.Harbour.StaffLog)[^1];
        Assert.Equal("transcript-1.html", Assert.Single(entry.Attachments).Filename);
    }

    [Fact]
    public async Task Closed_direct_messages_are_told_to_staff_and_hold_nothing_up()
    {
        await using var stage = await Stage.StartAsync();
        stage.Alice.ClosesDms();
        var home = await stage.OpensAsync("Support");

        await stage.AfterAsync(stage.Bob.Runs("/close", home));

        Assert.True(home.Thread!.Archived);
        Assert.Contains(stage.StaffLog, entry => entry.Contains("could not be sent", StringComparison.Ordinal) && entry.Contains(stage.Alice.Mention, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thread_ticket_is_reopened_from_the_log_and_a_channel_ticket_cannot_be()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", home));

        await stage.AfterAsync(stage.Dana.Clicks("Reopen", stage.Harbour.StaffLog));

        Assert.False(home.Thread!.Archived);
        Assert.False(home.Thread.Locked);
        Assert.Contains("Claim", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.Contains(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("reopened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alice_reopens_her_ticket_from_the_direct_message()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", home));

        var direct = Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
        await stage.AfterAsync(stage.Alice.Clicks("Reopen", direct.Channel));

        Assert.False(home.Thread!.Archived);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_home_deleted_by_hand_closes_its_ticket_and_Alice_can_open_another(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);

        stage.Erin.Deletes(home);
        await stage.SettlesAsync();

        Assert.Contains(stage.StaffLog, entry => entry.Contains("was deleted", StringComparison.Ordinal));
        Assert.NotEqual(home, await stage.OpensAsync(department));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task A_home_deleted_while_Usher_was_down_closes_its_ticket_at_the_next_start(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        await stage.StopUsherAsync();
        stage.Erin.Deletes(home);

        await stage.StartUsherWithoutSessionAsync();

        Assert.Contains(stage.StaffLog, entry => entry.Contains("was deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_asks_Discord_nothing_about_the_threads_of_what_is_closed()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", home));
        await stage.StopUsherAsync();
        var before = stage.Box.Journal.Now;

        await stage.StartUsherWithoutSessionAsync();

        Assert.DoesNotContain(stage.Box.Journal.Calls(before), call => call.Path.Contains(home.Id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_Alice_leaves_the_ticket_says_so_and_can_still_be_closed()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        stage.Alice.Leaves(stage.Harbour.Guild);
        await stage.SettlesAsync();
        Assert.Contains("left the server", Stage.CardIn(home, stage.Carol));

        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));
        Assert.True(home.Deleted);
    }
}
