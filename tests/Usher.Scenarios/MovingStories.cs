using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>A ticket goes to a department whose tickets live otherwise: it moves, with everybody who is in it and all that was said.</summary>
public sealed class MovingStories
{
    private const string StartThread = "POST /channels/{channel}/threads";
    private const string CreateChannel = "POST /guilds/{guild}/channels";
    private const string Post = "POST /channels/{channel}/messages";

    [Fact]
    public async Task A_thread_goes_to_billing_by_the_menu_and_goes_on_in_a_channel_with_five_calls()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("My crane is stuck.", home);
        await stage.AfterAsync(stage.Bob.Clicks("Claim", home));
        await stage.AfterAsync(stage.Bob.Clicks("More", home));
        await stage.AfterAsync(stage.Bob.Picks("Choose an action", home, "Give it to another department"));
        var before = stage.Box.Journal.Now;

        var told = await stage.AfterAsync(stage.Bob.Picks("Choose a department", home, "Billing"));

        Assert.Contains("with Billing now", told.Text);
        Assert.Equal(5, TransferringStories.CallsSince(stage, before));
        var channel = NewHome(stage);
        Assert.Equal(("billing-0001", stage.Harbour.Tickets), (channel.Name, channel.Parent));
        Assert.Contains("Billing #0001", Stage.CardIn(channel, frank));
        Assert.Contains("nobody yet", Stage.CardIn(channel, frank));
        Assert.Equal([stage.Alice.User.Id, frank.User.Id], stage.Alice.Sees(channel)[0].Pings.Where(id => id == stage.Alice.User.Id || id == frank.User.Id).Order());
        Assert.DoesNotContain(channel, stage.Bob.Channels(stage.Harbour.Guild));

