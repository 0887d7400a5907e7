using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Usher.Discord.Gateway;

/// <summary>Runs the loops of one or more shards and gives out their events as one stream.</summary>
internal static class EventStream
{
    public static async IAsyncEnumerable<GatewayEvent> ReadAsync(
        IReadOnlyList<Shard> shards, int backlog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<GatewayEvent>(new BoundedChannelOptions(backlog) { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = RunAsync(shards, channel.Writer, stop);
        try
        {
            while (!cancellation.IsCancellationRequested && await channel.Reader.WaitToReadAsync(CancellationToken.None))
            {
                if (cancellation.IsCancellationRequested || !channel.Reader.TryRead(out var element)) continue;
                yield return element;
                if (!element.Shard.Options.MarkDoneByHand) element.Done();
                element.Release();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running;
            while (channel.Reader.TryRead(out var unread)) unread.Release();
        }
    }

    /// <summary>Never fails itself: what ends a shard for good ends the others and is thrown to the reader by the channel.</summary>
    private static async Task RunAsync(IReadOnlyList<Shard> shards, ChannelWriter<GatewayEvent> events, CancellationTokenSource stop)
    {
        var loops = shards.Select(shard => Task.Run(async () =>
        {
            try
            {
                await shard.RunAsync(events, stop.Token);
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        })).ToArray();
        try
        {
            await Task.WhenAll(loops);
            events.TryComplete();
        }
        catch (Exception failure)
        {
            events.TryComplete(failure);
        }
    }
}
