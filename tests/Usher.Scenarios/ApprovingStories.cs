using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Staff asks for what others must agree to.</summary>
public sealed class ApprovingStories
{
    [Theory]
    [InlineData("Support", "menu")]
    [InlineData("Billing", "menu")]
    [InlineData("Support", "slash")]
    [InlineData("Billing", "typed")]
    [InlineData("Support", "button")]
    public async Task Carol_asks_for_a_refund_Dana_approves_and_the_ticket_hears_of_it(string department, string door)
    {
        await using var stage = await StartAsync(approval => approval with { Button = door == "button" });
        var home = await stage.OpensAsync(department);
        var calls = stage.Box.Journal.Now;

        await AsksAsync(stage, home, door);
        var filled = await stage.AfterAsync(stage.Carol.Fills(("Whose id?", "4711"), ("What is given back?", "A crate, @everyone")));

        Assert.True(filled.IsPrivate);
        var request = Assert.Single(stage.Dana.Sees(Deciding(stage)));
        Assert.Contains("🔄 Refund · #0001", Person.TextOf(request));
        Assert.Contains("> A crate, @everyone", Person.TextOf(request));
        Assert.Contains(home.Mention, Person.TextOf(request));
        Assert.Equal(["Approve", "Deny", "Go to the ticket"], Person.ButtonsOf(request));
        Assert.Equal([stage.Dana.User.Id], request.Pings);
        Assert.Equal(door == "typed" ? 2 : 1, Calls(stage, calls));
        calls = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));

        request = Assert.Single(stage.Dana.Sees(Deciding(stage)));
        Assert.Contains($"Approved by** {stage.Dana.Mention}", Person.TextOf(request));
        Assert.Empty(Person.ButtonsOf(request));
        var told = stage.Alice.Sees(home)[^1];
        Assert.Contains($"was approved by {stage.Dana.Mention}", Person.TextOf(told));
        Assert.Equal([stage.Carol.User.Id], told.Pings);
        Assert.Equal(1, Calls(stage, calls));
    }

    [Fact]
    public async Task A_restart_in_between_and_the_denial_comes_with_its_reason()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Billing");
        await AskedAsync(stage, home);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();

        await stage.AfterAsync(stage.Dana.Clicks("Deny", Deciding(stage)));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.AfterAsync(stage.Dana.Fills(("Why? It is read in the ticket", "No receipt")));

        var request = Assert.Single(stage.Dana.Sees(Deciding(stage)));
        Assert.Contains("No receipt", Person.TextOf(request));
        Assert.Empty(Person.ButtonsOf(request));
        Assert.Contains("was denied by", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Contains("No receipt", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Fact]
    public async Task Two_decide_at_once_and_exactly_one_does()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        await AskedAsync(stage, home);
        await stage.AfterAsync(stage.Erin.Clicks("Deny", Deciding(stage)));

        var dana = stage.Dana.Clicks("Approve", Deciding(stage));
        var erin = stage.Erin.Fills(("Why? It is read in the ticket", "Never"));
        await stage.SettlesAsync();
        await dana;
        await erin;

        Assert.Single(stage.Alice.Sees(home), message => Person.TextOf(message).Contains("was approved by", StringComparison.Ordinal) || Person.TextOf(message).Contains("was denied by", StringComparison.Ordinal));
        Assert.Contains("already", string.Concat((await dana).Text, (await erin).Text), StringComparison.Ordinal);
        Assert.Empty(Person.ButtonsOf(Assert.Single(stage.Dana.Sees(Deciding(stage)))));
    }

    [Fact]
    public async Task Where_two_must_agree_Dana_counts_once_and_Erin_completes_it()
    {
        await using var stage = await StartAsync(approval => approval with { Needed = 2 });
        var home = await stage.OpensAsync("Support");
        await AskedAsync(stage, home);

        await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));
        Assert.Contains("1 of 2", Person.TextOf(Assert.Single(stage.Dana.Sees(Deciding(stage)))));
        var again = await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));
        Assert.Contains("You have said so already", again.Text);
        Assert.DoesNotContain("approved", Person.TextOf(stage.Alice.Sees(home)[^1]));
        await stage.AfterAsync(stage.Erin.Clicks("Approve", Deciding(stage)));

        Assert.Contains($"{stage.Dana.Mention}, {stage.Erin.Mention}", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Fact]
    public async Task Bob_without_the_role_is_told_so_and_nobody_decides_their_own()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        await AskedAsync(stage, home);
        var bob = await stage.AfterAsync(stage.Bob.Clicks("Approve", Deciding(stage)));
        Assert.Contains("not yours", bob.Text);

        await stage.AfterAsync(stage.Dana.Runs("/approval", home));
        await stage.AfterAsync(stage.Dana.Fills(("Whose id?", "1"), ("What is given back?", "Everything")));
        var own = await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));

        Assert.Contains("somebody else must decide", own.Text);
        Assert.Equal(2, stage.Dana.Sees(Deciding(stage)).Count(message => Person.ButtonsOf(message).Contains("Approve")));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Closed_meanwhile_it_is_decided_all_the_same_and_Carol_is_written_to(string department)
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync(department);
        await AskedAsync(stage, home);
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));

        await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));

        Assert.Contains("Approved by", Person.TextOf(Assert.Single(stage.Dana.Sees(Deciding(stage)))));
        Assert.Contains("was approved by", Person.TextOf(stage.Carol.DirectMessages(stage.Harbour.Bot.Bot)[^1]));
        if (department == "Support") Assert.True(home.Thread!.Archived);
    }

    [Fact]
    public async Task When_the_channel_is_gone_the_ticket_and_staff_are_told()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Box.World.DeleteChannel(Deciding(stage));
        await stage.SettlesAsync();

        await AskedAsync(stage, home);

        Assert.Contains("could not be put into", Person.TextOf(stage.Alice.Sees(home)[^1]));
        Assert.Contains(stage.Carol.User.Id, stage.Alice.Sees(home)[^1].Pings);
        Assert.Contains("could not be done", stage.StaffLog[^1]);
    }

    [Fact]
    public async Task Gone_from_the_settings_it_can_still_be_decided_by_managers()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        await AskedAsync(stage, home);
        await stage.Desk.ApplyAsync([stage.Settings with { Approvals = [] }], TestContext.Current.CancellationToken);
        await stage.SettlesAsync();

        Assert.Contains("nothing that you could ask for", (await stage.AfterAsync(stage.Carol.Runs("/approval", home))).Text);
        await stage.AfterAsync(stage.Dana.Clicks("Approve", Deciding(stage)));

        Assert.Contains("was approved by", Person.TextOf(stage.Alice.Sees(home)[^1]));
    }

    [Fact]
    public async Task A_wrong_answer_comes_back_with_the_words_and_is_corrected()
    {
        await using var stage = await StartAsync();
        var home = await stage.OpensAsync("Support");
        await AsksAsync(stage, home, "slash");
        var wrong = await stage.AfterAsync(stage.Carol.Fills(("Whose id?", "all of them"), ("What is given back?", "A long list")));
        Assert.Contains("must be a number", wrong.Text);
        Assert.Contains("> A long list", wrong.Text);
        Assert.Empty(stage.Dana.Sees(Deciding(stage)));

        await stage.AfterAsync(stage.Carol.Clicks("Correct it", home));
        await stage.AfterAsync(stage.Carol.Fills(("Whose id?", "7"), ("What is given back?", "A long list")));

        Assert.Single(stage.Dana.Sees(Deciding(stage)));
    }

    private static ChannelState Deciding(Stage stage) => stage.Harbour.Guild.Channels.Single(channel => channel.Name == "approvals");

    private static int Calls(Stage stage, long since) =>
        stage.Box.Journal.Calls(since).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal) && !call.Route.Contains("webhooks", StringComparison.Ordinal));

    private static async Task AskedAsync(Stage stage, ChannelState home)
    {
        await AsksAsync(stage, home, "slash");
        await stage.AfterAsync(stage.Carol.Fills(("Whose id?", "4711"), ("What is given back?", "A crate")));
    }

    private static async Task AsksAsync(Stage stage, ChannelState home, string door)
    {
        switch (door)
        {
            case "menu":
                await stage.AfterAsync(stage.Carol.Clicks("More", home));
                await stage.AfterAsync(stage.Carol.Picks("Choose an action", home, "Refund"));
                break;
            case "slash":
                await stage.AfterAsync(stage.Carol.Runs("/approval", home));
                break;
            case "typed":
                stage.Carol.Types("!approval", home);
                await stage.SettlesAsync();
                await stage.AfterAsync(stage.Carol.Clicks("Fill in", home));
                break;
            default:
                await stage.AfterAsync(stage.Carol.Clicks("Refund", home));
                break;
        }
    }

    // Managers decide: Dana by her role, Erin as administrator.
    private static Task<Stage> StartAsync(Func<Approval, Approval>? change = null) => Stage.StartAsync(stage =>
    {
        var channel = stage.Box.World.AddChannel(stage.Harbour.Guild, "approvals");
        var refund = new Approval
        {
            Key = "refund",
            Name = "Refund",
            Emoji = "🔄",
            Channel = new ChannelId(channel.Id.Value),
            Roles = [new RoleId(stage.Harbour.Manager.Id.Value)],
            Form = new FormSettings
            {
                Questions =
                [
                    new Question { Key = "id", Text = "Whose id?", Format = AnswerFormat.Number },
                    new Question { Key = "items", Text = "What is given back?", Kind = QuestionKind.Paragraph },
                ],
            },
        };
        stage.Settings = stage.Settings with { Approvals = [change is null ? refund : change(refund)] };
    });
}
