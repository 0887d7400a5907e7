using System.Globalization;

namespace Usher.Sandbox.Tests;

public sealed class RateLimitTests : Story
{
    protected override BoxOptions Options => new() { Time = Clock };

    private Task<Reply> Say() => Bot.Post($"/channels/{Harbour.General.Id}/messages", """{"content":"x"}""");

    [Fact]
    public async Task Five_messages_in_five_seconds_pass_and_the_sixth_waits()
    {
        for (var left = 4; left >= 0; left--) Assert.Equal($"{left}", (await Say()).Header("X-RateLimit-Remaining"));
        var sixth = await Say();
        Assert.Equal(429, sixth.Status);
        Assert.Equal("user", sixth.Header("X-RateLimit-Scope"));
        Assert.False(sixth.Json.GetProperty("global").GetBoolean());
        Assert.Equal(5, sixth.Json.GetProperty("retry_after").GetDouble());
        Assert.Equal("5", sixth.Header("Retry-After"));
        Assert.Contains(Box.Journal.Violations, violation => violation.Where == "POST /channels/{channel}/messages");
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await Say()).Status);
    }

    [Fact]
    public async Task Another_channel_has_a_window_of_its_own_in_the_same_bucket()
    {
        var here = await Say();
        var there = await Bot.Post($"/channels/{Harbour.SupportChannel.Id}/messages", """{"content":"x"}""");
        Assert.Equal("4", there.Header("X-RateLimit-Remaining"));
        Assert.Equal(here.Header("X-RateLimit-Bucket"), there.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task A_third_rename_within_ten_minutes_is_the_channels_own_limit()
    {
        Task<Reply> Rename(string name) => Bot.Patch($"/channels/{Harbour.General.Id}", $$"""{"name":"{{name}}"}""");
        Assert.Equal(200, (await Rename("one")).Status);
        Assert.Equal(200, (await Rename("two")).Status);
        var third = await Rename("three");
        Assert.Equal((429, "shared"), (third.Status, third.Header("X-RateLimit-Scope")));
        Assert.Equal(600, third.Json.GetProperty("retry_after").GetDouble());
        Assert.Equal("two", Harbour.General.Name);
        Assert.Equal(200, (await Bot.Patch($"/channels/{Harbour.General.Id}", """{"nsfw":true}""")).Status);
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(200, (await Rename("three")).Status);
    }

    [Fact]
    public async Task Fifty_requests_a_second_are_the_bots_limit()
    {
        Reply last = null!;
        for (var number = 0; number < 51; number++) last = await Bot.Get($"/channels/{World.AddChannel(Guild, $"c{number}").Id}");
        Assert.Equal((429, "global"), (last.Status, last.Header("X-RateLimit-Scope")));
        Assert.True(last.Json.GetProperty("global").GetBoolean());
        Assert.Equal("true", last.Header("X-RateLimit-Global"));
        Assert.True(double.Parse(last.Header("X-RateLimit-Reset-After"), CultureInfo.InvariantCulture) <= 1);
        // An interaction is answered all the same.
        Assert.Equal(404, (await Bot.Post("/interactions/1/none/callback", """{"type":6}""")).Status);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await Bot.Get("/users/@me")).Status);
    }
}
