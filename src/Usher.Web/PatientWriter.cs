using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace Usher.Web;

/// <summary>
/// Writes what is too long to be held to whoever reads at all. Who takes nothing for half a minute is given up: the connection ends, and with it the reading of what should still be written.
/// However large the answer is, no more of it waits than the server's own buffer holds.
/// </summary>
/// <param name="inner">Where it goes.</param>
/// <param name="time">The clock.</param>
/// <param name="giveUp">Ends the connection.</param>
internal sealed class PatientWriter(PipeWriter inner, TimeProvider time, Action giveUp) : PipeWriter
{
    /// <summary>How long nothing may be taken.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Writes the body of a response.</summary>
    public static PatientWriter To(HttpResponse response, TimeProvider time) => new(response.BodyWriter, time, response.HttpContext.Abort);

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => inner.UnflushedBytes;

    /// <inheritdoc/>
    public override void Advance(int bytes) => inner.Advance(bytes);

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = inner.FlushAsync(cancellationToken);
        return flush.IsCompleted ? flush : WaitAsync(flush);
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flush)
    {
        await using var alarm = time.CreateTimer(_ => giveUp(), null, Patience, Timeout.InfiniteTimeSpan);
        return await flush;
    }
}
