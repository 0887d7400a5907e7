using System.Net;
using Usher.Sandbox.World;
using Usher.Scenarios.Stages;

namespace Usher.Scenarios;

/// <summary>Everything that is said is kept, also what was said while nobody listened.</summary>
public sealed class ArchiveStories
{
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task The_transcript_shows_messages_edits_deletions_replies_and_pictures()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        var first = stage.Alice.Types("The crane is **stuck**", home, new NewFile("crane.png", "image/png", Picture));
        var wrong = stage.Alice.Types("It is crane four", home);
        stage.Bob.Types("Which pier?", home, replyTo: first);
        var gone = stage.Alice.Types("my phone is 555-0199", home);
        await stage.SettlesAsync();
        stage.Alice.Edits(wrong, "It is crane five");
        stage.Alice.Deletes(gone);
        await stage.SettlesAsync();

        var page = await stage.TranscriptAsync(1);

        Assert.Contains("<strong>stuck</strong>", page);
        Assert.Contains("crane five", page);
        Assert.Contains("crane four", page);
        Assert.Contains("Which pier?", page);
        Assert.Contains("555-0199", page);
        Assert.Contains("crane.png", page);
    }

    [Fact]
    public async Task The_bytes_of_an_attachment_outlive_its_message()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        var message = stage.Alice.Types("see this", home, new NewFile("crane.png", "image/png", Picture));
        await stage.SettlesAsync();
        await stage.AfterAsync(stage.Carol.Runs("/close", home));
        await stage.PassesAsync(TimeSpan.FromSeconds(11));
        Assert.True(home.Deleted);

        var page = await stage.TranscriptAsync(1);
        var path = System.Text.RegularExpressions.Regex.Match(page, "/api/ticket/[^\"]+crane.png").Value;
        using var answer = await stage.Browser.GetAsync(new Uri(stage.Address + path), TestContext.Current.CancellationToken);

        Assert.Equal(Picture, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.NotNull(message);
    }

    [Fact]
    public async Task A_guessed_transcript_address_shows_nothing()
    {
        await using var stage = await Stage.StartAsync();
        await stage.OpensAsync("Support");

        using var answer = await stage.Browser.GetAsync(new Uri($"{stage.Address}/api/ticket/0123456789abcdef0123456789abcdef"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task What_was_said_while_Usher_was_down_is_replayed_by_the_session_that_it_kept()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        await stage.StopUsherAsync();
        stage.Alice.Types("is anybody there?", home);

        await stage.StartUsherAsync();

        Assert.Contains("is anybody there?", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task A_transcript_handed_over_before_Discord_told_again_what_was_said_meanwhile_lacks_nothing()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Billing");
        await stage.AfterAsync(stage.Alice.Runs("/cancel", home));
        await stage.StopUsherAsync();
        stage.Alice.Types("one more thing", home);
        stage.Clock.Advance(TimeSpan.FromSeconds(11));
        stage.Box.Weather.GatewayRefuses = true;

        await stage.StartUsherAsync(settle: false);
        for (var moment = 0; moment < 500 && !home.Deleted; moment++) await stage.BreathesAsync();

        Assert.True(home.Deleted);
        Assert.Contains("one more thing", await stage.TranscriptAsync(1));
    }

    [Fact]
    public async Task What_was_said_while_the_session_was_lost_is_fetched()
    {
        await using var stage = await Stage.StartAsync();
        var home = await stage.OpensAsync("Support");
        stage.Alice.Types("before", home);
        await stage.SettlesAsync();
        await stage.StopUsherAsync();
        stage.Alice.Types("in between", home);
        stage.Bob.Types("!note hush", home);

        await stage.StartUsherWithoutSessionAsync();
        stage.Alice.Types("after", home);
        await stage.SettlesAsync();

        var page = await stage.TranscriptAsync(1);
        Assert.Contains("before", page);
        Assert.Contains("in between", page);
        Assert.Contains("after", page);
        Assert.DoesNotContain("hush", page);
    }
}
