using Usher.Discord.Rest.Limits;
using Xunit;

namespace Usher.Discord.Tests.Rest.Limits;

public sealed class BucketTests
{
    private readonly Bucket _bucket = new();

    [Fact]
    public void An_unknown_bucket_takes_one_request_until_its_answer()
    {
        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(0)));
        _bucket.Take(At(0));
        Assert.Equal(Bucket.UntilAnswer, _bucket.WaitAt(At(100)));
        Answer(At(1), limit: 5, remaining: 4, resetAfter: 2);
        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(1)));
    }

    [Fact]
    public void A_spent_window_waits_for_its_reset()
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 2);
        _bucket.Take(At(0.5));

        Assert.Equal(At(1), _bucket.WaitAt(At(1)));
        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(2)));
    }

    [Fact]
    public void After_a_reset_requests_still_in_flight_count_for_the_new_window()
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 1);
        _bucket.Take(At(0.9));
        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(1)));
        _bucket.Take(At(1));

        Assert.Equal(Bucket.UntilAnswer, _bucket.WaitAt(At(1)));
    }

    [Fact]
    public void Answers_that_overtake_each_other_never_raise_the_count()
    {
        Learnt(At(0), limit: 5, remaining: 4, resetAfter: 5);
        for (var n = 0; n < 3; n++) _bucket.Take(At(0.1));
        Answer(At(0.2), limit: 5, remaining: 1, resetAfter: 4.8);
        Answer(At(0.3), limit: 5, remaining: 3, resetAfter: 4.7);

        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(0.3)));
        _bucket.Take(At(0.3));
        Assert.NotEqual(TimeSpan.Zero, _bucket.WaitAt(At(0.3)));
    }

    [Fact]
    public void A_429_blocks_even_when_requests_remain()
    {
        Learnt(At(0), limit: 10, remaining: 9, resetAfter: 1);
        _bucket.Block(At(60));

        Assert.Equal(At(50), _bucket.WaitAt(At(10)));
        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(60)));
    }

    [Fact]
    public void A_request_never_sent_is_given_back()
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 2);
        _bucket.Take(At(0));
        _bucket.Return();

        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(0)));
        Assert.Equal(0, _bucket.InFlight);
    }

    [Fact]
    public void An_answer_lost_leaves_no_place_taken_for_ever()
    {
        _bucket.Take(At(0));
        _bucket.Release(At(9));

        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(9)));
    }

    [Fact]
    public void When_all_answers_of_a_window_were_lost_one_request_asks_again()
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 1);
        for (var n = 0; n < 2; n++)
        {
            Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(2)));
            _bucket.Take(At(2));
        }
        _bucket.Release(At(3));
        Assert.Equal(Bucket.UntilAnswer, _bucket.WaitAt(At(3)));
        _bucket.Release(At(3));

        Assert.Equal(TimeSpan.Zero, _bucket.WaitAt(At(3)));
        _bucket.Take(At(3));
        Assert.Equal(Bucket.UntilAnswer, _bucket.WaitAt(At(3)));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_bucket_is_idle_a_minute_after_its_last_use(double seconds, bool idle)
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 2);

        Assert.Equal(idle, _bucket.IsIdle(At(seconds), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_bucket_that_still_blocks_is_not_idle()
    {
        Learnt(At(0), limit: 2, remaining: 1, resetAfter: 2);
        _bucket.Block(At(600));

        Assert.False(_bucket.IsIdle(At(300), TimeSpan.FromMinutes(1)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Learnt(TimeSpan now, int limit, int remaining, double resetAfter)
    {
        _bucket.Take(now);
        Answer(now, limit, remaining, resetAfter);
    }

    private void Answer(TimeSpan now, int limit, int remaining, double resetAfter)
    {
        _bucket.Release(now);
        _bucket.Learn(new("b", limit, remaining, TimeSpan.FromSeconds(resetAfter)), now);
    }
}

public sealed class GlobalLimitTests
{
    [Fact]
    public void No_second_holds_more_than_its_share_wherever_it_begins()
    {
        var limit = new GlobalLimit(3);
        var taken = new List<double>();
        for (var moment = 0.0; moment < 5; moment += 0.125)
        {
            while (limit.WaitAt(TimeSpan.FromSeconds(moment)) == TimeSpan.Zero)
            {
                limit.Take(TimeSpan.FromSeconds(moment));
                taken.Add(moment);
            }
        }

        Assert.Equal(15, taken.Count);
        Assert.All(taken, begin => Assert.InRange(taken.Count(t => t >= begin && t < begin + 1), 1, 3));
    }

    [Fact]
    public void A_limit_of_nought_is_none()
    {
        var limit = new GlobalLimit(0);
        for (var n = 0; n < 1000; n++) limit.Take(TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, limit.WaitAt(TimeSpan.Zero));
    }

    [Fact]
    public void A_global_429_blocks()
    {
        var limit = new GlobalLimit(50);
        limit.Block(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(6), limit.WaitAt(TimeSpan.FromSeconds(1)));
    }
}

public sealed class InvalidRequestsTests
{
    [Fact]
    public void They_are_counted_for_ten_minutes()
    {
        var invalid = new InvalidRequests(0);
        for (var minute = 0; minute < 30; minute++) invalid.Add(TimeSpan.FromMinutes(minute));

        Assert.Equal(11, invalid.CountAt(TimeSpan.FromMinutes(29)));
        Assert.Equal(1, invalid.CountAt(TimeSpan.FromMinutes(39)));
        Assert.Equal(0, invalid.CountAt(TimeSpan.FromMinutes(40)));
    }

    [Fact]
    public void A_spent_budget_is_renewed_when_the_oldest_are_forgotten()
    {
        var invalid = new InvalidRequests(2);
        invalid.Add(TimeSpan.FromSeconds(0));
        Assert.Equal(TimeSpan.Zero, invalid.WaitAt(TimeSpan.FromSeconds(60)));
        invalid.Add(TimeSpan.FromSeconds(60));

        var wait = invalid.WaitAt(TimeSpan.FromSeconds(60));

        Assert.Equal(TimeSpan.FromSeconds(550), wait);
        Assert.Equal(TimeSpan.Zero, invalid.WaitAt(TimeSpan.FromSeconds(60) + wait));
    }
}
