using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class SendWindowTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Fact]
    public void Commands_leave_room_for_heartbeats_and_both_keep_the_limit()
    {
        var window = new SendWindow();
        window.ReserveBeats(TimeSpan.FromSeconds(41.25));
        var commands = Count(() => window.TryTake(Start));
        var beats = Count(() => window.TryTake(Start, heartbeat: true));
        Assert.Equal((116, 4), (commands, beats));
    }

    [Fact]
    public void The_window_slides()
    {
        var window = new SendWindow();
        for (var i = 0; i < 117; i++) Assert.True(window.TryTake(Start + TimeSpan.FromMilliseconds(i)));
        var now = Start + TimeSpan.FromSeconds(1);
        Assert.False(window.TryTake(now));
        Assert.Equal(Start + SendWindow.Length, window.NextFree(now));
        Assert.False(window.TryTake(Start + SendWindow.Length - TimeSpan.FromTicks(1)));
        Assert.True(window.TryTake(Start + SendWindow.Length));
        Assert.False(window.TryTake(Start + SendWindow.Length));
    }

    [Fact]
    public void No_sixty_seconds_ever_hold_more_than_the_limit()
    {
        var window = new SendWindow();
        var sent = new List<TimeSpan>();
        var random = new Random(7);
        var now = Start;
        for (var i = 0; i < 5000; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(0, 400));
            if (window.TryTake(now, heartbeat: random.Next(10) == 0)) sent.Add(now);
        }
        Assert.All(sent, first => Assert.InRange(sent.Count(at => at >= first && at < first + SendWindow.Length), 1, SendWindow.Limit));
        Assert.True(sent.Count > 1000, "The window let too little through to prove anything.");
    }

    private static int Count(Func<bool> take)
    {
        var taken = 0;
        while (take()) taken++;
        return taken;
    }
}
