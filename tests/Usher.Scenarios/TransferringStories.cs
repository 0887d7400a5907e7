using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Tickets go to another department, and those who are in it change with it.</summary>
public sealed class TransferringStories
{
    [Fact]
    public async Task A_channel_goes_to_legal_under_its_category_with_three_calls_and_its_old_staff_sees_it_no_more()
    {
        await using var stage = await WithFrankAsync();
        var frank = stage.Box.Cast["Frank"];
        var grace = stage.Box.Cast["Grace"];
        var home = await stage.OpensAsync("Billing");
        var before = stage.Box.Journal.Now;

        await stage.AfterAsync(frank.Runs("/transfer", home, ("department", "legal")));

        Assert.Equal("Legal", home.Parent?.Name);
        Assert.Equal(3, CallsSince(stage, before));
        Assert.DoesNotContain(home, frank.Channels(stage.Harbour.Guild));
        Assert.Contains(home, grace.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Alice.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Dana.Channels(stage.Harbour.Guild));
        Assert.Contains(grace.User.Id, grace.Sees(home)[^1].Pings);
    }

    [Fact]
    public async Task A_full_category_leaves_the_channel_where_it_is()
    {
        await using var stage = await WithFrankAsync();
        var legal = stage.Harbour.Guild.Channels.Single(channel => channel.Name == "Legal");
        for (var i = 0; i < 50; i++) stage.Box.World.AddChannel(stage.Harbour.Guild, $"full-{i}", parent: legal);
        var home = await stage.OpensAsync("Billing");

        stage.Carol.Types("!transfer legal", home);
        await stage.SettlesAsync();

        Assert.Equal(stage.Harbour.Tickets, home.Parent);
        Assert.Contains(home, stage.Box.Cast["Grace"].Channels(stage.Harbour.Guild));
        Assert.DoesNotContain(home, stage.Box.Cast["Frank"].Channels(stage.Harbour.Guild));
    }

    [Fact]
    public async Task Where_Alice_has_a_ticket_already_it_is_refused_and_afterwards_she_may_open_another()
    {
        await using var stage = await WithFrankAsync();
        var billing = await stage.OpensAsync("Billing");
        var support = await stage.OpensAsync("Support");

        var refused = await stage.AfterAsync(stage.Carol.Runs("/transfer", support, ("department", "billing")));
        Assert.Contains(billing.Mention, refused.Text);
        await stage.AfterAsync(stage.Carol.Runs("/transfer", support, ("department", "legal")));

        Assert.NotEqual(support, await stage.OpensAsync("Support"));
    }

    [Theory]
    [InlineData("Support", "legal", "A crane")]
    [InlineData("Billing", "legal", "A crane")]
    public async Task What_the_new_department_asks_Alice_answers_in_the_ticket(string from, string to, string answer)
    {
        await using var stage = await WithFrankAsync(stage => stage.Settings = stage.Settings with
        {
            Departments = stage.Settings.Departments.Select(d => d.Key != "legal" ? d : d with
            {
                Form = new FormSettings { Questions = [new Question { Key = "machine", Text = "Which machine?", Kind = QuestionKind.Buttons, Options = [new QuestionOption("crane", "A crane")] }] },
            }).ToValueList(),
        });
        var home = await stage.OpensAsync(from);

        await stage.AfterAsync(stage.Carol.Runs("/transfer", home, ("department", to)));
        // A thread becomes a channel: what is asked is asked there.
        home = stage.Alice.Channels(stage.Harbour.Guild).Last(channel => channel.IsThread == false && channel.Parent?.Name == "Legal");
        var asked = stage.Alice.Sees(home)[^1];
        Assert.Contains("Which machine?", Person.TextOf(asked));
        Assert.Equal([stage.Alice.User.Id], asked.Pings);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        await stage.AfterAsync(stage.Alice.Clicks(answer, home));

        Assert.Contains(answer, Person.TextOf(stage.Box.Cast["Grace"].Sees(home)[^1]));
        Assert.Single(stage.Box.Cast["Grace"].Pings(stage.Harbour.Guild));
    }

    internal static int CallsSince(Stage stage, long before) =>
        stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal));

    // Frank is of billing alone, Grace of legal, whose tickets live under a category of their own.
    internal static Task<Stage> WithFrankAsync(Action<Stage>? arrange = null) => Stage.StartAsync(stage =>
    {
        var world = stage.Box.World;
        world.Join(stage.Harbour.Guild, world.AddUser("frank", "Frank"), stage.Harbour.Billing);
        var role = world.AddRole(stage.Harbour.Guild, "Legal", Permissions.None);
        world.Join(stage.Harbour.Guild, world.AddUser("grace", "Grace"), role);
        var category = world.AddChannel(stage.Harbour.Guild, "Legal", ChannelType.GuildCategory);
        stage.Settings = stage.Settings with
        {
            Departments = stage.Settings.Departments.Add(new Department
            {
                Key = "legal",
                Name = "Legal",
                Staff = [new RoleId(role.Id.Value)],
                Home = new HomeSettings(HomeKind.Channel, new ChannelId(category.Id.Value)),
            }),
        };
        arrange?.Invoke(stage);
    });
}
