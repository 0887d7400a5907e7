namespace Usher.Engine.Queue;

/// <summary>Counts what is under way, so that a stop can wait for it and a test can know that everything has settled.</summary>
public sealed class Activity
{
    private readonly Lock _gate = new();
    private int _running;
    private TaskCompletionSource? _quiet;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate) return _running == 0;
        }
    }

    /// <summary>Something begins.</summary>
    public void Begin()
    {
        lock (_gate) _running++;
    }

    /// <summary>Something ended.</summary>
    public void End()
    {
        TaskCompletionSource? quiet = null;
        lock (_gate)
        {
            if (--_running == 0) (quiet, _quiet) = (_quiet, null);
        }
        quiet?.SetResult();
    }

    /// <summary>Waits until nothing is under way.</summary>
    public Task WhenQuietAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_running == 0) return Task.CompletedTask;
            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _quiet.Task.WaitAsync(cancellation);
        }
    }
}
