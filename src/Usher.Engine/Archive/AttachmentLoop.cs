using Microsoft.Extensions.Logging;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Copies attachments as they arrive: Discord's links to them die with the message or after a day.</summary>
/// <remarks>https://discord.com/developers/docs/reference#signed-attachment-cdn-urls</remarks>
public sealed partial class AttachmentLoop(DeskStore store, FileStore files, HttpClient http, TimeProvider time, Activity activity, ILogger<AttachmentLoop> log) : IAsyncDisposable
{
    /// <summary>The largest file that is kept, in bytes.</summary>
    public const long Largest = 100 * 1024 * 1024;

    private const int AtOnce = 8;
    private const int MostTries = 6;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _running;
    private bool _asked;

    /// <summary>There may be something to copy.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _asked = true;
            if (_running || _stopping.IsCancellationRequested) return;
            _running = true;
        }
        activity.Begin();
        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (TakeAsk())
            {
                while (await RoundAsync()) { }
                await DiscardAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rows stay.
        }
        catch (Exception failure)
        {
            LogRoundFailed(failure);
            lock (_gate) _running = false;
            LookAgain();
        }
        finally
        {
            activity.End();
        }
    }

    private bool TakeAsk()
    {
        lock (_gate)
        {
            if (_asked)
            {
                _asked = false;
                return true;
            }
            _running = false;
            return false;
        }
    }

    private async Task<bool> RoundAsync()
    {
        var pending = await store.PendingAttachmentsAsync(time.GetUtcNow(), AtOnce * 4, _stopping.Token);
        if (pending.Count == 0) return false;
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = _stopping.Token }, CopyAsync);
        return true;
    }

    // Here and nowhere else are bytes stored or deleted, and never both at once: the same content could be wanted anew.
    private async Task DiscardAsync()
    {
        while (await store.DiscardedFilesAsync(AtOnce, _stopping.Token) is { Count: > 0 } discarded)
        {
            foreach (var hash in discarded) await store.DropFileAsync(hash, files.Delete, _stopping.Token);
        }
    }

    private async ValueTask CopyAsync(PendingAttachment pending, CancellationToken cancellation)
    {
        if (pending.Attachment.Size > Largest)
        {
            await TooLargeAsync(pending, cancellation);
            return;
        }
        try
        {
            using var response = await http.GetAsync(pending.Attachment.Url, HttpCompletionOption.ResponseHeadersRead, cancellation);
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            if (await files.SaveAsync(content, Largest, cancellation) is not { } stored)
            {
                await TooLargeAsync(pending, cancellation);
                return;
            }
            var type = pending.Attachment.ContentType ?? response.Content.Headers.ContentType?.ToString();
            if (!await store.AttachmentStoredAsync(pending.Guild, pending.Ticket, pending.Attachment.Id, stored.Hash, type, stored.Size, cancellation))
                await store.DiscardFileAsync(stored.Hash, time.GetUtcNow(), cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or StoreUnavailableException or InvalidOperationException)
        {
            await PostponeAsync(pending, failure, cancellation);
        }
    }

    private Task TooLargeAsync(PendingAttachment pending, CancellationToken cancellation) =>
        store.AttachmentFailedAsync(pending.Guild, pending.Ticket, pending.Attachment.Id, AttachmentState.TooLarge, time.GetUtcNow(), "larger than what is kept", cancellation);

    private async Task PostponeAsync(PendingAttachment pending, Exception failure, CancellationToken cancellation)
    {
        var file = pending.Attachment;
        LogNotCopied(file.Id, file.Attempts + 1, failure.Message);
        var last = file.Attempts + 1 >= MostTries || failure is HttpRequestException { StatusCode: System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone };
        var due = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, file.Attempts + 1));
        await store.AttachmentFailedAsync(
            pending.Guild, pending.Ticket, file.Id, last ? AttachmentState.Failed : AttachmentState.Pending, due, failure.Message, cancellation);
        if (!last) LookAgain();
    }

    private void LookAgain()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = time.CreateTimer(_ => Wake(), null, LookAgainAfter, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Stops; what is not copied yet is copied by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _timer?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attachment {Attachment} was not copied at attempt {Attempt}: {Why}")]
    private partial void LogNotCopied(ulong attachment, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Copying attachments stopped and is taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
