using System.Data.Common;
using System.Threading.Channels;

namespace Usher.Storage;

/// <summary>A few connections that only read. Readers see what was committed and never wait for the writer.</summary>
internal sealed class Readers : IAsyncDisposable
{
    private readonly Channel<StoreConnection> _idle;
    private readonly Dialect _dialect;

    private Readers(Channel<StoreConnection> idle, Dialect dialect) => (_idle, _dialect) = (idle, dialect);

    public static async Task<Readers> OpenAsync(Dialect dialect, int count, CancellationToken cancellationToken)
    {
        var idle = Channel.CreateBounded<StoreConnection>(count);
        for (var i = 0; i < count; i++) idle.Writer.TryWrite(await dialect.OpenAsync(forWriting: false, cancellationToken));
        return new Readers(idle, dialect);
    }

    /// <exception cref="StoreUnavailableException">The database cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var connection = await TakeAsync(cancellationToken);
        try
        {
            return await read(connection, cancellationToken);
        }
        catch (DbException exception) when (_dialect.Explain(exception) is not null)
        {
            throw _dialect.Explain(exception)!;
        }
        finally
        {
            if (!_idle.Writer.TryWrite(connection)) await connection.DisposeAsync();
        }
    }

    private async Task<StoreConnection> TakeAsync(CancellationToken cancellationToken)
    {
        while (await _idle.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_idle.Reader.TryRead(out var connection)) return connection;
        }
        throw new ObjectDisposedException(nameof(DeskStore));
    }

    public async ValueTask DisposeAsync()
    {
        _idle.Writer.TryComplete();
        while (_idle.Reader.TryRead(out var connection)) await connection.DisposeAsync();
    }
}
