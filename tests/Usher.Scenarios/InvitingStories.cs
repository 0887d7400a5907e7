using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff lets others into a ticket and out again.</summary>
public sealed class InvitingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_adds_Frank_by_the_menu_and_takes_him_out_again(string department)
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Add somebody"));
        var before = stage.Box.Journal.Now;

        var told = await stage.AfterAsync(stage.Carol.Picks("Choose a member", home, frank.Mention));

        Assert.True(told.IsPrivate);
        Assert.Contains(home, frank.Channels(stage.Harbour.Guild));
        var line = frank.Sees(home)[^1];
        Assert.Equal($"{frank.Mention} was added by {stage.Carol.Mention}.", Person.TextOf(line));
        Assert.Equal([frank.User.Id], line.Pings);
        Assert.Equal(2, stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal)));
        frank.Types("Hello", home);
        await stage.SettlesAsync();
        Assert.Contains("@<bdi>Frank</bdi></span> was added by", await stage.TranscriptAsync(1));

        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Remove somebody"));
        await stage.AfterAsync(stage.Carol.Picks("Choose whom to remove", home, "Frank"));

        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));
        Assert.Equal($"{frank.Mention} was removed by {stage.Carol.Mention}.", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task By_slash_and_typed_commands_too(string department)
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync(department);

        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", frank.Mention)));
        Assert.Contains(home, frank.Channels(stage.Harbour.Guild));
        await stage.AfterAsync(stage.Carol.Runs("/remove", home, ("member", frank.Mention)));
        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));
        await TypesAsync(stage, $"!add {frank.Mention}", home);
        Assert.Contains(home, frank.Channels(stage.Harbour.Guild));
        await TypesAsync(stage, $"!remove {frank.Mention}", home);
        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Asked_for_a_mention_Carol_has_fifteen_seconds(string department)
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync(department);

        await TypesAsync(stage, "!add", home);
        await stage.PassesAsync(TimeSpan.FromSeconds(16));
        Assert.Contains("mentioned nobody", Person.TextOf(stage.Alice.Sees(home)[^1]));
        await TypesAsync(stage, $"What about {frank.Mention}?", home);
        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));

        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Add somebody"));
        await stage.AfterAsync(stage.Carol.Clicks("By a mention", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(10));
        await TypesAsync(stage, $"It is {frank.Mention}", home);
        Assert.Contains(home, frank.Channels(stage.Harbour.Guild));
        await stage.PassesAsync(TimeSpan.FromSeconds(10));
        Assert.Equal($"{frank.Mention} was added by {stage.Carol.Mention}.", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Somebody_who_is_not_in_the_guild_is_told_plainly(string department)
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync(department);
        frank.Leaves(stage.Harbour.Guild);

        await TypesAsync(stage, $"!add {frank.Mention}", home);

        Assert.Contains("is not in this server", Person.TextOf(stage.Carol.Sees(home)[^1]));
        Assert.DoesNotContain(stage.StaffLog, entry => entry.Contains("could not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_see_the_threads_channel_is_named_as_the_reason()
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var home = await stage.OpensAsync("Support");
        stage.Box.World.SetOverwrite(stage.Harbour.SupportChannel, frank.User.Id, isMember: true, Permissions.None, Permissions.ViewChannel);

        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", frank.Mention)));

        Assert.Contains("may not see the channel", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task The_opener_adds_nobody_and_is_not_removed(string department)
    {
        await using var stage = await WithFrankAsync();
        var home = await stage.OpensAsync(department);

        var alice = await stage.AfterAsync(stage.Alice.Runs("/add", home, ("member", stage.Box.Cast["Frank"].Mention)));
        Assert.Contains("not yours", alice.Text);
        var carol = await stage.AfterAsync(stage.Carol.Runs("/remove", home, ("member", stage.Alice.Mention)));
        Assert.Contains("was not added", carol.Text);
    }

    private static Task<Stage> WithFrankAsync() => Stage.StartAsync(stage =>
    {
        var frank = stage.Box.World.AddUser("frank", "Frank");
        stage.Box.World.Join(stage.Harbour.Guild, frank);
    });

    private static async Task TypesAsync(Stage stage, string words, Sandbox.World.ChannelState home)
    {
        stage.Carol.Types(words, home);
        await stage.SettlesAsync();
    }
}
