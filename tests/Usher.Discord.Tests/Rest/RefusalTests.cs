using System.Net;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Xunit;

namespace Usher.Discord.Tests.Rest;

public sealed class RefusalTests : IDisposable
{
    private const string AMessage = """{"id":"30","channel_id":"20","author":{"id":"1"}}""";
    private readonly ScriptedDiscord _discord = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _discord.Dispose();

    [Fact]
    public async Task A_429_is_waited_out_to_the_millisecond_even_for_what_cannot_be_made_twice()
    {
        using var rest = _discord
            .Answers(HttpStatusCode.TooManyRequests, """{"message":"You are being rate limited.","retry_after":1.337,"global":false}""", [.. ScriptedDiscord.Limits("b", 5, 0, 1.3), ("X-RateLimit-Scope", "user"), ("Retry-After", "2")])
            .Answers(HttpStatusCode.OK, AMessage, ScriptedDiscord.Limits("b", 5, 4, 5)).Client();

        await _discord.InTimeAsync(() => rest.CreateMessageAsync(new(20), new() { Content = "a" }, cancellationToken: Ct));

        Assert.Equal(1.337, (_discord.Requests[1].At - _discord.Requests[0].At).TotalSeconds);
        Assert.Equal(1, rest.InvalidRequests);
    }

    [Fact]
    public async Task A_429_without_a_body_is_waited_out_by_its_header()
    {
        using var rest = _discord.Answers(HttpStatusCode.TooManyRequests, "<html>", ("Retry-After", "7")).Answers(HttpStatusCode.OK, AMessage).Client();

        await _discord.InTimeAsync(() => rest.GetMessageAsync(new(20), new(30), Ct));

        Assert.Equal(7, (_discord.Requests[1].At - _discord.Requests[0].At).TotalSeconds);
    }

    [Fact]
    public async Task A_global_429_makes_other_routes_wait_but_not_interactions()
    {
        using var rest = _discord
            .Answers(HttpStatusCode.TooManyRequests, """{"retry_after":3,"global":true}""", ("X-RateLimit-Scope", "global"))
            .Answers(HttpStatusCode.NoContent)
            .Answers(HttpStatusCode.OK, AMessage).Answers(HttpStatusCode.OK, """{"id":"1"}""").Client();

        await _discord.InTimeAsync(async () =>
        {
            var message = rest.GetMessageAsync(new(20), new(30), Ct);
            await rest.RespondAsync(new(1), "t", InteractionResponse.DeferUpdate(), cancellationToken: Ct);
            await Task.WhenAll(message, rest.GetChannelAsync(new(9), Ct));
        });

        Assert.Equal([0, 0, 3, 3], _discord.Requests.Select(r => (r.At - _discord.Requests[0].At).TotalSeconds));
        Assert.Contains("/callback", _discord.Requests[1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_429_is_handed_to_the_caller()
    {
        using var rest = _discord.Answers(HttpStatusCode.TooManyRequests, """{"retry_after":540,"global":false}""", ("X-RateLimit-Scope", "shared")).Client();

        var limited = await Assert.ThrowsAsync<DiscordRateLimitedException>(() => _discord.InTimeAsync(() => rest.ModifyChannelAsync(new(20), new() { Name = "a" }, cancellationToken: Ct)));

        Assert.Equal(TimeSpan.FromSeconds(540), limited.RetryAfter);
        Assert.Equal("PATCH /channels/{channel}", limited.Route);
        Assert.Equal(0, rest.InvalidRequests);
        Assert.Single(_discord.Requests);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(540, false)]
    public async Task A_limit_on_a_channels_name_does_not_hold_its_other_changes(int seconds, bool isWaitedOut)
    {
        using var rest = _discord
            .Answers(HttpStatusCode.TooManyRequests, $$"""{"retry_after":{{seconds}},"global":false}""", [.. ScriptedDiscord.Limits("b", 5, 4, 5), ("X-RateLimit-Scope", "shared")])
            .Answers(HttpStatusCode.OK, """{"id":"20"}""").Answers(HttpStatusCode.OK, """{"id":"20"}""").Client();

        await _discord.InTimeAsync(async () =>
        {
            var rename = rest.ModifyChannelAsync(new(20), new() { Name = "a" }, cancellationToken: Ct);
            await rest.ModifyChannelAsync(new(20), new() { Archived = true }, cancellationToken: Ct);
            if (isWaitedOut) await rename;
            else Assert.Equal(540, (await Assert.ThrowsAsync<DiscordRateLimitedException>(() => rename)).RetryAfter.TotalSeconds);
        });

        Assert.Equal(isWaitedOut ? [0, 0, seconds] : [0, 0], _discord.Requests.Select(r => (r.At - _discord.Requests[0].At).TotalSeconds));
        Assert.Equal("""{"archived":true}""", _discord.Requests[1].Body);
    }

    [Fact]
    public async Task A_storm_of_429_ends()
    {
        for (var n = 0; n < 10; n++) _discord.Answers(HttpStatusCode.TooManyRequests, """{"retry_after":0.5}""");
        using var rest = _discord.Client();

        await Assert.ThrowsAsync<DiscordRateLimitedException>(() => _discord.InTimeAsync(() => rest.GetChannelAsync(new(20), Ct)));

        Assert.Equal(10, _discord.Requests.Count);
    }
}
