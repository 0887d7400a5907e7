using System.Diagnostics;
using System.IO.Pipelines;
using Usher.Web.Transcripts;
using Xunit;

namespace Usher.Web.Tests.Transcripts;

/// <summary>What is measured here must not be disturbed by other tests.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Measured;

[Collection(typeof(Measured))]
public class StreamingTests(ITestOutputHelper log)
{
    private const int Many = 100_000;

    private static async IAsyncEnumerable<TranscriptMessage> Messages(int count, Action<int>? onEach = null)
    {
        await Task.CompletedTask;
        for (var index = 0; index < count; index++)
        {
            onEach?.Invoke(index);
            yield return Samples.Entry(Samples.Write(index % 3 == 0 ? Samples.Jonas : Samples.Mira, "Is there **any** news about `order`? See https://example.org/x", index / 10.0), isStaff: index % 3 == 0);
        }
    }

    [Fact]
    public async Task A_hundred_thousand_messages_pass_in_constant_memory()
    {
        long first = 0, most = 0;
        await TranscriptWriter.WriteAsync(Stream.Null, Samples.Head, Messages(Many, Measure), TestContext.Current.CancellationToken);

        Assert.True(most - first < 512 * 1024, $"After the first thousand messages {first} bytes were alive, later {most}");

        void Measure(int index)
        {
            if (index % 10_000 != 1_000) return;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
            if (first == 0) first = most;
        }
    }

    [Fact]
    public async Task A_message_costs_few_allocations()
    {
        var entry = Samples.Entry(Samples.Write(Samples.Jonas, "Is there **any** news about `order`? See https://example.org/x", 0), isStaff: true);
        await TranscriptWriter.WriteAsync(Stream.Null, Samples.Head, Enumerable.Repeat(entry, 1_000).ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await TranscriptWriter.WriteAsync(Stream.Null, Samples.Head, Enumerable.Repeat(entry, Many).ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Many;
        log.WriteLine($"{each} bytes and {watch.Elapsed.TotalMicroseconds / Many:0.0} µs a message");

        Assert.True(each < 2_500, $"{each} bytes a message");
    }

    [Fact]
    public async Task A_slow_reader_holds_the_messages_back()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        var read = 0;
        var writing = TranscriptWriter.WriteAsync(pipe.Writer, Samples.Head, Messages(10_000, index => read = index), TestContext.Current.CancellationToken);

        Assert.False(writing.IsCompleted);
        Assert.InRange(read, 1, 500);

        // The pipe's own end wakes the reader: to ask the writing whether it is done would leave it waiting for a piece that never comes.
        var ending = EndAsync();
        ReadResult piece;
        do
        {
            piece = await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
            pipe.Reader.AdvanceTo(piece.Buffer.End);
        }
        while (!piece.IsCompleted);

        await ending;
        Assert.Equal(9_999, read);

        async Task EndAsync()
        {
            await writing;
            await pipe.Writer.CompleteAsync();
        }
    }

    [Fact]
    public async Task When_the_reader_leaves_the_writing_ends()
    {
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        var read = 0;
        await TranscriptWriter.WriteAsync(pipe.Writer, Samples.Head, Messages(10_000, index => read = index), TestContext.Current.CancellationToken);

        Assert.InRange(read, 0, 500);
    }

    [Fact]
    public async Task Cancelling_ends_the_writing()
    {
        using var cancel = new CancellationTokenSource();
        var messages = Messages(10_000, index =>
        {
            if (index == 100) cancel.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TranscriptWriter.WriteAsync(Stream.Null, Samples.Head, messages, cancel.Token));
    }
}
