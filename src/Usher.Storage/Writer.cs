using System.Data.Common;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Usher.Storage;

/// <summary>
/// The one that writes. Units of work queue up; whatever waits is run together, each behind a savepoint, and committed once: a commit
/// costs about the same for one unit as for a hundred, and SQLite lets one write at a time anyway.
/// </summary>
/// <remarks>A unit may be run twice (when those it stood with had to be undone), so it must do nothing but read and write the database.</remarks>
internal sealed partial class Writer : IAsyncDisposable
{
    private const int LargestBatch = 256;
    private const int MostTries = 4;

    private readonly StoreConnection _connection;
    private readonly Dialect _dialect;
    private readonly ILogger _logger;
    private readonly Channel<WriteUnit> _queue = Channel.CreateUnbounded<WriteUnit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public Writer(StoreConnection connection, Dialect dialect, ILogger logger)
    {
        (_connection, _dialect, _logger) = (connection, dialect, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Runs a unit of work and answers once it is committed.</summary>
    /// <param name="work">The work.</param>
    /// <param name="keep">Whether a result is to be kept; otherwise what the work wrote is undone.</param>
    /// <param name="cancellationToken">Takes the unit back as long as it waits; once begun it is brought to its end.</param>
    public Task<T> WriteAsync<T>(Func<StoreConnection, Task<T>> work, Func<T, bool> keep, CancellationToken cancellationToken)
    {
        var unit = new WriteUnit<T>(work, keep, cancellationToken);
        return _queue.Writer.TryWrite(unit) ? unit.Done : throw new ObjectDisposedException(nameof(DeskStore));
    }

    /// <summary>Does something with the writer's connection outside any transaction, such as what a database does to its own files. Whoever writes meanwhile waits.</summary>
    public Task AloneAsync(Func<StoreConnection, Task> work, CancellationToken cancellationToken)
    {
        var unit = new WriteUnit<bool>(
            async connection =>
            {
                await work(connection);
                return true;
            },
            _ => true,
            cancellationToken)
        { StandsAlone = true };
        return _queue.Writer.TryWrite(unit) ? unit.Done : throw new ObjectDisposedException(nameof(DeskStore));
    }

    /// <summary>Finishes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<WriteUnit>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            WriteUnit? alone = null;
            while (batch.Count < LargestBatch && alone is null && _queue.Reader.TryRead(out var unit))
            {
                if (unit.WasTakenBack()) continue;
                if (unit.IsAlone) alone = unit;
                else batch.Add(unit);
            }
            if (batch.Count > 0) await CommitAsync(batch);
            batch.Clear();
            if (alone is not null) await DoAloneAsync(alone);
        }
    }

    private async Task DoAloneAsync(WriteUnit unit)
    {
        try
        {
            await unit.RunAsync(_connection);
        }
        catch (Exception exception)
        {
            unit.Fail(Explained(exception));
            return;
        }
        unit.Complete();
    }

    private async Task CommitAsync(List<WriteUnit> batch)
    {
        var failure = await TryHardAsync(batch);
        if (failure is null) return;
        foreach (var unit in batch)
        {
            // One unit too large for the disk must not take the small ones down with it: each gets its own try.
            // A lock is different, and a server that is away: it was waited for already, and waiting anew for each would hold everybody up for minutes.
            if (batch.Count > 1 && failure?.Reason is not (StoreFailure.Locked or StoreFailure.Unreachable)) failure = await TryHardAsync([unit]);
            if (failure is not null) unit.Fail(failure);
        }
    }

    // Where two programs were in each other's way, or the server was started anew, the next try may well succeed.
    private async Task<StoreUnavailableException?> TryHardAsync(List<WriteUnit> batch)
    {
        var failure = await TryAsync(batch);
        for (var tries = 1; tries < MostTries && failure is not null && _dialect.IsWorthAnotherTry(failure.InnerException); tries++) failure = await TryAsync(batch);
        return failure;
    }

    private async Task<StoreUnavailableException?> TryAsync(List<WriteUnit> batch)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await _connection.BeginAsync();
            foreach (var unit in batch) await RunAsync(unit);
            await _connection.CommitAsync();
        }
        catch (Exception exception)
        {
            await RollBackAsync();
            var failure = Explained(exception);
            StoreMeter.Failed(failure.Reason);
            LogFailed(batch.Count, failure.Reason, exception);
            return failure;
        }
        StoreMeter.Committed(batch.Count, Stopwatch.GetElapsedTime(begun));
        foreach (var unit in batch) unit.Complete();
        return null;
    }

    private StoreUnavailableException Explained(Exception exception) => _dialect.Explain(exception)
        ?? new StoreUnavailableException(StoreFailure.Other, $"The database answered with something unexpected: {exception.Message}", exception);

    private async Task RunAsync(WriteUnit unit)
    {
        await _connection.BeginUnitAsync();
        try
        {
            if (await unit.RunAsync(_connection)) await _connection.EndUnitAsync();
            else await _connection.UndoUnitAsync();
        }
        catch (Exception fault) when (_dialect.Explain(fault) is null)
        {
            // The unit's own fault: its neighbours go on.
            await _connection.UndoUnitAsync();
            unit.Blame(fault);
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            await _connection.RollBackAsync();
        }
        catch (DbException exception)
        {
            LogNotRolledBack(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Units} writes failed together: {Reason}")]
    private partial void LogFailed(int units, StoreFailure reason, Exception exception);

    [LoggerMessage(LogLevel.Error, "A failed write could not be rolled back")]
    private partial void LogNotRolledBack(Exception exception);
}
