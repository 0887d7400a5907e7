using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>A member clicks the panel and has a ticket, in each home.</summary>
public sealed class OpeningStories
{
    [Theory]
    [InlineData("Support", ChannelType.PrivateThread)]
    [InlineData("Billing", ChannelType.GuildText)]
    public async Task Alice_clicks_a_department_and_has_a_ticket_that_staff_sees_too(string department, ChannelType type)
    {
        await using var stage = await Stage.StartAsync();

        var asked = await stage.AfterAsync(stage.Alice.Clicks(department, stage.Harbour.Help));
        var home = stage.Alice.Channels(stage.Harbour.Guild).MaxBy(channel => channel.Id)!;

        Assert.Equal(type, home.Type);
        Assert.True(asked.IsPrivate);
        Assert.Contains(home.Mention, asked.Text);
        Assert.Contains(stage.Alice.Mention, Stage.CardIn(home, stage.Alice));
        Assert.Equal(["Claim", "Close", "Note", "Cancel", "More"], Person.ButtonsOf(stage.Alice.Sees(home)[0]));
        Assert.Contains(home, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.Single(stage.Alice.Pings(stage.Harbour.Guild));
        Assert.Single(stage.Carol.Pings(stage.Harbour.Guild));
        Assert.Empty(stage.Erin.Pings(stage.Harbour.Guild));
    }

    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Opening_costs_two_calls(string department)
    {
        await using var stage = await Stage.StartAsync();
        var before = stage.Box.Journal.Now;

        await stage.OpensAsync(department);

        Assert.Equal(2, stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_clicks_at_once_are_one_ticket()
    {
        await using var stage = await Stage.StartAsync();

        var first = stage.Alice.Clicks("Support", stage.Harbour.Help);
        var second = stage.Alice.Clicks("Support", stage.Harbour.Help);
        var answers = await Task.WhenAll(stage.AfterAsync(first), stage.AfterAsync(second));

        Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.Single(answers, answer => answer.Text.Contains("Your ticket is open", StringComparison.Ordinal));
        Assert.Single(answers, answer => answer.Text.Contains("already have an open ticket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slash_and_typed_commands_open_the_same_ticket()
    {
        await using var stage = await Stage.StartAsync();

        var slash = await stage.AfterAsync(stage.Alice.Runs("/open", stage.Harbour.General, ("department", "support")));
        stage.Dana.Types("!open billing", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Contains("Your ticket is open", slash.Text);
        Assert.Single(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
        Assert.Contains(stage.Dana.Channels(stage.Harbour.Guild), channel => channel.Parent == stage.Harbour.Tickets);
    }

    [Fact]
    public async Task A_department_that_is_gone_says_so_on_its_old_button()
    {
        await using var stage = await Stage.StartAsync();
        stage.Desk.Guilds.Use([stage.Settings with { Departments = [stage.Settings.Departments[1]] }]);

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        Assert.Contains("no longer exists", asked.Text);
        Assert.Empty(stage.Box.World.ThreadsOf(stage.Harbour.SupportChannel));
    }

    [Fact]
    public async Task A_full_category_is_told_to_the_opener_and_to_staff_and_leaves_nothing()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            for (var i = 0; i < 50; i++) s.Box.World.AddChannel(s.Harbour.Guild, $"old-{i}", parent: s.Harbour.Tickets);
        });

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));

        Assert.Contains("no room", asked.Text);
        Assert.Contains(stage.StaffLog, entry => entry.Contains("50 channels", StringComparison.Ordinal));
        Assert.Empty(await stage.Desk.Store.OpenTicketsAsync(new(stage.Harbour.Guild.Id.Value), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_full_category_overflows_into_the_next_and_at_last_into_threads()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            var second = s.Box.World.AddChannel(s.Harbour.Guild, "More tickets", ChannelType.GuildCategory);
            for (var i = 0; i < 50; i++) s.Box.World.AddChannel(s.Harbour.Guild, $"old-{i}", parent: s.Harbour.Tickets);
            for (var i = 0; i < 49; i++) s.Box.World.AddChannel(s.Harbour.Guild, $"older-{i}", parent: second);
            s.Settings = s.Settings with
            {
                Departments = s.Settings.Departments.Select(department => department.Key != "billing" ? department : department with
                {
                    Home = department.Home with { Overflow = [new(second.Id.Value)], OverflowThreads = new(s.Harbour.SupportChannel.Id.Value) },
                }).ToValueList(),
            };
        });

        var first = await stage.OpensAsync(stage.Alice, "Billing");
        var next = await stage.OpensAsync(stage.Dana, "Billing");

        Assert.Equal("More tickets", first.Parent!.Name);
        Assert.Equal(stage.Harbour.SupportChannel, next.Parent);
        Assert.Contains("Claim", Person.ButtonsOf(stage.Dana.Sees(next)[0]));
        Assert.Empty(stage.StaffLog);
        await stage.AfterAsync(stage.Erin.Runs("/close", next));
        Assert.True(next.Thread!.Archived);
    }

    [Fact]
    public async Task A_full_guild_is_told_too()
    {
        await using var stage = await Stage.StartAsync(s => s.Harbour.Guild.MaximumChannels = s.Harbour.Guild.Channels.Count);

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));

        Assert.Contains("no room", asked.Text);
        Assert.Contains(stage.StaffLog, entry => entry.Contains("500 channels", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_the_role_that_lacks_it()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            var role = s.Harbour.Guild.Roles.Single(r => r.ManagedBy == s.Harbour.Bot);
            s.Box.World.EditRole(role, permissions: role.Permissions & ~Permissions.CreatePrivateThreads);
        });

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        Assert.Contains("could not be opened", asked.Text);
        var role = stage.Harbour.Guild.Roles.Single(r => r.ManagedBy == stage.Harbour.Bot);
        Assert.Contains(stage.StaffLog, entry => entry.Contains("Create Private Threads", StringComparison.Ordinal) && entry.Contains(role.Mention, StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_mention_does_not_add_the_opener_the_one_further_call_does()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        Assert.Contains(stage.Alice.User.Id, home.Thread!.Members.Keys);

        var before = stage.Box.Journal.Now;
        await stage.PassesAsync(TimeSpan.FromSeconds(5));

        Assert.Empty(stage.Box.Journal.Calls(before));
    }

    [Fact]
    public async Task The_panel_comes_back_by_command_when_it_was_deleted()
    {
        await using var stage = await Stage.StartAsync();
        stage.Erin.Deletes(Assert.Single(stage.Alice.Sees(stage.Harbour.Help)));

        stage.Bob.Types("!tickets", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Equal(["Support", "Billing"], Person.ButtonsOf(Assert.Single(stage.Alice.Sees(stage.Harbour.Help))));
    }

    [Fact]
    public async Task A_member_may_not_post_the_panel()
    {
        await using var stage = await Stage.StartAsync();

        var asked = await stage.AfterAsync(stage.Alice.Runs("/panel", stage.Harbour.General));

        Assert.Contains("not yours to do", asked.Text);
        Assert.Contains(stage.Harbour.Support.Mention, asked.Text);
        Assert.Single(stage.Alice.Sees(stage.Harbour.Help));
    }

    [Fact]
    public async Task Alice_reads_French_when_her_Discord_is_French()
    {
        await using var stage = await Stage.StartAsync();
        stage.Alice.Speaks("fr");

        var asked = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));

        Assert.Contains("Votre ticket", asked.Text);
    }
}
