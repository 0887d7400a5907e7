using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Usher.Storage;

/// <summary>What differs from database to database. So far: SQLite.</summary>
internal sealed partial class Dialect
{
    private const string Scheme = "sqlite:";

    // Negative: in KiB. The default of 2 MB holds too little of a busy desk, and every page that is missing is read again from the file.
    private const string CacheSize = "-8192";

    private readonly StoreOptions _options;
    private readonly string _path;

    static Dialect() => Batteries_V2.Init();

    private Dialect(StoreOptions options, string path)
    {
        _options = options;
        _path = path;
    }

    /// <summary>The dialect that the address asks for.</summary>
    public static Dialect Of(StoreOptions options)
    {
        if (!options.DatabaseUrl.StartsWith(Scheme, StringComparison.Ordinal) || options.DatabaseUrl.Length == Scheme.Length)
            throw new StoreUnavailableException(StoreFailure.Other, "The database's address must have the form sqlite:PATH, such as sqlite:data/usher.db.");
        return new Dialect(options, Path.GetFullPath(options.DatabaseUrl[Scheme.Length..]));
    }

    /// <summary>Writes are serial, so the lock is taken at once: a transaction that began by reading could be refused it halfway.</summary>
    public static Sql Begin => Statement($"begin immediate");

    /// <summary>Fills in what a migration leaves open.</summary>
    public static string Translate(string migration) => PlaceForm.Replace(
        migration,
        place => place.Groups["what"].Value switch
        {
            "identity" => "integer primary key autoincrement",
            // A column of milliseconds since 1970, as people and other programs read times.
            "time" => $"strftime('%Y-%m-%dT%H:%M:%fZ', {place.Groups["column"].Value} / 1000.0, 'unixepoch')",
            // The answers of a ticket's JSON, as an object of questions.
            "answers" => $"(select json_group_object(json_extract(value, '$.question'), json_extract(value, '$.value')) from json_each({place.Groups["column"].Value}, '$.answers'))",
            var unknown => throw new InvalidOperationException($"A migration leaves open what nobody fills in: {unknown}."),
        });

    [GeneratedRegex(@"\{(?<what>\w+)(?: (?<column>\w+))?\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceForm { get; }

    /// <summary>Makes the database fit for one writer beside many readers.</summary>
    public static Task PrepareAsync(StoreConnection connection, CancellationToken cancellationToken) =>
        connection.RunScriptAsync("pragma journal_mode = wal", cancellationToken);

    /// <summary>Opens a connection.</summary>
    public async Task<StoreConnection> OpenAsync(bool forWriting, CancellationToken cancellationToken)
    {
        if (forWriting) Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            // The driver's own waiting sleeps in coarse steps; SQLite's (busy_timeout) is finer, so the driver's is as short as it goes.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var opened = new StoreConnection(connection);
            var busy = ((long)_options.LockTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var synchronous = _options.SurvivesPowerCut ? "full" : "normal";
            await opened.RunScriptAsync(
                $"pragma busy_timeout = {busy}; pragma foreign_keys = on; pragma synchronous = {synchronous}; pragma cache_size = {CacheSize}; pragma query_only = {(forWriting ? "off" : "on")}",
                cancellationToken);
            return opened;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a transaction is under way; after some failures the database has ended it by itself.</summary>
    public static bool InTransaction(StoreConnection connection) => raw.sqlite3_get_autocommit(((SqliteConnection)connection.Connection).Handle) == 0;

    /// <summary>Whether a write was refused because the opener's slot is taken.</summary>
    public static bool IsSlotTaken(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } && exception.Message.Contains("tickets.slot", StringComparison.Ordinal);

    /// <summary>What a failure means to people; null when it is a fault of ours and no trouble of the database's.</summary>
    public StoreUnavailableException? Explain(Exception exception) => exception switch
    {
        StoreUnavailableException known => known,
        SqliteException sqlite => Explain(sqlite),
        UnauthorizedAccessException => Unavailable(StoreFailure.ReadOnly, $"The folder of {_path} cannot be written. Give this account the right to write there.", exception),
        IOException => Unavailable(StoreFailure.Other, $"The folder of {_path} cannot be made or used.", exception),
        _ => null,
    };

    private StoreUnavailableException? Explain(SqliteException exception) => (exception.SqliteErrorCode, exception.SqliteExtendedErrorCode) switch
    {
        (raw.SQLITE_BUSY or raw.SQLITE_LOCKED, _) =>
            Unavailable(StoreFailure.Locked, $"Another program holds the database {_path} locked. End it, or wait until it is done.", exception),
        (raw.SQLITE_FULL, _) or (_, raw.SQLITE_IOERR_SHMSIZE) =>
            Unavailable(StoreFailure.DiskFull, $"The disk that holds {_path} is full. Make room there; work goes on by itself.", exception),
        (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB, _) =>
            Unavailable(StoreFailure.Corrupt, $"The file {_path} is damaged or no database. Restore it from a backup.", exception),
        (raw.SQLITE_READONLY or raw.SQLITE_PERM, _) =>
            Unavailable(StoreFailure.ReadOnly, $"The database {_path} cannot be written. Give this account the right to write it and its folder.", exception),
        (raw.SQLITE_CANTOPEN, _) =>
            Unavailable(StoreFailure.Other, $"The database {_path} cannot be opened. See that the path is right and this account may use it.", exception),
        (raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS, _) =>
            Unavailable(StoreFailure.Other, $"The database {_path} cannot be read or written: {exception.Message}", exception),
        _ => null,
    };

    private static StoreUnavailableException Unavailable(StoreFailure reason, string sentence, Exception exception) => new(reason, sentence, exception);

    private static Sql Statement(Sql sql) => sql;
}
