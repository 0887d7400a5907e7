using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Tickets that staff opens for others, and tickets about a message.</summary>
public sealed class ReferringStories
{
    [Theory]
    [InlineData("support", "slash")]
    [InlineData("support", "typed")]
    [InlineData("billing", "slash")]
    [InlineData("billing", "typed")]
    public async Task Carol_opens_a_ticket_for_Alice_who_is_pinged_in_it(string department, string door)
    {
        await using var stage = await Stage.StartAsync();
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var began = stage.Box.Journal.Now;

        if (door == "slash")
        {
            var told = await stage.AfterAsync(stage.Carol.Runs("/open", stage.Harbour.General, ("department", department), ("member", stage.Alice.Mention)));
            Assert.Contains($"The ticket for {stage.Alice.Mention} is open", told.Text);
        }
        else
        {
            stage.Carol.Types($"!open {department} {stage.Alice.Mention}", stage.Harbour.General);
            await stage.SettlesAsync();
        }

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => !before.Contains(channel));
        Assert.Contains($"**Opened for** {stage.Alice.Mention} by {stage.Carol.Mention}", Stage.CardIn(home, stage.Alice));
        Assert.Contains(stage.Alice.User.Id, stage.Alice.Sees(home)[0].Pings);
        Assert.Equal(2, stage.Box.Journal.Calls(began).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal) && !call.Route.Contains("webhooks", StringComparison.Ordinal)));
        await stage.AfterAsync(stage.Alice.Clicks("Cancel", home));
        Assert.Contains("Cancelled by", Stage.CardIn(home, stage.Alice));
    }

    [Theory]
    [InlineData("support")]
    [InlineData("billing")]
    public async Task What_the_department_asks_is_asked_in_the_ticket_that_Carol_opens_for_Alice(string department)
    {
        await using var stage = await Stage.StartAsync(Asks);
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();

        await stage.AfterAsync(stage.Carol.Runs("/open", stage.Harbour.General, ("department", department), ("member", stage.Alice.Mention)));
        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => !before.Contains(channel));
        var pings = stage.Carol.Pings(stage.Harbour.Guild).Count;
        await stage.AfterAsync(stage.Carol.Clicks("A crane", home));
        Assert.Contains("Which machine?", Person.TextOf(stage.Alice.Sees(home)[1]));
        await stage.AfterAsync(stage.Alice.Clicks("A crane", home));

        Assert.Contains("A crane", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Equal(pings, stage.Carol.Pings(stage.Harbour.Guild).Count);
    }

    [Fact]
    public async Task A_ticket_about_a_message_asks_in_it_too()
    {
        await using var stage = await Stage.StartAsync(Asks);
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var message = stage.Bob.Types("It is broken", stage.Harbour.General);
        await stage.SettlesAsync();

        await stage.AfterAsync(stage.Alice.RunsOn(message, "Open a ticket about this"));
        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => !before.Contains(channel));
        await stage.AfterAsync(stage.Alice.Clicks("A crane", home));

        Assert.Contains("A crane", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    private static void Asks(Stage stage) => stage.Settings = stage.Settings with
    {
        Departments = stage.Settings.Departments.Select(department => department with
        {
            Form = new FormSettings { Questions = [new Question { Key = "machine", Text = "Which machine?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("crane", "A crane")] }] },
        }).ToValueList(),
    };

    [Fact]
    public async Task Alice_opens_none_for_Bob()
    {
        await using var stage = await Stage.StartAsync();

        var refused = await stage.AfterAsync(stage.Alice.Runs("/open", stage.Harbour.General, ("department", "support"), ("member", stage.Bob.Mention)));

        Assert.Contains("not yours", refused.Text);
    }

    [Fact]
    public async Task Alice_opens_a_ticket_about_a_message_with_its_words_and_a_link()
    {
        await using var stage = await Stage.StartAsync();
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var message = stage.Bob.Types("Who took berth 7? @everyone", stage.Harbour.General);
        await stage.SettlesAsync();
        var began = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Alice.RunsOn(message, "Open a ticket about this"));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => !before.Contains(channel));
        var card = stage.Alice.Sees(home)[0];
        Assert.Contains("> Who took berth 7?", Person.TextOf(card));
        Assert.Contains($"/{stage.Harbour.General.Id}/{message.Id}", Person.TextOf(card));
        Assert.Contains($"Opened by** {stage.Alice.Mention}", Person.TextOf(card));
        Assert.DoesNotContain(stage.Dana.User.Id, card.Pings);
        Assert.Equal(2, stage.Box.Journal.Calls(began).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal) && !call.Route.Contains("webhooks", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Carol_opens_it_for_whoever_wrote_the_message()
    {
        await using var stage = await Stage.StartAsync();
        var before = stage.Alice.Channels(stage.Harbour.Guild).ToHashSet();
        var message = stage.Alice.Types("My berth is taken", stage.Harbour.General);
        await stage.SettlesAsync();

        await stage.AfterAsync(stage.Carol.RunsOn(message, "Open a ticket about this"));

        var home = Assert.Single(stage.Alice.Channels(stage.Harbour.Guild), channel => !before.Contains(channel));
        Assert.Contains($"**Opened for** {stage.Alice.Mention} by {stage.Carol.Mention}", Stage.CardIn(home, stage.Alice));
        Assert.Contains("> My berth is taken", Stage.CardIn(home, stage.Alice));
    }
}
