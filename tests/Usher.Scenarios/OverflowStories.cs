using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>No room for a ticket's channel: another category is made, or the ticket waits until there is room.</summary>
public sealed class OverflowStories
{
    [Fact]
    public async Task A_full_category_gets_a_second_one_like_it_which_goes_when_its_last_ticket_does()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowCreate = true });
            s.Box.World.SetOverwrite(s.Harbour.Tickets, s.Harbour.Guild.Id, isMember: false, Permissions.None, Permissions.ViewChannel);
            s.Box.World.SetOverwrite(s.Harbour.Tickets, s.Harbour.Guild.Roles.Single(role => role.ManagedBy == s.Harbour.Bot).Id, isMember: false, Permissions.ViewChannel, Permissions.None);
            Fill(s, s.Harbour.Tickets, 50);
        });

        var homes = new[] { await OpensAsync(stage, stage.Alice, "Billing"), await OpensAsync(stage, stage.Bob, "Billing") };

        var made = homes[0].Parent!;
        Assert.Equal(("Tickets 2", made, stage.Harbour.Tickets.Position), (made.Name, homes[1].Parent, made.Position));
        Assert.Equal(stage.Harbour.Tickets.Overwrites, made.Overwrites);
        Assert.Empty(stage.StaffLog);

        await stage.AfterAsync(stage.Carol.Runs("/close", homes[0]));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        Assert.NotNull(stage.Box.World.FindChannel(made.Id));
        stage.Erin.Deletes(homes[1]);
        await stage.SettlesAsync();
        Assert.Null(stage.Box.World.FindChannel(made.Id));
        Assert.NotNull(stage.Box.World.FindChannel(stage.Harbour.Tickets.Id));
    }

    [Fact]
    public async Task Two_openings_at_once_at_the_last_place_make_one_category_and_two_tickets()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowCreate = true });
            Fill(s, s.Harbour.Tickets, 49);
        });

        var asked = new[] { stage.Alice, stage.Bob, stage.Dana }.Select(person => person.Clicks("Billing", stage.Harbour.Help)).ToList();
        foreach (var click in asked) await stage.AfterAsync(click);

        Assert.Equal(50, InCategory(stage, stage.Harbour.Tickets));
        var second = Assert.Single(stage.Harbour.Guild.Channels, channel => channel.Name == "Tickets 2");
        Assert.Equal(2, InCategory(stage, second));
    }

    [Fact]
    public async Task A_category_made_before_the_restart_is_used_and_removed_after_it()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowCreate = true });
            Fill(s, s.Harbour.Tickets, 50);
        });
        var first = await OpensAsync(stage, stage.Alice, "Billing");

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        var second = await OpensAsync(stage, stage.Bob, "Billing");
        Assert.Equal(first.Parent, second.Parent);

        await stage.StopUsherAsync();
        stage.Erin.Deletes(first);
        stage.Erin.Deletes(second);
        await stage.StartUsherWithoutSessionAsync();
        Assert.DoesNotContain(stage.Harbour.Guild.Channels, channel => channel.Name == "Tickets 2");
    }

    [Fact]
    public async Task An_overflow_category_that_was_deleted_by_hand_is_passed_over_and_staff_is_told()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            var second = s.Box.World.AddChannel(s.Harbour.Guild, "More tickets", ChannelType.GuildCategory);
            Arrange(s, home => home with { Overflow = [new(second.Id.Value)], OverflowCreate = true });
            Fill(s, s.Harbour.Tickets, 50);
            s.Erin.Deletes(second);
        });

        var home = await OpensAsync(stage, stage.Alice, "Billing");

        Assert.Equal("Tickets 2", home.Parent!.Name);
        Assert.Single(stage.StaffLog);
    }

    [Fact]
    public async Task In_a_full_guild_members_wait_are_told_their_number_and_get_their_tickets_in_order()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowQueue = true });
            s.Harbour.Guild.MaximumChannels = s.Harbour.Guild.Channels.Count;
        });

        var alice = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));
        var bob = await stage.AfterAsync(stage.Bob.Clicks("Billing", stage.Harbour.Help));
        Assert.Contains("number **1**", alice.Text);
        Assert.Contains("number **2**", bob.Text);
        Assert.True(bob.IsPrivate);
        Assert.Equal(2, stage.StaffLog.Count(line => line.Contains("There is no room for", StringComparison.Ordinal)));
        var listed = await stage.AfterAsync(stage.Carol.Runs("/queue", stage.Harbour.General));
        Assert.Contains("**2** waiting", listed.Text);
        Assert.Contains($"2. #0002 · Billing · {stage.Bob.Mention}", listed.Text);

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        stage.Erin.Deletes(stage.Harbour.Lounge);
        await stage.SettlesAsync();

        Assert.Contains("It is your turn", alice.Text);
        Assert.Contains("number **1**", bob.Text);
        Assert.Single(TicketChannels(stage));

        // Discord lets the first answer be changed for a quarter of an hour.
        await stage.PassesAsync(TimeSpan.FromMinutes(20));
        await stage.AfterAsync(stage.Carol.Runs("/close", TicketChannels(stage).Single()));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("number **1**", bob.Text);
        Assert.Contains(stage.Bob.DirectMessages(stage.Harbour.Bot.Bot), message => Person.TextOf(message).Contains("It is your turn", StringComparison.Ordinal));
        Assert.Equal([stage.Bob.Name], TicketChannels(stage).Select(home => stage.Bob.Sees(home).Count > 0 ? "Bob" : ""));
        Assert.Contains("Nobody waits", (await stage.AfterAsync(stage.Carol.Runs("/queue", stage.Harbour.General))).Text);
    }

    [Fact]
    public async Task Alice_leaves_the_queue_by_its_button_and_Bob_moves_up()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowQueue = true });
            Fill(s, s.Harbour.Tickets, 50);
        });
        var alice = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));
        var bob = await stage.AfterAsync(stage.Bob.Clicks("Billing", stage.Harbour.Help));
        var again = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));
        Assert.Contains("number **1**", again.Text);

        var left = await stage.AfterAsync(stage.Alice.Clicks("Leave the queue", stage.Harbour.Help));

        Assert.Contains("no longer wait", left.Text + again.Text + alice.Text);
        Assert.Contains("number **1**", bob.Text);
        stage.Erin.Deletes(stage.Harbour.Guild.Channels.First(channel => channel.Name == "old-0"));
        await stage.SettlesAsync();
        Assert.Contains("It is your turn", bob.Text);
        Assert.DoesNotContain(stage.Alice.Channels(stage.Harbour.Guild), channel => channel.Parent == stage.Harbour.Tickets && !channel.Name.StartsWith("old", StringComparison.Ordinal));
        // Who left may come back.
        stage.Erin.Deletes(stage.Harbour.Guild.Channels.First(channel => channel.Name == "old-1"));
        await stage.SettlesAsync();
        await OpensAsync(stage, stage.Alice, "Billing");
    }

    [Fact]
    public async Task Whoever_leaves_the_guild_leaves_the_queue()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowQueue = true });
            Fill(s, s.Harbour.Tickets, 50);
        });
        await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));
        var bob = await stage.AfterAsync(stage.Bob.Clicks("Billing", stage.Harbour.Help));

        stage.Alice.Leaves(stage.Harbour.Guild);
        await stage.SettlesAsync();
        Assert.Contains("number **1**", bob.Text);
        stage.Erin.Deletes(stage.Harbour.Guild.Channels.First(channel => channel.Name == "old-0"));
        await stage.SettlesAsync();

        Assert.Contains("It is your turn", bob.Text);
        Assert.Single(TicketChannels(stage));
    }

    [Fact]
    public async Task Room_that_came_while_nobody_listened_is_found_and_several_open_in_order()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            Arrange(s, home => home with { OverflowQueue = true });
            Fill(s, s.Harbour.Tickets, 50);
        });
        var asked = new List<Asked>();
        foreach (var person in (Person[])[stage.Alice, stage.Bob, stage.Dana]) asked.Add(await stage.AfterAsync(person.Clicks("Billing", stage.Harbour.Help)));

        await stage.StopUsherAsync();
        foreach (var old in stage.Harbour.Guild.Channels.Where(channel => channel.Name is "old-0" or "old-1").ToList()) stage.Erin.Deletes(old);
        await stage.StartUsherWithoutSessionAsync();

        Assert.Equal([true, true, false], asked.Select(a => a.Text.Contains("your turn", StringComparison.Ordinal)));
        Assert.Contains("number **1**", asked[2].Text);
        Assert.Equal(2, TicketChannels(stage).Count);
    }

    [Fact]
    public async Task A_queue_for_one_category_holds_up_nobody_in_another()
    {
        await using var stage = await Stage.StartAsync(s =>
        {
            var other = s.Box.World.AddChannel(s.Harbour.Guild, "Sales", ChannelType.GuildCategory);
            Arrange(s, home => home with { OverflowQueue = true });
            s.Settings = s.Settings with
            {
                Departments = s.Settings.Departments.Add(s.Settings.Department("billing")! with { Key = "sales", Name = "Sales", Home = new HomeSettings(HomeKind.Channel, new(other.Id.Value)) { OverflowQueue = true } }),
                Panels = [s.Settings.Panels[0] with { Departments = ["billing", "sales"] }],
            };
            Fill(s, s.Harbour.Tickets, 50);
        });
        await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));

        var home = await OpensAsync(stage, stage.Bob, "Sales");

        Assert.Equal("Sales", home.Parent!.Name);
    }

    // The category that is made is new to them too.
    private static async Task<ChannelState> OpensAsync(Stage stage, Person person, string department)
    {
        var before = person.Channels(stage.Harbour.Guild).ToHashSet();
        await stage.AfterAsync(person.Clicks(department, stage.Harbour.Help));
        return Assert.Single(person.Channels(stage.Harbour.Guild), channel => channel.Type == ChannelType.GuildText && !before.Contains(channel));
    }

    private static void Arrange(Stage stage, Func<HomeSettings, HomeSettings> change) => stage.Settings = stage.Settings with
    {
        Departments = stage.Settings.Departments.Select(department => department.Key == "billing" ? department with { Home = change(department.Home) } : department).ToValueList(),
    };

    private static void Fill(Stage stage, ChannelState category, int count)
    {
        for (var i = 0; i < count; i++) stage.Box.World.AddChannel(stage.Harbour.Guild, $"old-{i}", parent: category);
    }

    private static int InCategory(Stage stage, ChannelState category) => stage.Harbour.Guild.Channels.Count(channel => channel.Parent == category);

    private static List<ChannelState> TicketChannels(Stage stage) =>
        [.. stage.Harbour.Guild.Channels.Where(channel => channel.Parent == stage.Harbour.Tickets && !channel.Name.StartsWith("old", StringComparison.Ordinal))];
}
