using System.Data.Common;
using Microsoft.Extensions.Logging;
using Usher.Desk.Engine;
using Usher.Desk.Values;

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
    private const int RecentTicketsKept = 500;

    private readonly DeskRules _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<DeskStore> _logger;
    private readonly Dialect? _dialect;
    private readonly Writer? _writer;
    private readonly Readers _readers;
    private readonly Readers _inNames;
    private readonly ReadingName? _name;
    private readonly RecentTickets _recent = new(RecentTicketsKept);

    private DeskStore(StoreOptions options, Writer writer, Dialect dialect, ILogger<DeskStore> logger)
    {
        (_rules, _time, _writer, _dialect, _logger) = (options.Rules, options.Time, writer, dialect, logger);
        (_readers, _inNames) = (new Readers(dialect, Purpose.Reading), new Readers(dialect, Purpose.ReadingInAName));
    }

    private DeskStore(DeskStore whole, ReadingName name) =>
        (_rules, _time, _logger, _readers, _inNames, _name) = (whole._rules, whole._time, whole._logger, whole._readers, whole._inNames, name);

    /// <exception cref="InvalidOperationException">This is the store in a member's name.</exception>
    internal Writer Writer => _writer ?? throw new InvalidOperationException("Nothing is written in a member's name: what members do are commands, which the desk decides.");

    /// <summary>The statements that a reader has run so far.</summary>
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
            connection = await dialect.OpenAsync(Purpose.Writing, cancellationToken);
            await dialect.PrepareAsync(connection, cancellationToken);
            await Migrator.MigrateAsync(connection, options.Rules, options.Time, until: long.MaxValue, cancellationToken);
            var logger = loggers.CreateLogger<DeskStore>();
            if (await dialect.DoubtAsync(connection, cancellationToken) is { } doubt) LogDoubt(logger, doubt);
            return new DeskStore(options, new Writer(connection, dialect, logger), dialect, logger);
        }
        catch (Exception exception)
        {
            if (connection is not null) await connection.DisposeAsync();
            await dialect.DisposeAsync();
            if (exception is StoreUnavailableException || dialect.Explain(exception) is not { } failure) throw;
            throw failure;
        }
    }

    /// <summary>
    /// The store as one member may see it, for what is asked in their name: every reading shows their own tickets, messages, files and forms alone, and no
    /// notes, whatever it asks for; nothing can be written. The database itself keeps to that: PostgreSQL by row-level security, SQLite by views.
    /// </summary>
    /// <param name="guild">The guild.</param>
    /// <param name="member">The member.</param>
    public DeskStore InNameOf(GuildId guild, UserId member) => new(this, new ReadingName(guild, member));

    /// <summary>Whether the database can be both read and written now.</summary>
    public async Task<bool> PingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync((db, token) => db.FindAsync($"select 1", _ => true, token), cancellationToken);
            // Taking the writer's lock and committing nothing shows a lock held elsewhere, a file gone read-only, a writer that hangs.
            await WriteAsync(db => db.FindAsync($"select 1", _ => true), cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Finishes the writes that wait, and closes. In a member's name there is nothing to close.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_name is not null) return;
        await Writer.DisposeAsync();
        await _readers.DisposeAsync();
        await _inNames.DisposeAsync();
        await _dialect!.DisposeAsync();
    }

    private Task<T> ReadAsync<T>(Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        (_name is null ? _readers : _inNames).ReadAsync(_name, read, cancellationToken);

    private Task<T?> FindAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        ReadAsync((db, token) => db.FindAsync(sql, read, token), cancellationToken);

    private async Task<IReadOnlyList<T>> ListAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken) =>
        await ReadAsync((db, token) => db.ListAsync(sql, read, token), cancellationToken);

    private Task<T> WriteAsync<T>(Func<StoreConnection, Task<T>> work, CancellationToken cancellationToken) =>
        Writer.WriteAsync(work, _ => true, cancellationToken);

    private Task<bool> ChangeAsync(Sql sql, CancellationToken cancellationToken) =>
        Writer.WriteAsync(db => db.ChangesAsync(sql), _ => true, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Doubt}")]
    private static partial void LogDoubt(ILogger logger, string doubt);
}
