using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Tickets by slash and typed command, from any channel.</summary>
public sealed class ListingStories
{
    [Fact]
    public async Task Alice_opens_lists_views_and_answers_by_slash_command_alone()
    {
        await using var stage = await Stage.StartAsync();
        var general = stage.Harbour.General;

        var opened = await stage.AfterAsync(stage.Alice.Runs("/ticket create", general, ("subject", "Lost anchor"), ("department", "support"), ("description", "It fell in"), ("level", "high")));
        var home = Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.Contains("Your ticket is open", opened.Text);

        var list = await stage.AfterAsync(stage.Alice.Runs("/ticket list", general));
        Assert.True(list.IsPrivate);
        Assert.Contains("Lost anchor", list.Text);
        Assert.Contains("TKT000001", (await stage.AfterAsync(stage.Alice.Runs("/ticket view", general, ("ticket", "TKT000001")))).Text);
        await stage.AfterAsync(stage.Alice.Runs("/ticket reply", general, ("ticket", "#1"), ("text", "Still lost")));
        Assert.Contains("Still lost", Person.TextOf(stage.Bob.Sees(home)[^1]));
        Assert.Contains("name a ticket", (await stage.AfterAsync(stage.Alice.Runs("/ticket view", general, ("ticket", "TKT000009")))).Text);
        Assert.Contains("name a ticket", (await stage.AfterAsync(stage.Alice.Runs("/ticket view", home, ("ticket", "mine")))).Text);
    }

    [Theory]
    [InlineData("support")]
    [InlineData("billing")]
    public async Task Typed_in_one_line_it_is_the_same_and_what_is_secret_comes_by_direct_message(string department)
    {
        await using var stage = await Stage.StartAsync();
        var general = stage.Harbour.General;

        await TypesAsync(stage, stage.Alice, $"!ticket_create \"Lost anchor\" {department} high It fell in");
        await TypesAsync(stage, stage.Alice, "!ticket_list open");
        await TypesAsync(stage, stage.Dana, "!ticket_view TKT000001");
        await TypesAsync(stage, stage.Bob, "!ticket_view TKT000001x");
        await TypesAsync(stage, stage.Dana, "!ticket_reply TKT000001 We look for it");
        await TypesAsync(stage, stage.Alice, "!ticket_close TKT000001 done");
        await TypesAsync(stage, stage.Dana, "!ticket_close TKT000001 found it");

        Assert.Contains(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot), message => Person.TextOf(message).Contains("Lost anchor", StringComparison.Ordinal));
        Assert.Contains(stage.Dana.DirectMessages(stage.Harbour.Bot.Bot), message => Person.TextOf(message).Contains("TKT000001", StringComparison.Ordinal));
        // What was typed stands there; what the desk answers does not.
        Assert.Single(stage.Bob.Sees(general), message => Person.TextOf(message).Contains("Lost anchor", StringComparison.Ordinal));
        await stage.PassesAsync(TimeSpan.FromSeconds(15));
        var transcript = await stage.TranscriptAsync(1);
        Assert.Contains("We look for it", transcript);
        Assert.Contains("found it", transcript);
    }

    private static async Task TypesAsync(Stage stage, Person person, string text)
    {
        person.Types(text, stage.Harbour.General);
        await stage.SettlesAsync();
    }
}
