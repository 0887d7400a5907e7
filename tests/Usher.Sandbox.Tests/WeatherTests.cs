namespace Usher.Sandbox.Tests;

public sealed class WeatherTests : Story
{
    private const string Route = "POST /channels/{channel}/messages";

    private Task<Reply> Say() => Bot.Post($"/channels/{Harbour.General.Id}/messages", """{"content":"x"}""");

    [Theory]
    [InlineData(Fault.ServerError, 500)]
    [InlineData(Fault.BadGateway, 502)]
    [InlineData(Fault.Unavailable, 503)]
    [InlineData(Fault.RateLimited, 429)]
    [InlineData(Fault.GloballyLimited, 429)]
    [InlineData(Fault.SharedLimited, 429)]
    public async Task A_fault_befalls_the_next_request_of_its_route_alone(Fault fault, int status)
    {
        Box.Weather.Next(Route, fault);
        Assert.Equal(200, (await Bot.Get("/users/@me")).Status);
        Assert.Equal(status, (await Say()).Status);
        Assert.Empty(Harbour.General.Messages);
        Assert.Equal(200, (await Say()).Status);
    }

    [Fact]
    public async Task An_answer_can_be_lost_after_the_work_was_done()
    {
        Box.Weather.Next(Route, Fault.AnswerLost);
        await Assert.ThrowsAsync<HttpRequestException>(Say);
        Assert.Single(Harbour.General.Messages);
    }

    [Fact]
    public async Task A_connection_can_be_refused_before_anything_is_done()
    {
        Box.Weather.Next("*", Fault.Refused);
        await Assert.ThrowsAsync<HttpRequestException>(Say);
        Assert.Empty(Harbour.General.Messages);
    }

    [Fact]
    public async Task A_slow_answer_comes_when_its_time_has_come()
    {
        Box.Weather.Next(Route, Fault.Slow, lasting: TimeSpan.FromSeconds(10));
        var saying = Say();
        while (Box.Weather.Pending > 0 || Clock.NextDue is null) await Task.Yield();
        Assert.False(saying.IsCompleted);
        // The request may have been taken off the list before its delay was set.
        while (!saying.IsCompleted) Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await saying).Status);
    }

    [Fact]
    public async Task Discord_down_for_ten_minutes_cuts_sockets_and_refuses_everything_until_it_is_over()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        Box.Weather.GoDown(TimeSpan.FromMinutes(10));
        await Assert.ThrowsAnyAsync<System.Net.WebSockets.WebSocketException>(async () =>
        {
            while (await socket.Next() is not null) { }
        });
        Assert.Equal(503, (await Bot.Get("/users/@me")).Status);
        await Assert.ThrowsAnyAsync<System.Net.WebSockets.WebSocketException>(() => TestSocket.Connect(Box.GatewayAddress));
        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(200, (await Bot.Get("/users/@me")).Status);
    }

    [Fact]
    public async Task A_dispatch_can_come_twice_with_the_same_number()
    {
        await using var socket = await TestSocket.Identified(Box, AllIntents);
        await socket.Event("GUILD_CREATE");
        Box.Weather.DuplicatedDispatches = 1;
        Alice.Types("twice", Harbour.General);
        var first = await socket.Next();
        var second = await socket.Next();
        Assert.Equal(first!.Value.GetProperty("s").GetInt32(), second!.Value.GetProperty("s").GetInt32());
    }

    [Fact]
    public async Task A_refused_resume_is_an_invalid_session()
    {
        await using var first = await TestSocket.Identified(Box, AllIntents);
        first.Cut();
        Box.Weather.ResumesRefused = true;
        await using var second = await TestSocket.Connect(first.ResumeAddress);
        await second.Resume(first.SessionId, first.Sequence);
        Assert.False((await second.Op(9)).GetBoolean());
    }

    [Fact]
    public async Task A_storm_is_the_same_for_the_same_seed()
    {
        async Task<string> Weathers()
        {
            await using var box = await Box.StartAsync(new BoxOptions { Time = Clock, RateLimits = false, Seed = 7 }, TestContext.Current.CancellationToken);
            box.Weather.Storm(new Dictionary<Fault, double> { [Fault.ServerError] = 0.3 });
            using var bot = new TestBot(box);
            var answers = new List<int>();
            for (var number = 0; number < 30; number++) answers.Add((await bot.Get("/users/@me")).Status);
            return string.Join(',', answers);
        }

        var once = await Weathers();
        Assert.Contains("500", once, StringComparison.Ordinal);
        Assert.Contains("200", once, StringComparison.Ordinal);
        Assert.Equal(once, await Weathers());
    }
}
