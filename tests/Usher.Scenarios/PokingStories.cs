using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff calls an opener who does not answer.</summary>
public sealed class PokingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Alice_is_told_by_direct_message_who_waits_and_where(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        await stage.AfterAsync(stage.Carol.Clicks("More", home));

        var told = await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Poke the opener"));

        Assert.True(told.IsPrivate);
        Assert.Contains("got a direct message", told.Text);
        var message = Assert.Single(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot));
        Assert.Contains(stage.Carol.Mention, Person.TextOf(message));
        Assert.Contains(home.Mention, Person.TextOf(message));
        Assert.Contains("Go to the ticket", Person.ButtonsOf(message));
        var again = await stage.AfterAsync(stage.Dana.Runs("/poke", home));
        Assert.Contains("a moment ago", again.Text);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task With_closed_direct_messages_staff_hears_it_where_they_asked(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        stage.Alice.ClosesDms();

        var told = await stage.AfterAsync(stage.Carol.Runs("/poke", home));
        Assert.True(told.IsPrivate);
        Assert.Contains("takes no direct messages", told.Text);

        await stage.PassesAsync(TimeSpan.FromMinutes(5));
        stage.Carol.Types("!poke", home);
        await stage.SettlesAsync();
        Assert.Contains("takes no direct messages", Person.TextOf(stage.Carol.Sees(home)[^1]));
        Assert.DoesNotContain(stage.Alice.Sees(home).Skip(1), message => message.Pings.Contains(stage.Alice.User.Id));
    }
}
