using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>What a claim means for the rest of the staff, in channels.</summary>
public sealed class ClaimModeStories
{
    [Fact]
    public async Task When_only_the_claimer_writes_Bob_reads_on_until_Carol_gives_the_ticket_back()
    {
        await using var stage = await StartAsync(ClaimMode.ClaimerWrites);
        var home = await stage.OpensAsync("Billing");
        var before = stage.Box.Journal.Now;

        await stage.AfterAsync(stage.Carol.Clicks("Claim", home));

        Assert.Equal(2, stage.Box.Journal.Calls(before).Count(call => !call.Route.Contains("/callback", StringComparison.Ordinal)));
        stage.Carol.Types("I have it", home);
        stage.Alice.Types("Thank you", home);
        await stage.SettlesAsync();
        Assert.Contains(stage.Bob.Sees(home), message => message.Content == "Thank you");
        Assert.Throws<DiscordRefusal>(() => stage.Bob.Types("Me too", home));
        stage.Dana.Types("Managers write on", home);

        await stage.AfterAsync(stage.Carol.Clicks("Unclaim", home));
        stage.Bob.Types("Mine now", home);
        await stage.SettlesAsync();
    }

    [Fact]
    public async Task When_only_the_claimer_sees_it_the_ticket_is_gone_for_Bob_until_it_is_given_to_him()
    {
        await using var stage = await StartAsync(ClaimMode.ClaimerSees);
        var home = await stage.OpensAsync("Billing");

        await stage.AfterAsync(stage.Carol.Runs("/claim", home));
        Assert.DoesNotContain(home, stage.Bob.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Dana.Channels(stage.Harbour.Guild));
        Assert.Contains(home, stage.Alice.Channels(stage.Harbour.Guild));

        await stage.AfterAsync(stage.Carol.Runs("/assign", home, ("member", stage.Bob.Mention)));
        Assert.Contains(home, stage.Bob.Channels(stage.Harbour.Guild));
        Assert.DoesNotContain(home, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.Contains(stage.Bob.User.Id, stage.Bob.Sees(home)[^1].Pings);

        await stage.AfterAsync(stage.Bob.Runs("/unclaim", home));
        Assert.Contains(home, stage.Carol.Channels(stage.Harbour.Guild));
        Assert.DoesNotContain(stage.StaffLog, entry => entry.Contains("could not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_settings_say_that_all_write_again_the_next_unclaim_shows_the_channel_to_Bob()
    {
        await using var stage = await StartAsync(ClaimMode.ClaimerSees);
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Carol.Runs("/claim", home));
        Assert.DoesNotContain(home, stage.Bob.Channels(stage.Harbour.Guild));

        await stage.Desk.ApplyAsync(
            [stage.Settings with { Departments = stage.Settings.Departments.Select(d => d with { Claim = ClaimMode.EveryoneWrites }).ToValueList() }], TestContext.Current.CancellationToken);
        await stage.AfterAsync(stage.Carol.Runs("/unclaim", home));

        Assert.Contains(home, stage.Bob.Channels(stage.Harbour.Guild));
        stage.Bob.Types("Here again", home);
        await stage.SettlesAsync();
    }

    // Bob and Carol both answer for billing here.
    private static Task<Stage> StartAsync(ClaimMode mode) => Stage.StartAsync(stage => stage.Settings = stage.Settings with
    {
        Departments =
        [
            stage.Settings.Departments[0],
            stage.Settings.Departments[1] with
            {
                Claim = mode,
                Staff = [new RoleId(stage.Harbour.Billing.Id.Value), new RoleId(stage.Harbour.Support.Id.Value)],
            },
        ],
    });
}
