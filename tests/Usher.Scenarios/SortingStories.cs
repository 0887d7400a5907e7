using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff sorts tickets by priority and tags, and gives them to each other.</summary>
public sealed class SortingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_sets_the_priority_by_menu_command_and_word_and_the_card_shows_it(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);

        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Set the priority"));
        var before = stage.Box.Journal.Now;
        await stage.AfterAsync(stage.Carol.Picks("Choose a priority", home, "High"));
        Assert.Contains("**Priority** 🟠 High", Stage.CardIn(home, stage.Alice));
        Assert.Single(stage.Box.Journal.Calls(before), call => !call.Route.Contains("/callback", StringComparison.Ordinal));

        await stage.AfterAsync(stage.Carol.Runs("/priority", home, ("level", "low")));
        Assert.Contains("**Priority** 🟢 Low", Stage.CardIn(home, stage.Alice));

        stage.Carol.Types("!priority CRITICAL", home);
        await stage.SettlesAsync();
        Assert.Contains("**Priority** 🔴 Critical", Stage.CardIn(home, stage.Alice));

        var refused = await stage.AfterAsync(stage.Alice.Runs("/priority", home, ("level", "critical")));
        Assert.Contains("not yours", refused.Text);
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Carol_tags_a_ticket_and_nobody_is_pinged(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);

        await stage.AfterAsync(stage.Carol.Runs("/tag add", home, ("tag", "refund")));
        stage.Carol.Types("!tag @everyone, night shift", home);
        await stage.SettlesAsync();
        Assert.Contains("**Tags** `refund` `@everyone` `night shift`", Stage.CardIn(home, stage.Alice));

        await stage.AfterAsync(stage.Carol.Runs("/tag remove", home, ("tag", "Refund")));
        stage.Carol.Types("!untag night shift", home);
        await stage.SettlesAsync();
        Assert.Contains("**Tags** `@everyone`\n", Stage.CardIn(home, stage.Alice));
        Assert.All(stage.Alice.Sees(home).Skip(1).Where(message => message.Author == stage.Harbour.Bot.Bot), message => Assert.Empty(message.Pings));

        await stage.AfterAsync(stage.Carol.Clicks("More", home));
        await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Change the tags"));
        await stage.AfterAsync(stage.Carol.Fills(("tags", "paid, late")));
        Assert.Contains("**Tags** `paid` `late`", Stage.CardIn(home, stage.Alice));
    }

    [Theory]
    [InlineData("Support", "slash")]
    [InlineData("Support", "typed")]
    [InlineData("Support", "menu")]
    [InlineData("Billing", "slash")]
    [InlineData("Billing", "typed")]
    [InlineData("Billing", "menu")]
    public async Task A_colleague_gives_a_ticket_to_Carol_who_is_mentioned_once(string department, string door)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var before = stage.Box.Journal.Now;

        var giver = department == "Support" ? stage.Bob : stage.Dana;
        await AssignAsync(stage, door, stage.Carol);

        Assert.Contains($"Taken on by** {stage.Carol.Mention}", Stage.CardIn(home, stage.Alice));
        var line = Assert.Single(stage.Alice.Sees(home).Where(message => message.Author == stage.Harbour.Bot.Bot).Skip(1));
        Assert.Contains("gave this ticket to you", Person.TextOf(line));
        Assert.Equal([stage.Carol.User.Id], line.Pings);
        Assert.Equal(2, stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal)));

        async Task AssignAsync(Stage on, string by, Person to)
        {
            switch (by)
            {
                case "slash":
                    await on.AfterAsync(giver.Runs("/assign", home, ("member", to.Mention)));
                    break;
                case "typed":
                    giver.Types($"!assign {to.Mention}", home);
                    await on.SettlesAsync();
                    break;
                default:
                    await on.AfterAsync(giver.Clicks("More", home));
                    await on.AfterAsync(giver.Picks("Choose an action", home, "Give it to somebody"));
                    before = on.Box.Journal.Now;
                    await on.AfterAsync(giver.Picks("Choose somebody of staff", home, to.Mention));
                    break;
            }
        }
    }

    [Fact]
    public async Task A_ticket_cannot_be_given_to_somebody_who_is_not_staff_of_its_department()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        var refused = await stage.AfterAsync(stage.Dana.Runs("/assign", home, ("member", stage.Alice.Mention)));
        Assert.Contains("is not staff of this department", refused.Text);
        stage.Dana.Types($"!assign {stage.Alice.Mention}", home);
        await stage.SettlesAsync();

        Assert.Contains("is not staff of this department", Person.TextOf(stage.Dana.Sees(home)[^1]));
        Assert.Contains("nobody yet", Stage.CardIn(home, stage.Alice));
    }
}