        Assert.True(home.Thread is { Archived: true, Locked: true });
        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));
        Assert.Contains($"transferred this ticket from Support to **Billing**. It goes on in {channel.Mention}", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.DoesNotContain("Claim", Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.Contains($"goes on in {channel.Mention}", Stage.CardIn(home, stage.Alice));

        await stage.AfterAsync(frank.Clicks("Claim", channel));
        Assert.Contains($"Taken on by** {frank.Mention}", Stage.CardIn(channel, stage.Alice));
        frank.Types("Which crane?", channel);
        await stage.SettlesAsync();
        await AssertReadsAsync(stage, "My crane is stuck.", "transferred this ticket from", "Which crane?");
    }

    [Fact]
    public async Task A_channel_goes_to_support_can_be_read_for_five_minutes_and_is_deleted_when_all_of_it_is_kept()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(frank.Runs("/add", home, ("member", stage.Box.Cast["Grace"].Mention)));
        stage.Alice.Types("My bill is wrong.", home);
        await stage.SettlesAsync();
        var before = stage.Box.Journal.Now;

        frank.Types("!transfer support", home);
        await stage.SettlesAsync();

        // Two for the new home, one for Grace, two in the old one, two to make it one that is only read.
        Assert.Equal(7, TransferringStories.CallsSince(stage, before));
        var thread = NewHome(stage);
        Assert.True(thread.IsThread && thread.Parent == stage.Harbour.SupportChannel);
        Assert.All(new[] { stage.Alice, stage.Bob, stage.Box.Cast["Grace"] }, person => Assert.Contains(thread, person.Channels(stage.Harbour.Guild)));
        Assert.DoesNotContain(thread, frank.Channels(stage.Harbour.Guild));
        Assert.Contains("This channel is deleted", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Throws<DiscordRefusal>(() => stage.Alice.Types("Am I heard?", home));
        Assert.Throws<DiscordRefusal>(() => frank.Types("Am I?", home));
        // An administrator writes wherever they like.
        stage.Erin.Types("One last word.", home);

        await stage.PassesAsync(TimeSpan.FromMinutes(4));
        Assert.False(home.Deleted);
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        Assert.True(home.Deleted);
        stage.Bob.Types("Support here.", thread);
        await stage.SettlesAsync();
        await AssertReadsAsync(stage, "My bill is wrong.", "transferred this ticket from", "One last word.", "Support here.");
        Assert.Empty(stage.StaffLog);
    }

    [Fact]
    public async Task A_thread_goes_under_another_channel_is_closed_there_and_reopened_there()
    {
        await using var stage = await TransferringStories.WithFrankAsync(stage => WithThreads(stage, "legal", stage.Harbour.General));
        var home = await stage.OpensAsync("Support");

        await stage.AfterAsync(stage.Bob.Runs("/transfer", home, ("department", "legal")));
        var thread = NewHome(stage);
        Assert.Equal(stage.Harbour.General, thread.Parent);
        var grace = stage.Box.Cast["Grace"];
        await stage.AfterAsync(grace.Runs("/close", thread));
        Assert.True(thread.Thread!.Archived);
        await stage.AfterAsync(stage.Alice.Runs("/reopen", stage.Harbour.Welcome, ("number", 1)));

        Assert.False(thread.Thread.Archived);
        Assert.True(home.Thread is { Archived: true, Locked: true });
        Assert.Contains("reopened", Person.TextOf(grace.Sees(thread)[^1]));
    }

    [Theory]
    [InlineData("Support", "billing", CreateChannel)]
    [InlineData("Billing", "support", StartThread)]
    [InlineData("Support", "billing", Post)]
    [InlineData("Billing", "support", Post)]
    public async Task A_restart_in_the_middle_makes_one_new_home_with_one_card_and_loses_nothing_that_was_said(string from, string to, string route)
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync(from);
        stage.Box.Weather.Next(route, Fault.AnswerLost);

        var asking = stage.Carol.Runs("/transfer", home, ("department", to));
        await asking;
        stage.Alice.Types("Said while it moved.", home);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync(settle: false);
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));

        var next = NewHome(stage);
        Assert.Single(stage.Alice.Sees(next), message => Person.ButtonsOf(message).Contains("Claim"));
        Assert.Single(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("transferred this ticket", StringComparison.Ordinal));
        await stage.PassesAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(from == "Billing", home.Deleted);
        await AssertReadsAsync(stage, "Said while it moved.");
        await stage.AfterAsync(stage.Carol.Clicks("Claim", next));
        Assert.Contains($"Taken on by** {stage.Carol.Mention}", Stage.CardIn(next, stage.Alice));
    }

    [Theory]
    [InlineData("Support", "billing", "Billing", Permissions.ManageChannels, "Manage Channels", "this thread")]
    [InlineData("Billing", "support", "Support", Permissions.CreatePrivateThreads, "Create Private Threads", "this channel")]
    [InlineData("Billing", "support", "Support", Permissions.SendMessagesInThreads, "Send Messages In Threads", "this channel")]
    public async Task Without_a_permission_the_ticket_stays_whole_and_the_line_names_permission_and_role(string from, string to, string name, Permissions lacks, string says, string place)
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync(from);
        var own = stage.Harbour.Guild.Roles.Single(role => role.ManagedBy == stage.Harbour.Bot);
        stage.Box.World.EditRole(own, permissions: own.Permissions & ~lacks);
        // Everybody has this one, the bot too.
        if (lacks == Permissions.SendMessagesInThreads) stage.Box.World.SetOverwrite(stage.Harbour.SupportChannel, own.Id, isMember: false, Permissions.None, lacks);

        await stage.AfterAsync(stage.Carol.Runs("/transfer", home, ("department", to)));

        var line = Person.TextOf(stage.Alice.Sees(home)[^1]);
        Assert.Contains($"stays in {place}: Missing permission: ", line);
        Assert.Contains($"**{says}**. Give it to {own.Mention}", line);
        Assert.Contains($"{name} #0001", Stage.CardIn(home, stage.Alice));
        Assert.True(home.Thread is null or { Archived: false });
        Assert.All(stage.Harbour.Guild.Threads.Where(thread => thread != home), thread => Assert.True(thread.Thread!.Locked));
        var staff = to == "billing" ? stage.Box.Cast["Frank"] : stage.Bob;
        Assert.Contains(staff.User.Id, stage.Alice.Sees(home)[^1].Pings);
        await stage.AfterAsync(staff.Clicks("Claim", home));
        Assert.Contains($"Taken on by** {staff.Mention}", Stage.CardIn(home, stage.Alice));
    }

    [Fact]
    public async Task In_a_full_guild_the_thread_stays_and_says_so()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync("Support");
        stage.Harbour.Guild.MaximumChannels = stage.Harbour.Guild.Channels.Count;

        await stage.AfterAsync(stage.Bob.Runs("/transfer", home, ("department", "billing")));

        Assert.Contains("500 channels", Person.TextOf(stage.Box.Cast["Frank"].Sees(home)[^1]));
    }

    [Fact]
    public async Task Two_transfers_at_once_and_a_third_while_it_moves_make_one_move()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync("Support");
        stage.Box.Weather.Next(CreateChannel, Fault.Unavailable);

        var first = stage.Carol.Runs("/transfer", home, ("department", "billing"));
        var second = stage.Dana.Runs("/transfer", home, ("department", "legal"));
        var asked = await Task.WhenAll(first, second);
        var third = await stage.Dana.Runs("/transfer", home, ("department", "support"));
        Assert.Single(asked, one => one.Text.Contains("just moving", StringComparison.Ordinal));
        Assert.Contains("just moving", third.Text);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(30));

        var next = NewHome(stage);
        await stage.AfterAsync(stage.Dana.Runs("/transfer", next, ("department", "support")));
        Assert.True(NewHome(stage).IsThread);
    }

    [Fact]
    public async Task The_old_thread_deleted_by_hand_while_it_moves_costs_nothing_but_the_line()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("Kept.", home);
        await stage.SettlesAsync();
        stage.Box.Weather.Next(CreateChannel, Fault.Unavailable);

        await stage.Carol.Runs("/transfer", home, ("department", "billing"));
        stage.Erin.Deletes(home);
        await stage.WaitsOutAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("Billing #0001", Stage.CardIn(NewHome(stage), stage.Alice));
        Assert.DoesNotContain(stage.StaffLog, line => line.Contains("#0001", StringComparison.Ordinal));
        await AssertReadsAsync(stage, "Kept.");
    }

    [Fact]
    public async Task Closed_within_the_five_minutes_the_channel_that_was_left_goes_at_once_and_the_transcript_has_both()
    {
        await using var stage = await TransferringStories.WithFrankAsync();
        var home = await stage.OpensAsync("Billing");
        stage.Alice.Types("Before.", home);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/transfer", home, ("department", "support")));
        var thread = NewHome(stage);
        stage.Alice.Types("After.", thread);

        await stage.AfterAsync(stage.Bob.Runs("/close", thread));

        Assert.True(home.Deleted);
        Assert.True(thread.Thread!.Locked);
        await AssertReadsAsync(stage, "Before.", "After.");
    }

    // Where Alice's only ticket lives now.
    private static ChannelState NewHome(Stage stage) => Assert.Single(
        stage.Alice.Channels(stage.Harbour.Guild),
        channel => stage.Alice.Sees(channel).Any(message => Person.ButtonsOf(message).Contains("More")));

    private static async Task AssertReadsAsync(Stage stage, params string[] inOrder)
    {
        var transcript = await stage.TranscriptAsync(1);
        var at = inOrder.Select(words => transcript.IndexOf(words, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
    }

    private static void WithThreads(Stage stage, string department, ChannelState parent) => stage.Settings = stage.Settings with
    {
        Departments = stage.Settings.Departments
            .Select(d => d.Key == department ? d with { Home = new HomeSettings(HomeKind.Thread, new ChannelId(parent.Id.Value)) } : d).ToValueList(),
    };
}
