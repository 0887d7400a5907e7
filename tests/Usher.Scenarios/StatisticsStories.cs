using Usher.Desk.Settings;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>How long people waited, as staff reads it in Discord and programs read it over the API.</summary>
public sealed class StatisticsStories
{
    [Fact]
    public async Task Carol_reads_how_long_Alice_waited_and_a_program_reads_the_same()
    {
        await using var stage = await Stage.StartAsync(s => s.Settings = s.Settings with { Targets = new Targets(Resolution: TimeSpan.FromHours(1)) });
        var home = await stage.OpensAsync("Support");
        await stage.PassesAsync(TimeSpan.FromMinutes(10));
        stage.Carol.Types("How can I help?", home);
        await stage.SettlesAsync();
        await stage.PassesAsync(TimeSpan.FromMinutes(5));
        stage.Alice.Types("It says error 7", home);
        await stage.SettlesAsync();
        await stage.PassesAsync(TimeSpan.FromMinutes(20));
        await stage.AfterAsync(stage.Carol.Runs("/reply", home, ("text", "Restart it")));
        await stage.PassesAsync(TimeSpan.FromMinutes(85));
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromMinutes(1));

        var asked = await stage.AfterAsync(stage.Carol.Runs("/statistics", stage.Harbour.Help, ("days", 7)));
        var words = asked.Text;
        Assert.True(asked.IsPrivate);
        Assert.Contains("First answer: **10 min** on average", words);
        Assert.Contains("Further answers: **20 min** on average", words);
        Assert.Contains("⚠️ From opening to closing: **2 h 0 min** on average, half within 2 h 0 min", words);
        Assert.Contains($"<@{stage.Carol.User.Id}>: 2 answers, 1 closed", words);

        var program = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var stats = await program.GetAsync("/api/tickets/stats");
        Assert.Equal(("1", "0", "600", "7200"), (stats["total"], stats["open"], stats["mean_first_response_seconds"], stats["mean_resolution_seconds"]));
        var kpi = stats.Body.GetProperty("kpis").EnumerateArray().Single(kpi => kpi.GetProperty("name").GetString() == "resolution");
        Assert.Equal((7200, 3600, false), (kpi.GetProperty("value").GetDouble(), kpi.GetProperty("target").GetDouble(), kpi.GetProperty("is_met").GetBoolean()));
        var unrated = stats.Body.GetProperty("kpis").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "satisfaction");
        Assert.Equal((false, false), (unrated.TryGetProperty("value", out _), unrated.TryGetProperty("is_met", out _)));

        var figures = await program.GetAsync("/api/statistics?by=day");
        var person = Assert.Single(figures.Body.GetProperty("people").EnumerateArray());
        Assert.Equal(stage.Carol.User.Id.ToString(), person.GetProperty("user_id").GetString());
        Assert.Equal(1200, person.GetProperty("next_response").GetProperty("mean_seconds").GetInt64());
        Assert.Equal(300, figures.Body.GetProperty("total").GetProperty("opener_response").GetProperty("mean_seconds").GetInt64());
        var parts = figures.Body.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(31, parts.Count);
        Assert.Equal(1, parts.Sum(part => part.GetProperty("figures").GetProperty("closed").GetInt64()));
    }

    [Fact]
    public async Task Everybody_sees_their_own_departments_and_members_none()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Billing");

        var bills = await ApiProgram.WithKeyAsync(stage, departments: ["billing"]);
        var supports = await ApiProgram.WithKeyAsync(stage, departments: ["support"]);
        var members = await ApiProgram.WithKeyAsync(stage, actsAs: new Desk.Values.UserId(stage.Alice.User.Id.Value));

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await bills.GetAsync("/api/statistics")).Body.GetProperty("total").GetProperty("opened").GetInt64());
        Assert.Equal(0, (await supports.GetAsync("/api/statistics")).Body.GetProperty("total").GetProperty("opened").GetInt64());
        Assert.Empty((await supports.GetAsync("/api/statistics?department=billing")).Body.GetProperty("departments").EnumerateArray());
        Assert.Equal((403, "access.denied"), (await members.GetAsync("/api/statistics")).Verdict);
        var refused = await stage.AfterAsync(stage.Alice.Runs("/ticket_stats", stage.Harbour.Help));
        Assert.Contains("not yours to do", refused.Text);
    }

    [Theory]
    [InlineData("?by=hour")]
    [InlineData("?by=day&from=2020-01-01T00:00:00Z&until=2026-01-01T00:00:00Z")]
    [InlineData("?from=2001-01-01T00:00:00Z&until=2026-01-01T00:00:00Z")]
    [InlineData("?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z")]
    public async Task A_period_that_says_nothing_sensible_is_named(string query)
    {
        await using var stage = await Stage.StartAsync();
        var program = await ApiProgram.WithKeyAsync(stage, manager: true);
        Assert.Equal((400, "query.faulty"), (await program.GetAsync("/api/statistics" + query)).Verdict);
    }
}
