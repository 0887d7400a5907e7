using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Who may open how many tickets, and how soon.</summary>
public sealed class LimitStories
{
    [Fact]
    public async Task Dana_blocks_Alice_who_is_told_so_until_she_is_unblocked()
    {
        await using var stage = await Stage.StartAsync();

        await stage.AfterAsync(stage.Dana.Runs("/block", stage.Harbour.General, ("member", stage.Alice.Mention), ("reason", "sold a berth twice")));
        var refused = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        Assert.True(refused.IsPrivate);
        Assert.Contains("blocked from opening tickets on this server. The reason: sold a berth twice", refused.Text);

        stage.Alice.Types("!open support", stage.Harbour.General);
        await stage.SettlesAsync();
        Assert.DoesNotContain(stage.Bob.Sees(stage.Harbour.General), message => Person.TextOf(message).Contains("blocked", StringComparison.Ordinal));
        Assert.Contains("blocked", Person.TextOf(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1]));

        var list = await stage.AfterAsync(stage.Dana.Runs("/blocklist", stage.Harbour.General));
        Assert.True(list.IsPrivate);
        Assert.Contains(stage.Alice.Mention, list.Text);
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Bob.Runs("/blocklist", stage.Harbour.General))).Text);

        await stage.StopUsherAsync();
        await stage.StartUsherAsync();
        Assert.Contains("blocked", (await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help))).Text);

        await stage.AfterAsync(stage.Dana.Runs("/unblock", stage.Harbour.General, ("member", stage.Alice.Mention)));
        await stage.OpensAsync("Support");
    }

    [Fact]
    public async Task Dana_blocks_by_a_typed_command_too_and_Alice_keeps_the_ticket_that_she_has()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");

        stage.Dana.Types($"!block {stage.Alice.Mention} spam", stage.Harbour.General);
        await stage.SettlesAsync();

        Assert.Contains("spam", (await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help))).Text);
        await stage.AfterAsync(stage.Bob.Runs("/claim", home));
        Assert.Contains("Taken on by", Stage.CardIn(home, stage.Alice));
        Assert.False(home.Thread!.Archived);
    }

    [Fact]
    public async Task After_a_ticket_the_next_waits_for_the_cooldown_and_the_refusal_names_the_time()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Departments = [.. s.Settings.Departments.Select(d => d.Key == "support" ? d with { Cooldown = TimeSpan.FromMinutes(10) } : d)],
        });
        var home = await stage.OpensAsync("Support");
        await stage.PassesAsync(TimeSpan.FromMinutes(30));
        await stage.AfterAsync(stage.Bob.Runs("/close", home));

        var free = stage.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        var refused = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        Assert.Contains($"<t:{free}:R>", refused.Text);

        await stage.PassesAsync(TimeSpan.FromMinutes(10));
        await stage.OpensAsync("Support");
    }

    [Fact]
    public async Task A_guilds_limit_counts_the_tickets_of_all_departments()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { OpenPerMember = 1 });
        var home = await stage.OpensAsync("Support");

        var refused = await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help));

        Assert.Contains($"<#{home.Id}>", refused.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_support_is_paused_Alice_is_told_why_and_staff_still_opens_for_her(bool everywhere)
    {
        const string Why = "We are moving the harbour. Back on Monday.";
        await using var stage = await Stage.StartAsync(s => s.Settings = everywhere
            ? s.Settings with { Paused = Why }
            : s.Settings with { Departments = [s.Settings.Departments[0] with { Paused = Why }, s.Settings.Departments[1]] });

        var refused = await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help));
        Assert.Contains(Why, refused.Text);
        Assert.Empty(stage.Harbour.Guild.Threads);
        Assert.Equal(everywhere, (await stage.AfterAsync(stage.Alice.Clicks("Billing", stage.Harbour.Help))).Text.Contains(Why, StringComparison.Ordinal));
        await stage.AfterAsync(stage.Bob.Runs("/open", stage.Harbour.General, ("department", "support"), ("member", stage.Alice.Mention)));
        Assert.Single(stage.Harbour.Guild.Threads);
    }

    [Fact]
    public async Task Only_those_with_a_required_role_and_without_a_blocked_one_open_tickets()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with
        {
            Departments =
            [
                s.Settings.Departments[0] with { RequiredRoles = [new RoleId(s.Harbour.Billing.Id.Value)] },
                s.Settings.Departments[1] with { BlockedRoles = [new RoleId(s.Harbour.Support.Id.Value)] },
            ],
        });

        Assert.Contains(stage.Harbour.Billing.Mention, (await stage.AfterAsync(stage.Alice.Clicks("Support", stage.Harbour.Help))).Text);
        Assert.Contains(stage.Harbour.Support.Mention, (await stage.AfterAsync(stage.Bob.Clicks("Billing", stage.Harbour.Help))).Text);
        await stage.OpensAsync(stage.Carol, "Support");
        await stage.OpensAsync(stage.Alice, "Billing");
    }
}
