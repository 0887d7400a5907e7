using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_grow_to_a_minute_and_stay_there()
    {
        var backoff = new Backoff(() => 1);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void Half_of_each_wait_is_random_and_all_of_the_first()
    {
        var backoff = new Backoff(() => 0);
        Assert.Equal([0, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void A_success_begins_anew()
    {
        var backoff = new Backoff(() => 1);
        for (var i = 0; i < 20; i++) backoff.Next();
        backoff.Reset();
        Assert.Equal(1, backoff.Next().TotalSeconds);
    }
}
