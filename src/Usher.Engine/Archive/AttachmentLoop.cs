using Microsoft.Extensions.Logging;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Copies attachments as they arrive: Discord's links to them die with the message or after a day.</summary>
/// <remarks>https://discord.com/developers/docs/reference#signed-attachment-cdn-urls</remarks>
public sealed partial class AttachmentLoop : IAsyncDisposable
{
    /// <summary>The largest file that is kept, in bytes.</summary>
    public const long Largest = 100 * 1024 * 1024;

    private const int AtOnce = 8;
    private const int MostTries = 6;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly DeskStore _store;
    private readonly FileStore _files;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<AttachmentLoop> _log;
    private readonly Rounds _rounds;

    /// <summary>Makes a loop that waits to be woken.</summary>
    public AttachmentLoop(DeskStore store, FileStore files, HttpClient http, TimeProvider time, Activity activity, ILogger<AttachmentLoop> log)
    {
        (_store, _files, _http, _time, _log) = (store, files, http, time, log);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity) { AfterTrouble = LookAgainAfter };
    }

    /// <summary>There may be something to copy.</summary>
    public void Wake() => _rounds.Wake();

    private async Task RoundAsync(CancellationToken stopping)
    {
        while (await CopySomeAsync(stopping)) { }
        await DiscardAsync(stopping);
    }

    private async Task<bool> CopySomeAsync(CancellationToken stopping)
    {
        var pending = await _store.PendingAttachmentsAsync(_time.GetUtcNow(), AtOnce * 4, stopping);
        if (pending.Count == 0) return false;
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, CopyAsync);
        return true;
    }

    // Here and nowhere else are bytes stored or deleted, and never both at once: the same content could be wanted anew.
    private async Task DiscardAsync(CancellationToken stopping)
    {
        while (await _store.DiscardedFilesAsync(AtOnce, stopping) is { Count: > 0 } discarded)
        {
            foreach (var hash in discarded) await _store.DropFileAsync(hash, _files.Delete, stopping);
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
            using var response = await _http.GetAsync(pending.Attachment.Url, HttpCompletionOption.ResponseHeadersRead, cancellation);
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(cancellation);
            if (await _files.SaveAsync(content, Largest, cancellation) is not { } stored)
            {
                await TooLargeAsync(pending, cancellation);
                return;
            }
            var type = pending.Attachment.ContentType ?? response.Content.Headers.ContentType?.ToString();
            if (!await _store.AttachmentStoredAsync(pending.Guild, pending.Ticket, pending.Attachment.Id, stored.Hash, type, stored.Size, cancellation))
                await _store.DiscardFileAsync(stored.Hash, _time.GetUtcNow(), cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or StoreUnavailableException or InvalidOperationException)
        {
            await PostponeAsync(pending, failure, cancellation);
        }
    }

    private Task TooLargeAsync(PendingAttachment pending, CancellationToken cancellation) =>
        _store.AttachmentFailedAsync(pending.Guild, pending.Ticket, pending.Attachment.Id, AttachmentState.TooLarge, _time.GetUtcNow(), "larger than what is kept", cancellation);

    private async Task PostponeAsync(PendingAttachment pending, Exception failure, CancellationToken cancellation)
    {
        var file = pending.Attachment;
        LogNotCopied(file.Id, file.Attempts + 1, failure.Message);
        var last = file.Attempts + 1 >= MostTries || failure is HttpRequestException { StatusCode: System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone };
        var due = _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, file.Attempts + 1));
        await _store.AttachmentFailedAsync(
            pending.Guild, pending.Ticket, file.Id, last ? AttachmentState.Failed : AttachmentState.Pending, due, failure.Message, cancellation);
        if (!last) _rounds.WakeAt(_time.GetUtcNow() + LookAgainAfter);
    }

    /// <summary>Stops; what is not copied yet is copied by the next start.</summary>
    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attachment {Attachment} was not copied at attempt {Attempt}: {Why}")]
    private partial void LogNotCopied(ulong attachment, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Copying attachments stopped and is taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
