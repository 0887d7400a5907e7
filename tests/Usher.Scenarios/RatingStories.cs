using Usher.Desk.Values;
using Usher.Sandbox.Cast;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Openers say how content they are.</summary>
public sealed class RatingStories
{
    [Theory]
    [InlineData("Support")]
    [InlineData("Billing")]
    public async Task Alice_rates_her_closed_ticket_changes_her_mind_and_the_statistics_know(string department)
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync(department);
        var general = stage.Harbour.General;
        Assert.Contains("once it is closed", (await stage.AfterAsync(stage.Alice.Runs("/rate", general, ("stars", "5"), ("ticket", "1")))).Text);
        await stage.AfterAsync(stage.Dana.Runs("/claim", home));
        await stage.AfterAsync(stage.Dana.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(15));

        var told = await stage.AfterAsync(stage.Alice.Runs("/rate", general, ("stars", "2"), ("ticket", "TKT000001"), ("comment", "Too slow")));
        Assert.True(told.IsPrivate);
        Assert.Contains("★★☆☆☆", told.Text);
        Assert.Contains("not yours", (await stage.AfterAsync(stage.Dana.Runs("/rate", general, ("stars", "5"), ("ticket", "1")))).Text);
        stage.Alice.Types("!rate 1 5 It works now", general);
        await stage.SettlesAsync();
        Assert.Contains("★★★★★", Person.TextOf(stage.Alice.DirectMessages(stage.Harbour.Bot.Bot)[^1]));
        stage.Alice.Types("!rate 1 great", general);
        await stage.SettlesAsync();
        Assert.Contains("from 1", Person.TextOf(stage.Alice.Sees(general)[^1]));

        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        var rating = (await crm.GetAsync("/api/tickets/1")).Body.GetProperty("rating");
        Assert.Equal((5, "It works now"), (rating.GetProperty("rating").GetInt32(), rating.GetProperty("comment").GetString()));
        Assert.Contains("\"rating\":5", (await crm.GetAsync("/api/tickets/1/export")).Text);
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        var statistics = await crm.GetAsync("/api/statistics");
        var satisfaction = statistics.Body.GetProperty("total").GetProperty("satisfaction");
        Assert.Equal((1, 5.0), (satisfaction.GetProperty("count").GetInt32(), satisfaction.GetProperty("mean").GetDouble()));
        Assert.True(statistics.Body.GetProperty("kpis").EnumerateArray().Single(kpi => kpi.GetProperty("name").GetString() == "satisfaction").GetProperty("is_met").GetBoolean());
        Assert.Equal(5.0, Assert.Single(statistics.Body.GetProperty("people").EnumerateArray()).GetProperty("satisfaction").GetProperty("mean").GetDouble());
        Assert.Contains("Satisfaction: **5** of 5", (await stage.AfterAsync(stage.Dana.Runs("/statistics", general))).Text);
    }

    [Fact]
    public async Task Over_the_API_the_opener_rates_and_nobody_else_and_a_month_later_nobody()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.AfterAsync(stage.Bob.Runs("/close", home));
        var alice = await ApiProgram.WithKeyAsync(stage, actsAs: new UserId(stage.Alice.User.Id.Value));
        var crm = await ApiProgram.WithKeyAsync(stage, manager: true);
        const string four = """{ "rating": 4, "comment": "Good" }""";

        Assert.Equal((403, "access.denied"), (await crm.PostAsync("/api/tickets/1/rate", four)).Verdict);
        Assert.Equal((422, "rate.score"), (await alice.PostAsync("/api/tickets/1/rate", """{ "rating": 6 }""")).Verdict);
        Assert.Equal(422, (await alice.PostAsync("/api/tickets/1/rate", """{ "rating": "good" }""")).Status);
        Assert.Equal(422, (await alice.PostAsync("/api/tickets/1/rate", "{}")).Status);
        Assert.Equal((422, "rate.too_long"), (await alice.PostAsync("/api/tickets/1/rate", $$"""{ "rating": 1, "comment": "{{new string('c', 1001)}}" }""")).Verdict);
        Assert.Equal(4, (await alice.PostAsync("/api/tickets/1/rate", four)).Body.GetProperty("rating").GetProperty("rating").GetInt32());
        await stage.StopUsherAsync();
        stage.Clock.Advance(TimeSpan.FromDays(31));
        await stage.StartUsherWithoutSessionAsync();
        Assert.Equal((409, "rate.too_late"), (await alice.PostAsync("/api/tickets/1/rate", """{ "rating": 1 }""")).Verdict);
    }
}
