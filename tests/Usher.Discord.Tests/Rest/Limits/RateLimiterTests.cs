using System.Net;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Discord.Rest.Limits;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Rest.Limits;

public sealed class RateLimiterTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private RateLimiter _limiter;

    public RateLimiterTests() => _limiter = new(_clock, 0, 0, TimeSpan.FromMinutes(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task A_route_not_known_yet_goes_one_at_a_time_and_then_as_the_answer_allows()
    {
        var asked = Enumerable.Range(0, 7).Select(_ => Ask(Messages(1))).ToList();
        Assert.Equal([0], Granted(asked));

        Answer(await asked[0], limit: 5, remaining: 4, resetAfter: 2);
        await Task.WhenAll(asked[1..5]).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.Equal([0, 1, 2, 3, 4], Granted(asked));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(2), _clock.NextDue);

        foreach (var permit in asked[1..5]) Answer(await permit, limit: 5, remaining: 0, resetAfter: 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Task.WhenAll(asked).WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public void Channels_have_limits_of_their_own() =>
        Assert.Equal([0, 2], Granted([Ask(Messages(1)), Ask(Messages(1)), Ask(Messages(2))]));

    [Fact]
    public async Task Two_routes_of_one_bucket_share_it()
    {
        Answer(await Ask(Messages(1)), limit: 5, remaining: 4, resetAfter: 2, bucket: "shared");
        Answer(await Ask(Edits(1)), limit: 5, remaining: 1, resetAfter: 2, bucket: "shared");

        Assert.Equal([0], Granted([Ask(Messages(1)), Ask(Edits(1)), Ask(Messages(1))]));
    }

    [Fact]
    public async Task A_route_without_a_bucket_is_not_limited()
    {
        (await Ask(Messages(1))).Answered(HttpStatusCode.OK, RateLimitHeaders.None);

        Assert.Equal(50, Granted([.. Enumerable.Range(0, 50).Select(_ => Ask(Messages(1)))]).Count);
    }

    [Fact]
    public async Task An_error_without_headers_teaches_nothing()
    {
        (await Ask(Messages(1))).Answered(HttpStatusCode.BadGateway, RateLimitHeaders.None);

        Assert.Equal([0], Granted([Ask(Messages(1)), Ask(Messages(1))]));
    }

    [Fact]
    public void The_global_limit_holds_for_all_routes_but_not_for_interactions()
    {
        _limiter = new(_clock, 3, 0, TimeSpan.FromMinutes(1));
        var asked = Enumerable.Range(1, 5).Select(n => Ask(Messages((ulong)n))).ToList();

        Assert.Equal([0, 1, 2], Granted(asked));
        Assert.Equal([0], Granted([Ask(Route.Post("interactions/{interaction}/{token}/callback", new Snowflake(1), "t"))]));
        Assert.Equal([0], Granted([Ask(Route.Patch("webhooks/{application}/{token}/messages/@original", new Snowflake(1), "t"))]));
    }

    [Fact]
    public async Task Those_held_by_the_global_limit_go_in_the_order_they_came()
    {
        _limiter = new(_clock, 1, 0, TimeSpan.FromMinutes(1));
        var order = new List<(int, double)>();
        var start = _clock.GetUtcNow();
        await VirtualTime.RunAsync(_clock, () => Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            await Ask(Messages((ulong)n + 1));
            order.Add((n, (_clock.GetUtcNow() - start).TotalSeconds));
        })));

        Assert.Equal([(0, 0), (1, 1), (2, 2), (3, 3)], order);
    }

    [Fact]
    public async Task A_429_of_the_bucket_holds_that_bucket()
    {
        (await Ask(Messages(1))).Refused(RateLimitHeaders.None, LimitScope.User, TimeSpan.FromSeconds(9));

        Assert.Equal([1], Granted([Ask(Messages(1)), Ask(Messages(2))]));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(9), _clock.NextDue);
        Assert.Equal(1, _limiter.Invalid);
    }

    [Fact]
    public async Task A_429_of_a_shared_resource_is_not_our_fault()
    {
        (await Ask(Messages(1))).Refused(new("b", 5, 0, TimeSpan.FromSeconds(1)), LimitScope.Shared, TimeSpan.FromSeconds(9));

        Assert.Equal([], Granted([Ask(Messages(1))]));
        Assert.Equal(0, _limiter.Invalid);
    }

    [Fact]
    public async Task A_global_429_holds_everything_but_interactions()
    {
        (await Ask(Messages(1))).Refused(RateLimitHeaders.None, LimitScope.Global, TimeSpan.FromSeconds(9));

        Assert.Equal([2], Granted([Ask(Messages(1)), Ask(Messages(2)), Ask(Route.Post("interactions/{interaction}/{token}/callback", new Snowflake(1), "t"))]));
    }

    [Fact]
    public async Task A_wait_beyond_patience_is_told_at_once()
    {
        (await Ask(Messages(1))).Refused(RateLimitHeaders.None, LimitScope.User, TimeSpan.FromMinutes(10));

        var limited = await Assert.ThrowsAsync<DiscordRateLimitedException>(() => Ask(Messages(1)));

        Assert.Equal(TimeSpan.FromMinutes(10), limited.RetryAfter);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([0], Granted([Ask(Messages(1))]));
    }

    [Fact]
    public async Task A_spent_budget_of_refused_requests_holds_everything_back()
    {
        _limiter = new(_clock, 0, 2, TimeSpan.FromMinutes(1));
        for (var n = 0; n < 2; n++) (await Ask(Messages(1))).Answered(HttpStatusCode.Forbidden, RateLimitHeaders.None);

        var limited = await Assert.ThrowsAsync<DiscordRateLimitedException>(() => Ask(Messages(2)));

        Assert.True(limited.IsInvalidRequestBudget);
        _clock.Advance(limited.RetryAfter);
        Assert.Equal([0], Granted([Ask(Messages(2))]));
    }

    [Fact]
    public async Task Who_gives_up_frees_the_way()
    {
        using var giveUp = new CancellationTokenSource();
        var first = await Ask(Messages(1));
        var second = _limiter.AcquireAsync(Messages(1), giveUp.Token).AsTask();
        var third = Ask(Messages(1));
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Answer(first, limit: 2, remaining: 1, resetAfter: 5);
        await third.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task Who_gives_up_before_the_global_limit_gives_its_bucket_back()
    {
        _limiter = new(_clock, 1, 0, TimeSpan.FromMinutes(1));
        using var giveUp = new CancellationTokenSource();
        await Ask(Messages(1));
        var held = _limiter.AcquireAsync(Messages(2), giveUp.Token).AsTask();
        var behind = Ask(Messages(2));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await behind.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task Idle_buckets_are_forgotten()
    {
        for (var channel = 1UL; channel <= 1000; channel++) Answer(await Ask(Messages(channel)), limit: 5, remaining: 4, resetAfter: 2);
        Assert.InRange(_limiter.Remembered, 1000, 2000);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await Ask(Messages(1));

        Assert.Equal(1, _limiter.Remembered);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_server_that_counts_never_sees_too_many(int seed)
    {
        _limiter = new(_clock, 20, 0, TimeSpan.FromMinutes(1));
        var server = new CountingServer(_clock, limit: 5, window: TimeSpan.FromSeconds(2), globalLimit: 20);
        var random = new Random(seed);
        var start = _clock.GetUtcNow();
        await VirtualTime.RunAsync(_clock, () => Task.WhenAll(Enumerable.Range(0, 400).Select(_ => (ulong)random.Next(1, 9)).Select(async channel =>
        {
            using var permit = await Ask(Messages(channel));
            permit.Answered(HttpStatusCode.OK, server.Serve(channel));
        })));

        Assert.Equal(0, server.Refused);
        Assert.Equal(400, server.Served);
        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 19, 26);
    }

    private static Route Messages(ulong channel) => Route.Post("channels/{channel}/messages", new Snowflake(channel));

    private static Route Edits(ulong channel) => Route.Patch("channels/{channel}/messages/{message}", new Snowflake(channel), new Snowflake(9));

    private static List<int> Granted(IReadOnlyList<Task<Permit>> asked) => [.. asked.Index().Where(a => a.Item.IsCompletedSuccessfully).Select(a => a.Index)];

    private static void Answer(Permit permit, int limit, int remaining, double resetAfter, string bucket = "b") =>
        permit.Answered(HttpStatusCode.OK, new(bucket, limit, remaining, TimeSpan.FromSeconds(resetAfter)));

    private Task<Permit> Ask(Route route) => _limiter.AcquireAsync(route, Ct).AsTask();

    /// <summary>Counts as Discord does: a window per channel that begins with its first request, and all requests of a second.</summary>
    private sealed class CountingServer(TimeProvider clock, int limit, TimeSpan window, int globalLimit)
    {
        private readonly Dictionary<ulong, (DateTimeOffset Ends, int Count)> _windows = [];
        private readonly List<DateTimeOffset> _all = [];

        public int Refused { get; private set; }

        public int Served { get; private set; }

        public RateLimitHeaders Serve(ulong channel)
        {
            var now = clock.GetUtcNow();
            var current = _windows.TryGetValue(channel, out var known) && known.Ends > now ? known : (now + window, 0);
            _windows[channel] = current = (current.Item1, current.Item2 + 1);
            _all.Add(now);
            if (current.Item2 > limit || _all.Count(t => t > now.AddSeconds(-1)) > globalLimit) Refused++;
            Served++;
            return new("b", limit, Math.Max(0, limit - current.Item2), current.Item1 - now);
        }
    }
}
