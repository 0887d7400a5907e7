using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Usher.Engine.Queue;

/// <summary>Does work in order within a key and side by side across keys. A lane exists while it has work.</summary>
public sealed partial class LocalQueue(Activity activity, ILogger<LocalQueue> log)
{
    private readonly ConcurrentDictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _waiting;

    /// <summary>How much work waits for its turn.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>Puts work at the end of a lane. A failure is logged and ends that piece of work only.</summary>
    /// <param name="key">The lane, such as a ticket's.</param>
    /// <param name="work">What to do.</param>
    /// <returns>When the work has been done.</returns>
    public Task Add(string key, Func<Task> work)
    {
        activity.Begin();
        Interlocked.Increment(ref _waiting);
        Task added;
        lock (_gate)
        {
            var before = _lanes.GetValueOrDefault(key, Task.CompletedTask);
            added = RunAfterAsync(before, key, work);
            _lanes[key] = added;
        }
        _ = LeaveAsync(key, added);
        return added;
    }

    private async Task RunAfterAsync(Task before, string key, Func<Task> work)
    {
        // The caller holds the gate: work must never run on its stack.
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _waiting);
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(key, failure);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not committed is done by the next start.
        }
        finally
        {
            activity.End();
        }
    }

    private async Task LeaveAsync(string key, Task added)
    {
        await added.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (_lanes.TryGetValue(key, out var last) && last == added) _lanes.TryRemove(key, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work of {Lane} failed and is left to its next try.")]
    private partial void LogFailed(string lane, Exception failure);
}
