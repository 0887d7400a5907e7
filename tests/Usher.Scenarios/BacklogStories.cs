using System.Globalization;
using Usher.Sandbox;
using Usher.Scenarios.Stages;
using Usher.Web.Metrics;

namespace Usher.Scenarios;

/// <summary>Whoever watches over a desk sees what waits. Whoever listens hears the whole process, so these are told alone.</summary>
[Collection(KilledStories.Alone)]
public sealed class BacklogStories
{
    private const string StartThread = "POST /channels/{channel}/threads";

    [Fact]
    public async Task While_Discord_does_not_do_it_the_page_says_what_waits_and_for_how_long()
    {
        using var page = new MetricsPage();
        await using var stage = await Stage.StartAsync();
        Assert.Equal((0, 0), await WaitingAsync(stage, page));
        stage.Box.Weather.Next(StartThread, Fault.ServerError, times: 1000);

        var asking = stage.Alice.Clicks("Support", stage.Harbour.Help);
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));
        var (effects, oldest) = await WaitingAsync(stage, page);
        Assert.Equal(1, effects);
        Assert.InRange(oldest, 100, 130);
        Assert.Contains("\nusher_commands_waiting 0\n", page.Write(), StringComparison.Ordinal);
        Assert.Contains("\nusher_attachments_waiting 0\n", page.Write(), StringComparison.Ordinal);

        stage.Box.Weather.Clear();
        await stage.WaitsOutAsync(TimeSpan.FromMinutes(2));
        await stage.AfterAsync(asking);
        Assert.Equal((0, 0), await WaitingAsync(stage, page));
    }

    [Fact]
    public async Task The_database_is_asked_at_most_every_five_seconds()
    {
        using var page = new MetricsPage();
        await using var stage = await Stage.StartAsync();
        Assert.Equal(0, await ValueAsync(stage, page, "usher_clicks_waiting"));

        await stage.InDatabaseAsync("insert into inbox (key, payload, received_at) values ('i:1', '{}', 0)");
        Assert.Equal(0, await ValueAsync(stage, page, "usher_clicks_waiting"));
        stage.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await ValueAsync(stage, page, "usher_clicks_waiting"));
    }

    private static async Task<(double Effects, double Oldest)> WaitingAsync(Stage stage, MetricsPage page)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(6));
        return (await ValueAsync(stage, page, "usher_effects_waiting"), await ValueAsync(stage, page, "usher_effects_oldest_seconds"));
    }

    private static async Task<double> ValueAsync(Stage stage, MetricsPage page, string name)
    {
        await stage.Desk.Backlog.RefreshAsync(TestContext.Current.CancellationToken);
        var line = Assert.Single(page.Write().Split('\n'), line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return double.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }
}
