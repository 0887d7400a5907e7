using Usher.Discord.Gateway;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class IdentifyQueueTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(1, new[] { 0, 5, 10, 15, 20, 25 })]
    [InlineData(2, new[] { 0, 0, 5, 5, 10, 10 })]
    [InlineData(16, new[] { 0, 0, 0, 0, 0, 0 })]
    public void Shards_of_one_key_follow_each_other_at_five_seconds(int maxConcurrency, int[] seconds)
    {
        var queue = Queue(maxConcurrency, 1000);
        Assert.Equal(seconds, Enumerable.Range(0, 6).Select(shard => (int)queue.Take(shard).TotalSeconds));
    }

    [Fact]
    public void Time_that_passed_counts()
    {
        var queue = Queue(1, 1000);
        queue.Take(0);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(2), queue.Take(1));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, queue.Take(2));
    }

    [Fact]
    public void Without_session_starts_left_it_refuses_and_says_until_when()
    {
        var queue = Queue(1, 1);
        queue.Take(0);
        var refusal = Assert.Throws<GatewayRefusedException>(() => queue.Take(0));
        Assert.Contains("until 2026-03-02 13:00 UTC", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromHours(4), refusal.ResetsAt);
        _clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(TimeSpan.Zero, queue.Take(0));
    }

    private IdentifyQueue Queue(int maxConcurrency, int remaining) => new(maxConcurrency, 1000, remaining, TimeSpan.FromHours(4), _clock);
}
