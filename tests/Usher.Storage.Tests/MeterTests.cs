using System.Diagnostics.Metrics;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class MeterTests : StoreTest
{
    [Fact]
    public async Task What_waits_together_is_committed_together()
    {
        const int Waiting = 123;
        var together = new System.Collections.Concurrent.ConcurrentBag<int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: StoreMeter.Name, Name: "usher.store.commit.units" }) self.EnableMeasurementEvents(instrument);
        };
        // Other tests' stores are heard as well: the number is one that only this one commits.
        listener.SetMeasurementEventCallback<int>((_, units, _, _) => together.Add(units));
        listener.Start();

        var begun = new TaskCompletionSource();
        var gate = new TaskCompletionSource<bool>();
        var held = Store.Writer.WriteAsync(
            _ =>
            {
                begun.SetResult();
                return gate.Task;
            },
            _ => true,
            Token);
        await begun.Task;
        var waiting = Enumerable.Range(0, Waiting).Select(_ => Store.NextNumberAsync(Guild, Token)).ToList();
        gate.SetResult(true);
        await held;
        await Task.WhenAll(waiting);

        Assert.Contains(Waiting, together);
    }
}
