namespace Usher.Storage;

/// <summary>A unit of work that waits to be written, and whoever waits for it.</summary>
internal abstract class WriteUnit
{
    /// <summary>Whether it is done by itself, outside any transaction.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Whether the caller gave up before it began; then the caller has been told.</summary>
    public abstract bool WasTakenBack();

    /// <summary>Does the work; false when what it wrote must be undone.</summary>
    public abstract Task<bool> RunAsync(StoreConnection connection);

    /// <summary>The work failed by its own fault: the caller is told when the rest is committed.</summary>
    public abstract void Blame(Exception fault);

    /// <summary>All is committed: the caller gets the result.</summary>
    public abstract void Complete();

    /// <summary>Nothing was written: the caller gets the failure.</summary>
    public abstract void Fail(Exception failure);
}

internal sealed class WriteUnit<T>(Func<StoreConnection, Task<T>> work, Func<T, bool> keep, CancellationToken cancellationToken) : WriteUnit
{
    // The caller goes on elsewhere, never on the writer's back.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _fault;

    public Task<T> Done => _done.Task;

    public override bool IsAlone => StandsAlone;

    public bool StandsAlone { get; init; }

    public override bool WasTakenBack() => cancellationToken.IsCancellationRequested && _done.TrySetCanceled(cancellationToken);

    public override async Task<bool> RunAsync(StoreConnection connection)
    {
        _fault = null;
        _result = await work(connection);
        return keep(_result);
    }

    public override void Blame(Exception fault) => _fault = fault;

    public override void Complete()
    {
        if (_fault is not null) _done.SetException(_fault);
        else _done.SetResult(_result!);
    }

    public override void Fail(Exception failure) => _done.SetException(failure);
}
