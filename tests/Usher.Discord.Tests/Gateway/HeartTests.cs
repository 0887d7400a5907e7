using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class HeartTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 10)]
    [InlineData(1, 40)]
    public void The_first_beat_waits_a_random_part_of_the_interval(double jitter, int seconds)
    {
        var heart = new Heart(Interval, jitter, At(5));
        Assert.Equal(At(5 + seconds), heart.Next);
        Assert.Equal(Pulse.Rest, heart.Check(At(5 + seconds) - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(Pulse.Beat, heart.Check(At(5 + seconds)));
    }

    [Fact]
    public void Later_beats_follow_at_the_interval()
    {
        var heart = new Heart(Interval, 0, At(0));
        heart.Sent(At(0));
        heart.Acknowledged(At(1));
        Assert.Equal(Pulse.Rest, heart.Check(At(39)));
        Assert.Equal(Pulse.Beat, heart.Check(At(40)));
        Assert.Equal(At(1), heart.Latency);
    }

    [Fact]
    public void A_beat_unanswered_for_an_interval_is_a_zombie()
    {
        var heart = new Heart(Interval, 0, At(0));
        heart.Sent(At(0));
        Assert.Equal(Pulse.Rest, heart.Check(At(39)));
        Assert.Equal(Pulse.Zombie, heart.Check(At(40)));
    }

    [Fact]
    public void Silence_proves_nothing_while_nothing_is_read()
    {
        var heart = new Heart(Interval, 0, At(0));
        heart.Sent(At(0));
        Assert.Equal(Pulse.Beat, heart.Check(At(40), deaf: true));
    }

    [Fact]
    public void A_beat_asked_for_goes_out_at_once_and_the_others_keep_their_pace()
    {
        var heart = new Heart(Interval, 0.5, At(0));
        heart.Request();
        Assert.Equal(Pulse.Beat, heart.Check(At(1)));
        heart.Sent(At(1));
        Assert.Equal(Pulse.Rest, heart.Check(At(2)));
        Assert.Equal(At(20), heart.Next);
    }

    [Fact]
    public void A_beat_asked_for_just_before_a_regular_one_makes_no_zombie()
    {
        var heart = new Heart(Interval, 0.5, At(0));
        heart.Request();
        heart.Sent(At(19));
        Assert.Equal(Pulse.Beat, heart.Check(At(20)));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
