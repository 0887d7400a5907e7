using System.IO.Pipelines;
using Usher.Testing;
using Xunit;

namespace Usher.Web.Tests;

public sealed class PatientWriterTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500, useSynchronizationContext: false));
    private int _given;

    [Fact]
    public async Task Whoever_takes_nothing_for_half_a_minute_is_given_up()
    {
        var writer = Writer();
        var flush = WriteAsync(writer, 2000);
        Assert.False(flush.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, _given);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, _given);
        Assert.True((await flush).IsCompleted);
    }

    [Fact]
    public async Task Whoever_takes_a_little_now_and_then_is_waited_for()
    {
        var writer = Writer();
        for (var minute = 0; minute < 10; minute++)
        {
            var flush = WriteAsync(writer, 2000);
            Assert.False(flush.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(25));
            var read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
            _pipe.Reader.AdvanceTo(read.Buffer.End);
            Assert.False((await flush).IsCompleted);
        }
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _given);
    }

    private PatientWriter Writer() => new(_pipe.Writer, _time, () =>
    {
        _given++;
        _pipe.Reader.Complete();
    });

    private static async Task<FlushResult> WriteAsync(PatientWriter writer, int bytes)
    {
        writer.GetSpan(bytes)[..bytes].Clear();
        writer.Advance(bytes);
        return await writer.FlushAsync(TestContext.Current.CancellationToken);
    }
}
