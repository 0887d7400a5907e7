using System.Data.Common;

namespace Usher.Storage;

/// <summary>A few connections that only read, opened when they are needed first. Readers see what was committed and never wait for the writer.</summary>
internal sealed class Readers(Dialect dialect, Purpose purpose) : IAsyncDisposable
{
    // Longer than any reading should take; whoever still waits then is told, rather than kept for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _free = new(dialect.MostReaders);
    private readonly Lock _gate = new();
    private readonly Stack<StoreConnection> _idle = new();
    private bool _closed;

    /// <summary>What the database speaks.</summary>
    public Dialect Dialect => dialect;

    /// <summary>Reads with one of the connections.</summary>
    /// <param name="name">In whose name; null in nobody's.</param>
    /// <param name="read">What is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public async Task<T> ReadAsync<T>(ReadingName? name, Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(Patience, cancellationToken))
            throw new StoreUnavailableException(StoreFailure.Locked, "The database has more to read than it can answer. Wait a moment.");
        StoreConnection? connection = null;
        try
        {
            connection = Idle() ?? await dialect.OpenAsync(purpose, cancellationToken);
            connection.SpeakFor(name);
            return await read(connection, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException && dialect.Explain(exception) is not null)
        {
            throw dialect.Explain(exception)!;
        }
        finally
        {
            if (connection is not null) await GiveBackAsync(connection);
            _free.Release();
        }
    }

    private StoreConnection? Idle()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(DeskStore));
            return _idle.TryPop(out var connection) ? connection : null;
        }
    }

    private async ValueTask GiveBackAsync(StoreConnection connection)
    {
        connection.SpeakFor(null);
        lock (_gate)
        {
            if (!_closed)
            {
                _idle.Push(connection);
                return;
            }
        }
        await connection.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        List<StoreConnection> idle;
        lock (_gate)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
        }
        foreach (var connection in idle) await connection.DisposeAsync();
    }
}
