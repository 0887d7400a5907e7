using Microsoft.Extensions.Logging;
using Usher.Storage;

namespace Usher.Engine.Archive;

/// <summary>After an upgrade: makes searchable what was kept before, a little at a time beside everything else, and goes on where the last start left off.</summary>
public sealed partial class IndexLoop(DeskStore store, TimeProvider time, ILogger<IndexLoop> log) : IAsyncDisposable
{
    // Whoever clicks meanwhile has the database between two pieces of work.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Begin() => _work = RunAsync();

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (await MoreAsync()) { }
        }
        catch (OperationCanceledException)
        {
            // The next start goes on.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    private async Task<bool> MoreAsync()
    {
        try
        {
            if (!await store.IndexMoreAsync(MessageWords.ForSearch, _stopping.Token)) return false;
            await Task.Delay(Pause, time, _stopping.Token);
        }
        catch (StoreUnavailableException away)
        {
            LogAway(away.Message);
            await Task.Delay(AgainAfter, time, _stopping.Token);
        }
        return true;
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was kept before there was a search is made searchable later: {Why}")]
    private partial void LogAway(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was kept before there was a search cannot be made searchable; the next start tries again.")]
    private partial void LogFailed(Exception failure);
}
