using System.Diagnostics;
using System.Text.Json;
using Usher.Discord.Gateway;
using Usher.Discord.Json;
using Usher.Discord.Tests.Gateway.Peer;
using Usher.Testing;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class DroppingTests
{
    [Fact]
    public async Task Memory_stays_flat_while_a_hundred_thousand_messages_pass()
    {
        await using var peer = await GatewayPeer.StartAsync();
        var options = ShardReader.Options(peer, new ManualTimeProvider()) with { Filter = (in peek) => peek.Name != "MESSAGE_CREATE" };
        var (reader, socket) = await ShardReader.ReadyAsync(peer, options);
        await using var _ = reader;
        await PassAsync(1_000);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var resident = GC.GetTotalMemory(forceFullCollection: true);
        await PassAsync(100_000);
        var perMessage = (GC.GetTotalAllocatedBytes(precise: true) - before) / 100_000.0;
        TestContext.Current.SendDiagnosticMessage("{0:0.0} bytes are allocated for a dropped message, both ends of the socket together.", perMessage);
        // Reading one as an object takes some four thousand.
        Assert.InRange(perMessage, 0, 400);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - resident, long.MinValue, 2 << 20);

        async Task PassAsync(int count)
        {
            var end = reader.NextAsync();
            await socket.Floods(Sample.MessageCreate, count).Dispatches("END");
            Assert.Equal("END", (await end).Name);
        }
    }

    [Fact]
    public void Dropping_costs_at_most_a_fifth_of_reading_the_message()
    {
        GatewayPeek.TryRead(Sample.MessageCreate, out var peek);
        var data = Sample.MessageCreate.AsMemory(peek.DataStart, peek.DataLength);
        // The best of many rounds of each, for long enough that both are compiled for good: what else runs on the machine only ever makes a round slower.
        var (dropping, reading) = (double.MaxValue, double.MaxValue);
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) is var spent && (spent.TotalSeconds < 4 || (spent.TotalSeconds < 10 && dropping / reading > 0.2)))
        {
            dropping = Math.Min(dropping, Measure(static () => GatewayPeek.TryRead(Sample.MessageCreate, out _)));
            reading = Math.Min(reading, Measure(() => _ = JsonSerializer.Deserialize(data.Span, DiscordJson.Default.Message)));
        }
        TestContext.Current.SendDiagnosticMessage("Dropping costs {0:P1} of reading: {1:0.00} µs.", dropping / reading, dropping / 200);
        Assert.InRange(dropping / reading, 0, 0.2);
    }

    private static double Measure(Action action)
    {
        var from = Stopwatch.GetTimestamp();
        for (var i = 0; i < 200; i++) action();
        return Stopwatch.GetElapsedTime(from).TotalMicroseconds;
    }
}
