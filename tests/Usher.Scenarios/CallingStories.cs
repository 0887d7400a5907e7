using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>The people of a ticket talk.</summary>
public sealed class CallingStories
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_calls_Alice_and_the_empty_channel_goes_after_five_minutes(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var before = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Carol.Runs("/call", home));

        var call = CallOf(stage, home)!;
        Assert.Contains(call.Mention, Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Contains(call, stage.Alice.Channels(stage.Harbour.Guild));
        Assert.Contains(call, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.Equal(department == "Billing" ? stage.Harbour.Tickets : null, call.Parent);
        Assert.Equal(2, stage.Box.Journal.Calls(before).Count(made => !made.Route.Contains("/callback", StringComparison.Ordinal)));
        await MovesAsync(stage, stage.Alice, call);
        await stage.PassesAsync(FiveMinutes * 2);
        Assert.NotNull(CallOf(stage, home));
        await MovesAsync(stage, stage.Alice, stage.Harbour.Lounge);
        await stage.PassesAsync(TimeSpan.FromMinutes(4));
        Assert.NotNull(CallOf(stage, home));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        Assert.Null(CallOf(stage, home));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 7)]
    public async Task Who_came_or_left_while_nobody_listened_counts_all_the_same(bool keepsSession, int minutes)
    {
        await using var stage = await Stage.StartAsync();
        var talking = await stage.OpensAsync("Support");
        var silent = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Carol.Runs("/call", talking));
        await stage.AfterAsync(stage.Carol.Runs("/call", silent));
        await MovesAsync(stage, stage.Alice, CallOf(stage, silent)!);

        await stage.StopUsherAsync();
        stage.Box.World.MoveVoice(stage.Harbour.Guild, stage.Alice.User, CallOf(stage, talking));
        stage.Clock.Advance(TimeSpan.FromMinutes(minutes));
        if (keepsSession) await stage.StartUsherAsync();
        else await stage.StartUsherWithoutSessionAsync();
        await stage.PassesAsync(FiveMinutes);

        Assert.NotNull(CallOf(stage, talking));
        Assert.Null(CallOf(stage, silent));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task With_the_ticket_the_call_ends(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Runs("/call", home));
        await MovesAsync(stage, stage.Alice, CallOf(stage, home)!);

        await stage.AfterAsync(stage.Alice.Runs("/cancel", home));

        Assert.Null(CallOf(stage, home));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Who_is_added_after_the_call_began_can_enter_it_until_they_are_removed(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Runs("/call", home));
        var frank = stage.Box.Cast.Of(stage.Box.World.AddUser("frank", "Frank"));
        frank.Joins(stage.Harbour.Guild);
        await stage.SettlesAsync();
        Assert.DoesNotContain(CallOf(stage, home), frank.Channels(stage.Harbour.Guild));

        await stage.AfterAsync(stage.Carol.Runs("/add", home, ("member", frank.Mention)));
        Assert.Contains(CallOf(stage, home), frank.Channels(stage.Harbour.Guild));
        await stage.AfterAsync(stage.Carol.Runs("/remove", home, ("member", frank.Mention)));

        Assert.DoesNotContain(CallOf(stage, home), frank.Channels(stage.Harbour.Guild));
    }

    [Fact]
    public async Task Deleted_by_hand_it_can_be_opened_again()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Carol.Runs("/call", home));
        var again = await stage.AfterAsync(stage.Carol.Runs("/call", home));
        Assert.Contains(CallOf(stage, home)!.Mention, again.Text);

        stage.Box.World.DeleteChannel(CallOf(stage, home)!);
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/call", home));

        Assert.NotNull(CallOf(stage, home));
    }

    private static ChannelState? CallOf(Stage stage, ChannelState home) =>
        stage.Harbour.Guild.Channels.SingleOrDefault(channel => channel.Type == ChannelType.GuildVoice && channel.Name == home.Name);

    private static async Task MovesAsync(Stage stage, Person person, ChannelState? channel)
    {
        stage.Box.World.MoveVoice(stage.Harbour.Guild, person.User, channel);
        await stage.SettlesAsync();
    }
}
