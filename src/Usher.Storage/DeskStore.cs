using System.Data.Common;
using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;

namespace Usher.Storage;

/// <summary>
/// All that the desk remembers: tickets, facts, effects, timers, the inbox, the archive, sessions and panels. Writes are committed in
/// groups; whoever awaits one gets its answer after the commit, and reads begun then see it. Safe to use from anywhere at once.
/// </summary>
/// <remarks>
/// Every method throws <see cref="StoreUnavailableException"/> when the database cannot do its work; nothing of the call was then written.
/// Cancelling takes a write back as long as it waits its turn; once begun it is brought to its end.
/// </remarks>
public sealed partial class DeskStore : IAsyncDisposable
{
    internal const int ReaderCount = 4;
    private const int RecentTicketsKept = 500;

    private readonly DeskRules _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<DeskStore> _logger;
    private readonly Readers _readers;
    private readonly RecentTickets _recent = new(RecentTicketsKept);

    private DeskStore(StoreOptions options, Writer writer, Readers readers, ILogger<DeskStore> logger) =>
        (_rules, _time, Writer, _readers, _logger) = (options.Rules, options.Time, writer, readers, logger);

    internal Writer Writer { get; }

    /// <summary>The statements that a reader has run so far; the next call asks the next reader.</summary>
    internal Task<IReadOnlyList<string>> StatementsAsync(CancellationToken cancellationToken) =>
        ReadAsync((db, _) => Task.FromResult<IReadOnlyList<string>>([.. db.Statements]), cancellationToken);

    /// <summary>Opens the store, bringing its tables up to date first.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened: the message says why and what helps.</exception>
    public static async Task<DeskStore> OpenAsync(StoreOptions options, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var dialect = Dialect.Of(options);
        StoreConnection? connection = null;
        try
        {
            connection = await dialect.OpenAsync(forWriting: true, cancellationToken);
            await Dialect.PrepareAsync(connection, cancellationToken);
            await Migrator.MigrateAsync(connection, options.Time, cancellationToken);
            var readers = await Readers.OpenAsync(dialect, ReaderCount, cancellationToken);
            var logger = loggers.CreateLogger<DeskStore>();
            return new DeskStore(options, new Writer(connection, dialect, logger), readers, logger);
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            if (exception is StoreUnavailableException || dialect.Explain(exception) is not { } failure) throw;
            throw failure;
        }
    }

    /// <summary>Whether the database can be both read and written now.</summary>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync((db, token) => db.FindAsync($"select 1", row => row.GetInt64(0), token), cancellationToken);
            // Taking the writer's lock and committing nothing shows a lock held elsewhere, a file gone read-only, a writer that hangs.
            await WriteAsync(db => db.FindAsync($"select 1", row => row.GetInt64(0)), cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Finishes the writes that wait, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await _readers.DisposeAsync();
    }

    private Task<T> ReadAsync<T>(Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(read, cancellationToken);

    private Task<T?> FindAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync((db, token) => db.FindAsync(sql, read, token), cancellationToken);

    private async Task<IReadOnlyList<T>> ListAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await _readers.ReadAsync((db, token) => db.ListAsync(sql, read, token), cancellationToken);

    private Task<T> WriteAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken) =>
        Writer.WriteAsync(work, _ => true, cancellationToken);

    private Task<bool> ChangeAsync(Sql sql, CancellationToken cancellationToken) =>
        Writer.WriteAsync(db => db.ChangesAsync(sql), _ => true, cancellationToken);
}
