using Microsoft.Extensions.Logging;
using Usher.Desk.Settings;
using Usher.Engine.Guilds;
using Usher.Engine.Queue;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>Copies attachments as they arrive: Discord's links to them die with the message or after a day.</summary>
/// <remarks>https://discord.com/developers/docs/reference#signed-attachment-cdn-urls</remarks>
public sealed partial class AttachmentLoop : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const int SentAtOnce = 32;
    private const int MostTries = 6;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    // One file that does not come must not keep the others waiting.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    private static readonly AttachmentSettings Usual = new();

    private readonly DeskStore _store;
    private readonly FileStore _files;
    private readonly FileRoom _room;
    private readonly GuildDirectory _guilds;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<AttachmentLoop> _log;
    private readonly Rounds _rounds;
    private string? _trouble;

    /// <summary>Makes a loop that waits to be woken.</summary>
    public AttachmentLoop(DeskStore store, FileStore files, FileRoom room, GuildDirectory guilds, HttpClient http, TimeProvider time, Activity activity, ILogger<AttachmentLoop> log)
    {
        (_store, _files, _room, _guilds, _http, _time, _log) = (store, files, room, guilds, http, time, log);
        _rounds = new Rounds(RoundAsync, LogRoundFailed, time, activity) { AfterTrouble = LookAgainAfter };
    }

    /// <summary>There may be something to copy.</summary>
    public void Wake() => _rounds.Wake();

    // Here and nowhere else are bytes stored, sent away or deleted, and never two of these at once: the same content could be wanted anew.
    private async Task RoundAsync(CancellationToken stopping)
    {
        _room.Recount();
        while (await CopySomeAsync(stopping)) { }
        var away = await TroubleOfAsync(async () =>
        {
            // What people send now goes before what has lain here for long.
            if (await _files.SendAsync(SentAtOnce, stopping) == SentAtOnce) _rounds.Wake();
        });
        // What cannot go there holds up nothing that is to be deleted there.
        away = await TroubleOfAsync(() => DiscardAsync(stopping)) ?? away;
        TellOf(away);
        // There is one alarm: the earlier of what waits for its next attempt, and of another look at the bucket.
        var again = away is null ? (DateTimeOffset?)null : _time.GetUtcNow() + LookAgainAfter;
        var next = await _store.NextAttachmentAsync(stopping);
        if (next is null || again < next) next = again;
        if (next is { } due) _rounds.WakeAt(due);
    }

    // What cannot go stays in the folder, where whoever asks for it finds it; what cannot be deleted stays a row.
    private static async Task<string?> TroubleOfAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (StoreUnavailableException away)
        {
            return away.Message;
        }
    }

    private void TellOf(string? away)
    {
        if (away is not null && away != _trouble) LogBucketAway(away);
        if (away is null && _trouble is not null) LogBucketBack();
        _trouble = away;
    }

    private async Task<bool> CopySomeAsync(CancellationToken stopping)
    {
        var pending = await _store.PendingAttachmentsAsync(_time.GetUtcNow(), AtOnce * 4, stopping);
        if (pending.Count == 0) return false;
        await Parallel.ForEachAsync(pending, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, CopyAsync);
        return true;
    }

    private async Task DiscardAsync(CancellationToken stopping)
    {
        while (await _store.DiscardedFilesAsync(AtOnce, stopping) is { Count: > 0 } discarded)
        {
            foreach (var hash in discarded)
            {
                if (!await _store.IsFileWantedAsync(hash, stopping)) await _files.DeleteElsewhereAsync(hash, stopping);
                await _store.DropFileAsync(hash, _files.Delete, stopping);
            }
        }
    }

    private async ValueTask CopyAsync(PendingAttachment pending, CancellationToken cancellation)
    {
        var file = pending.Attachment;
        var limits = _guilds.SettingsOf(pending.Guild)?.Attachments ?? Usual;
        using var patience = new CancellationTokenSource(LongestSilence, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            if (await WhyNotAsync(pending, limits, cancellation) is { } why)
            {
                await EndAsync(pending, why, cancellation);
                return;
            }
            using var response = await _http.GetAsync(file.Url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            response.EnsureSuccessStatusCode();
            var type = file.ContentType ?? response.Content.Headers.ContentType?.ToString();
            if (!limits.Keeps(file.FileName, type))
            {
                await EndAsync(pending, AttachmentState.Refused, cancellation);
                return;
            }
            await using var content = new AwaitedStream(await response.Content.ReadAsStreamAsync(either.Token), () => patience.CancelAfter(LongestSilence));
            if (await _files.SaveAsync(content, limits.Largest, either.Token) is not { } stored)
            {
                await EndAsync(pending, AttachmentState.TooLarge, cancellation);
                return;
            }
            if (!await _store.AttachmentStoredAsync(pending.Guild, pending.Ticket, file.Id, stored.Hash, type, stored.Size, cancellation))
                await _store.DiscardFileAsync(stored.Hash, _time.GetUtcNow(), cancellation);
        }
        catch (StoreUnavailableException unkept)
        {
            await WaitAsync(pending, unkept, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Whatever is the matter with one file is its own: the others are copied.
            await PostponeAsync(pending, patience.IsCancellationRequested ? new TimeoutException("Nothing came for half a minute.", failure) : failure, cancellation);
        }
    }

    // Why it is not even fetched; null when it is.
    private async Task<AttachmentState?> WhyNotAsync(PendingAttachment pending, AttachmentSettings limits, CancellationToken cancellation)
    {
        var file = pending.Attachment;
        if (!limits.Keeps(file.FileName, file.ContentType)) return AttachmentState.Refused;
        if (file.Size > limits.Largest) return AttachmentState.TooLarge;
        if (await _room.TakeAsync(pending.Guild, file.Size, limits.Room, cancellation)) return null;
        if (await _room.TellFullAsync(pending.Guild, limits.Room!.Value, cancellation)) LogFull(pending.Guild.Value, limits.Room.Value);
        return AttachmentState.NoRoom;
    }

    private Task EndAsync(PendingAttachment pending, AttachmentState state, CancellationToken cancellation) => _store.AttachmentFailedAsync(
        pending.Guild, pending.Ticket, pending.Attachment.Id, state, _time.GetUtcNow(),
        state switch
        {
            AttachmentState.TooLarge => "larger than what is kept",
            AttachmentState.Refused => "of a kind that is not kept",
            _ => "the room for files is used up",
        },
        cancellation);

    // A full disk is nothing that the file is to blame for: it waits as long as it takes.
    private async Task WaitAsync(PendingAttachment pending, StoreUnavailableException unkept, CancellationToken cancellation)
    {
        var due = _time.GetUtcNow() + LookAgainAfter;
        LogNotCopied(pending.Attachment.Id, pending.Attachment.Attempts + 1, unkept.Message);
        await _store.AttachmentPostponedAsync(pending.Guild, pending.Ticket, pending.Attachment.Id, due, unkept.Message, cancellation);
    }

    private async Task PostponeAsync(PendingAttachment pending, Exception failure, CancellationToken cancellation)
    {
        var file = pending.Attachment;
        LogNotCopied(file.Id, file.Attempts + 1, failure.Message);
        var last = file.Attempts + 1 >= MostTries || failure is HttpRequestException { StatusCode: System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone };
        var due = _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Pow(4, file.Attempts + 1));
        await _store.AttachmentFailedAsync(
            pending.Guild, pending.Ticket, file.Id, last ? AttachmentState.Failed : AttachmentState.Pending, due, failure.Message, cancellation);
    }

    /// <summary>Stops; what is not copied yet is copied by the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _rounds.DisposeAsync();
        _room.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attachment {Attachment} was not copied at attempt {Attempt}: {Why}")]
    private partial void LogNotCopied(ulong attachment, int attempt, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files wait in the data folder: {Why}")]
    private partial void LogBucketAway(string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The object store is there again; what waited went there.")]
    private partial void LogBucketBack();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room for files of guild {Guild} is used up ({Bytes} bytes): new ones are not kept.")]
    private partial void LogFull(ulong guild, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Copying attachments stopped and is taken up again shortly.")]
    private partial void LogRoundFailed(Exception failure);
}
