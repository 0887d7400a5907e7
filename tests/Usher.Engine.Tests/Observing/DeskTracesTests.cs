using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.People;
using Usher.Desk.Values;
using Usher.Engine.Deciding;
using Usher.Engine.Observing;
using Usher.Storage;
using Xunit;

namespace Usher.Engine.Tests.Observing;

public sealed class DeskTracesTests
{
    private static readonly Order Order = new() { Guild = new GuildId(1), Command = new ClaimTicket(), Subject = new Subject.ToDesk(), Actor = Actor.Desk };
    private static readonly EffectRow Row = new(1, new GuildId(1), 7, "t:1:7", new RefreshCard(), 0, null, DateTimeOffset.UnixEpoch) { Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };

    private static readonly Done Outcome = new();

    [Fact]
    public void While_nobody_listens_a_span_costs_not_a_byte()
    {
        Assert.Equal(0, Spans());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var made = 0;
        for (var time = 0; time < 1000; time++) made += Spans();
        Assert.Equal((0, 0), (made, GC.GetAllocatedBytesForCurrentThread() - before));
    }

    private static int Spans()
    {
        using var ring = DeskTraces.Ring("remove-home");
        using var decide = DeskTraces.Decide(Order);
        using var commit = DeskTraces.Commit();
        using var effect = DeskTraces.CarryOut(Row);
        DeskTraces.Ended(effect, Outcome);
        DeskTraces.Leave();
        return (ring is null ? 0 : 1) + (decide is null ? 0 : 1) + (commit is null ? 0 : 1) + (effect is null ? 0 : 1) + (DeskTraces.Current is null ? 0 : 1);
    }
}
