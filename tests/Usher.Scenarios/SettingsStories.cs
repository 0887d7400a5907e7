using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>The settings change while the desk runs: people see what they say now, and nothing that stands is posted anew.</summary>
public sealed class SettingsStories
{
    private const string Register = "PUT /applications/{application}/guilds/{guild}/commands";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_panel_is_edited_where_it_stands()
    {
        await using var stage = await Stage.StartAsync();
        var before = Assert.Single(stage.Alice.Sees(stage.Harbour.Help));

        var changes = await AppliesAsync(stage, s => s with { Panels = [s.Panels[0] with { Title = "Ask the crew" }] });

        Assert.Equal(["panels.help.title"], changes);
        var after = Assert.Single(stage.Alice.Sees(stage.Harbour.Help));
        Assert.Equal(before.Id, after.Id);
        Assert.Contains("Ask the crew", Person.TextOf(after));
        Assert.Contains(stage.Log, line => line.Contains("New settings are in force: panels.help.title.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_department_is_on_the_panel_and_opens_at_once()
    {
        await using var stage = await Stage.StartAsync();

        await AppliesAsync(stage, s => s with
        {
            Departments = s.Departments.Add(s.Departments[0] with { Key = "crew", Name = "Crew", Emoji = "⚓" }),
            Panels = [s.Panels[0] with { Departments = ["support", "billing", "crew"] }],
        });
        var home = await stage.OpensAsync("Crew");

        Assert.StartsWith("Crew-0001", home.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_department_that_is_gone_is_off_the_panel_and_what_still_names_it_is_told_so()
    {
        await using var stage = await Stage.StartAsync();
        await AppliesAsync(stage, s => s with { Departments = [s.Departments[0]], Panels = [s.Panels[0] with { Departments = ["support"] }] });

        Assert.DoesNotContain("Billing", Person.ButtonsOf(Assert.Single(stage.Alice.Sees(stage.Harbour.Help))));
        var asked = await stage.AfterAsync(stage.Alice.Runs("/open", stage.Harbour.General, ("department", "billing")));
        Assert.Contains("no longer exists", asked.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Commands_are_registered_again_only_when_they_changed()
    {
        await using var stage = await Stage.StartAsync();
        var calls = Registered(stage);

        await AppliesAsync(stage, s => s with { Countdown = TimeSpan.FromSeconds(30) });
        Assert.Equal(calls, Registered(stage));

        await AppliesAsync(stage, s => s with { Departments = [s.Departments[0] with { Name = "Crew" }, s.Departments[1]] });
        Assert.Equal(calls + 1, Registered(stage));
    }

    [Fact]
    public async Task A_change_that_no_panel_shows_asks_Discord_nothing()
    {
        await using var stage = await Stage.StartAsync();
        var before = stage.Box.Journal.Now;

        await AppliesAsync(stage, s => s with { Countdown = TimeSpan.FromSeconds(30), Prefix = "?" });

        Assert.Empty(stage.Box.Journal.Calls(before));
        stage.Bob.Types("?tickets", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Contains("Posted in", Person.TextOf(stage.Alice.Sees(stage.Harbour.General)[^1]));
    }

    [Fact]
    public async Task A_panel_that_is_gone_from_the_settings_is_taken_down_also_when_that_happened_while_the_desk_was_away()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Panels = [s.Settings.Panels[0], s.Settings.Panels[0] with { Key = "second" }, s.Settings.Panels[0] with { Key = "third" }],
        });
        Assert.Equal(3, stage.Alice.Sees(stage.Harbour.Help).Count);

        Assert.Equal(["panels.third (removed)"], await AppliesAsync(stage, s => s with { Panels = [s.Panels[0], s.Panels[1]] }));
        Assert.Equal(2, stage.Alice.Sees(stage.Harbour.Help).Count);

        await stage.StopUsherAsync();
        stage.Settings = stage.Settings with { Panels = [stage.Settings.Panels[0]] };
        await stage.StartUsherAsync();
        Assert.Single(stage.Alice.Sees(stage.Harbour.Help));
    }

    [Fact]
    public async Task A_panel_that_moves_stands_in_the_new_channel_alone()
    {
        await using var stage = await Stage.StartAsync();

        await AppliesAsync(stage, s => s with { Panels = [s.Panels[0] with { Channel = new ChannelId(stage.Harbour.Welcome.Id.Value) }] });

        Assert.Empty(stage.Alice.Sees(stage.Harbour.Help));
        Assert.Single(stage.Alice.Sees(stage.Harbour.Welcome));
    }

    [Fact]
    public async Task A_guild_that_is_taken_out_leaves_a_panel_that_answers_plainly_and_comes_back_whole()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var settings = stage.Settings;

        Assert.EndsWith("(removed)", Assert.Single(await stage.Desk.ApplyAsync([], Now)));
        await stage.SettlesAsync();
        var asked = await stage.AfterAsync(stage.Bob.Clicks("Billing", stage.Harbour.Help));
        Assert.False(asked.Failed);
        Assert.True(asked.IsPrivate);

        Assert.EndsWith("(new)", Assert.Single(await stage.Desk.ApplyAsync([settings], Now)));
        await stage.SettlesAsync();
        Assert.Single(stage.Dana.Sees(stage.Harbour.Help));
        await stage.AfterAsync(stage.Bob.Clicks("Claim", home));
        Assert.Contains("Bob", Person.TextOf(stage.Alice.Sees(home)[0]).Replace(stage.Bob.User.Id.ToString(), "Bob", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dana_gives_a_department_another_role_and_that_outlives_a_restart()
    {
        await using var stage = await Stage.StartAsync();

        var asked = await stage.AfterAsync(stage.Dana.Runs("/role set", stage.Harbour.General, ("department", "support"), ("role", stage.Harbour.Billing.Id.ToString())));
        Assert.Contains("Support: tickets are answered by", asked.Text);
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();

        var home = await stage.OpensAsync("Support");
        Assert.NotEmpty(stage.Carol.Pings(stage.Harbour.Guild));
        Assert.Empty(stage.Bob.Pings(stage.Harbour.Guild));
        Assert.False((await stage.AfterAsync(stage.Carol.Clicks("Claim", home))).Failed);
    }

    [Fact]
    public async Task What_was_changed_in_Discord_holds_until_the_file_says_otherwise()
    {
        await using var stage = await Stage.StartAsync();
        var file = stage.Settings;
        await stage.AfterAsync(stage.Dana.Runs("/role set", stage.Harbour.General, ("department", "support"), ("role", stage.Harbour.Billing.Id.ToString())));

        await AppliesAsync(stage, s => s with { Countdown = TimeSpan.FromSeconds(20) });
        Assert.Equal([new RoleId(stage.Harbour.Billing.Id.Value)], InForce(stage, "support").Staff);

        await AppliesAsync(stage, s => s with { Departments = [s.Departments[0] with { Staff = [new RoleId(stage.Harbour.Manager.Id.Value)] }, s.Departments[1]] });
        Assert.Equal([new RoleId(stage.Harbour.Manager.Id.Value)], InForce(stage, "support").Staff);
        Assert.Equal(file.Departments[1], InForce(stage, "billing"));
    }

    [Fact]
    public async Task A_category_is_made_once_and_new_tickets_open_under_it()
    {
        await using var stage = await Stage.StartAsync();

        await stage.AfterAsync(stage.Dana.Runs("/category create", stage.Harbour.General, ("department", "billing")));
        var home = await stage.OpensAsync("Billing");

        Assert.Equal("Billing", home.Parent!.Name);
        Assert.Equal(ChannelType.GuildCategory, home.Parent.Type);
        Assert.Equal(["departments.billing.home"], (await stage.Desk.Store.SettingsVersionsAsync(stage.Settings.Guild, Now)).Select(v => v.Change));
    }

    [Fact]
    public async Task Dana_sets_the_panel_up_where_she_is_and_it_stays_there_after_a_restart()
    {
        await using var stage = await Stage.StartAsync();

        var asked = await stage.AfterAsync(stage.Dana.Runs("/setup", stage.Harbour.General));

        Assert.Contains($"Posted in {stage.Harbour.General.Mention}", asked.Text);
        Assert.Empty(stage.Alice.Sees(stage.Harbour.Help));
        var panel = Assert.Single(stage.Alice.Sees(stage.Harbour.General));
        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Equal(panel.Id, Assert.Single(stage.Alice.Sees(stage.Harbour.General)).Id);
        Assert.Equal(["panels.help.channel"], (await stage.Desk.Store.SettingsVersionsAsync(stage.Settings.Guild, Now)).Select(v => v.Change));

        stage.Dana.Types($"!setup {stage.Harbour.Welcome.Mention}", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Single(stage.Alice.Sees(stage.Harbour.Welcome));
        Assert.DoesNotContain(panel, stage.Alice.Sees(stage.Harbour.General));
    }

    [Fact]
    public async Task Where_the_bot_may_not_write_the_panel_is_refused_plainly()
    {
        await using var stage = await Stage.StartAsync();
        var own = stage.Harbour.Guild.Roles.Single(role => role.ManagedBy == stage.Harbour.Bot);
        stage.Box.World.SetOverwrite(stage.Harbour.Welcome, own.Id, isMember: false, Permissions.None, Permissions.SendMessages);

        var asked = await stage.AfterAsync(stage.Dana.Runs("/setup", stage.Harbour.General, ("channel", stage.Harbour.Welcome.Mention)));

        Assert.Contains("could not be posted in", asked.Text);
        Assert.Contains("Send Messages", asked.Text);
    }

    [Fact]
    public async Task A_channel_of_another_guild_gets_no_panel()
    {
        ChannelState theirs = null!;
        await using var stage = await Stage.StartAsync(s =>
        {
            var other = s.Box.World.AddGuild("Elsewhere", s.Harbour.Guild.Owner);
            s.Box.World.Install(s.Harbour.Bot, other, Permissions.Administrator);
            theirs = s.Box.World.AddChannel(other, "help");
        });

        stage.Dana.Types($"!setup {theirs.Mention}", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Empty(theirs.Messages);
        Assert.Contains("could not be posted in", Person.TextOf(stage.Dana.Sees(stage.Harbour.General)[^1]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_category_is_told_when_it_is_there_or_why_it_is_not(bool mayMake)
    {
        await using var stage = await Stage.StartAsync();
        var own = stage.Harbour.Guild.Roles.Single(role => role.ManagedBy == stage.Harbour.Bot);
        if (!mayMake) stage.Box.World.EditRole(own, permissions: own.Permissions & ~Permissions.ManageChannels);

        var asked = await stage.AfterAsync(stage.Dana.Runs("/category create", stage.Harbour.General, ("department", "billing")));

        var made = stage.Harbour.Guild.Channels.SingleOrDefault(channel => channel is { Name: "Billing", Type: ChannelType.GuildCategory });
        Assert.Equal(mayMake, made is not null);
        Assert.Contains(mayMake ? $"Billing: new tickets open under {made!.Mention}" : "no channel category could be made", asked.Text);
        if (!mayMake) Assert.Contains("Manage Channels", asked.Text);
    }

    [Fact]
    public async Task Where_the_category_says_who_sees_the_tickets_a_new_one_is_the_departments_alone()
    {
        await using var stage = await Stage.StartAsync(stage => stage.Settings = stage.Settings with
        {
            Departments = stage.Settings.Departments.Select(d => d.Key == "billing" ? d with { Permissions = ChannelPermissions.Category } : d).ToValueList(),
        });

        await stage.AfterAsync(stage.Dana.Runs("/category create", stage.Harbour.General, ("department", "billing")));
        var home = await stage.OpensAsync("Billing");

        Assert.Equal("Billing", home.Parent!.Name);
        Assert.Contains(home, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Dana.Channels(stage.Harbour.Guild));
        Assert.DoesNotContain(home, stage.Bob.Channels(stage.Harbour.Guild));
    }

    [Fact]
    public async Task An_administrator_without_a_staff_role_types_what_managers_type()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");

        stage.Erin.Types($"!assign {stage.Erin.Mention}", home);
        await stage.SettlesAsync();
        Assert.Contains($"Taken on by** {stage.Erin.Mention}", Stage.CardIn(home, stage.Alice));
        stage.Erin.Types($"!set_staff billing <@&{stage.Harbour.Manager.Id}>", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Equal([new RoleId(stage.Harbour.Manager.Id.Value)], InForce(stage, "billing").Staff);

        stage.Box.World.EditRole(stage.Harbour.Support, permissions: Permissions.Administrator);
        await stage.SettlesAsync();
        stage.Bob.Types($"!set_staff support <@&{stage.Harbour.Billing.Id}>", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.Equal([new RoleId(stage.Harbour.Billing.Id.Value)], InForce(stage, "support").Staff);
    }

    [Theory]
    [InlineData("!set_staff", "support")]
    [InlineData("!set_staff billing", "billing")]
    public async Task A_typed_command_changes_all_departments_or_the_one_that_is_named(string words, string department)
    {
        await using var stage = await Stage.StartAsync();

        stage.Dana.Types($"{words} <@&{stage.Harbour.Manager.Id}>", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Equal([new RoleId(stage.Harbour.Manager.Id.Value)], InForce(stage, department).Staff);
        Assert.Equal(words.Length > "!set_staff".Length, InForce(stage, "support") == stage.Settings.Department("support"));
    }

    [Fact]
    public async Task What_the_desk_does_stands_beside_its_name_also_after_a_restart_and_a_new_session()
    {
        await using var stage = await Stage.StartAsync();
        var bot = stage.Harbour.Bot.Bot;
        Assert.Equal(("online", "Watching tickets"), (bot.Presence!.Status, bot.Presence.Line));

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Equal("Watching tickets", bot.Presence?.Line);

        await stage.StopUsherAsync();
        stage.Box.ForgetSessions();
        Assert.Null(bot.Presence);
        await stage.StartUsherWithoutSessionAsync();
        Assert.Equal("Watching tickets", bot.Presence?.Line);
    }

    [Fact]
    public async Task Staff_does_not_change_settings_and_everybody_is_nobodys_staff()
    {
        await using var stage = await Stage.StartAsync();

        var bob = await stage.AfterAsync(stage.Bob.Runs("/set_staff", stage.Harbour.General, ("role", stage.Harbour.Billing.Id.ToString())));
        var dana = await stage.AfterAsync(stage.Dana.Runs("/set_staff", stage.Harbour.General, ("role", stage.Harbour.Guild.Id.ToString())));

        Assert.Contains("everybody", dana.Text);
        Assert.NotEqual(dana.Text, bob.Text);
        Assert.Empty(await stage.Desk.Store.SettingsVersionsAsync(stage.Settings.Guild, Now));
    }

    [Theory]
    [InlineData("!setup_tickets")]
    [InlineData("!tickets")]
    public async Task The_panel_is_posted_by_the_names_that_other_desks_gave_the_command(string words)
    {
        await using var stage = await Stage.StartAsync();
        var before = Assert.Single(stage.Alice.Sees(stage.Harbour.Help)).Id;

        stage.Bob.Types(words, stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.NotEqual(before, Assert.Single(stage.Alice.Sees(stage.Harbour.Help)).Id);
    }

    private static Department InForce(Stage stage, string key) => stage.Desk.Guilds.SettingsOf(stage.Settings.Guild)!.Department(key)!;

    private static async Task<IReadOnlyList<string>> AppliesAsync(Stage stage, Func<DeskSettings, DeskSettings> change)
    {
        stage.Settings = change(stage.Settings);
        var changes = await stage.Desk.ApplyAsync([stage.Settings], Now);
        await stage.SettlesAsync();
        return changes;
    }

    private static int Registered(Stage stage) => stage.Box.Journal.Calls().Count(call => call.Name == Register);
}
