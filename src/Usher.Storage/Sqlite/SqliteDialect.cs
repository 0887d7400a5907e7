using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage.Sqlite;

/// <summary>A file on this machine.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const string Scheme = "sqlite:";

    // Negative: in KiB. The default of 2 MB holds too little of a busy desk, and every page that is missing is read again from the file.
    private const string CacheSize = "-8192";

    // Some milliseconds of work.
    private const long PagesAtOnce = 128;

    // A second or two of work.
    private const long MostWiped = 256L * 1024 * 1024;

    private readonly StoreOptions _options;
    private readonly string _path;

    static SqliteDialect()
    {
        Batteries_V2.Init();
        ShortSleep.Install();
    }

    private SqliteDialect(StoreOptions options, string path)
    {
        _options = options;
        _path = path;
    }

    /// <summary>The dialect, when the address is a file's.</summary>
    public static SqliteDialect? TryOf(StoreOptions options) =>
        options.DatabaseUrl.StartsWith(Scheme, StringComparison.Ordinal) && options.DatabaseUrl.Length > Scheme.Length
            ? new SqliteDialect(options, Path.GetFullPath(options.DatabaseUrl[Scheme.Length..]))
            : null;

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override int MostReaders => 4;

    /// <inheritdoc/>
    protected override string Identity => "integer primary key autoincrement";

    /// <inheritdoc/>
    protected override string TimeOf(string column) => $"strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch')";

    /// <inheritdoc/>
    protected override string AnswersOf(string column) =>
        $"(select json_group_object(json_extract(value, '$.question'), json_extract(value, '$.value')) from json_each({column}, '$.answers'))";

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public override Task PrepareAsync(StoreConnection connection, CancellationToken cancellationToken) =>
        connection.RunScriptAsync("pragma journal_mode = wal", cancellationToken);

    // The writer's lock, which its transaction begins with, is also the migration's.
    /// <inheritdoc/>
    public override Task LockForMigrationAsync(StoreConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    // The writer's lock, again.
    /// <inheritdoc/>
    public override Task LockAuditAsync(StoreConnection connection, GuildId guild) => Task.CompletedTask;

    // Until its pieces are merged into one, the index keeps words and remembers beside them that they are gone. https://www.sqlite.org/fts5.html#the_merge_command
    /// <inheritdoc/>
    public override async Task<bool> ForgetWordsAsync(StoreConnection connection, bool isFirst)
    {
        var before = await connection.FindAsync($"select total_changes()", row => row.GetInt64(0));
        await connection.ExecuteAsync($"insert into search_words (search_words, rank) values ('merge', {(isFirst ? -PagesAtOnce : PagesAtOnce)})");
        return await connection.FindAsync($"select total_changes()", row => row.GetInt64(0)) - before >= 2;
    }

    // Freed space holds what stood there until something else is written to it; so does the log beside the file. A large file would keep everybody waiting for too long.
    /// <inheritdoc/>
    public override async Task WipeAsync(StoreConnection connection)
    {
        var size = await connection.FindAsync($"select page_count * page_size from pragma_page_count(), pragma_page_size()", row => row.GetInt64(0));
        if (size <= MostWiped) await connection.RunScriptAsync("vacuum");
        await connection.RunScriptAsync("pragma wal_checkpoint(truncate)");
    }

    // A file knows no roles. Connections that read in a member's name have walls of their own.
    /// <inheritdoc/>
    public override Task BuildWallsAsync(StoreConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task<string?> DoubtAsync(StoreConnection connection, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc/>
    public override Sql Has(string table) => Statement($"select count(*) from sqlite_master where type = 'table' and name = {table}");

    /// <inheritdoc/>
    public override void AddIndexed(Sql sql, string tokens, string words, Language language) => sql.Add($" {tokens} || ' ' || {SearchTokens.Opener} || t.opener_id || ' ' || {SearchTokens.Department} || lower(hex(t.department))");

    /// <inheritdoc/>
    public override void AddMoved(Sql sql, string from, string to) => sql.Add($"rtrim(replace(words || ' ', ' ' || {from} || ' ', ' ' || {to} || ' '))");

    // The full-text table is named with its schema, for a member's view of it shows nothing: it says which rows have a token, and the index, which is joined, is walled.
    /// <inheritdoc/>
    public override void AddSearch(Sql sql, IReadOnlyList<string> periods, IReadOnlyList<string> days, IEnumerable<SearchTerm> terms)
    {
        var sought = terms.Select(term => AnyOf(periods.SelectMany(period => FormsOf(term, period))));
        var match = string.Join(" AND ", days.Count == 0 ? sought : sought.Append(AnyOf(days.Select(day => $"\"{day}\""))));
        sql.Add($"from main.search_words w cross join search s on s.id = w.rowid where w.search_words match {match}");
    }

    // The words stand in the index as text, with a space between them.
    /// <inheritdoc/>
    public override void AddFits(Sql sql, SearchTerm term)
    {
        sql.Add($"(instr(' ' || s.words || ' ', {(term.IsBeginning ? " " + term.Text : " " + term.Text + " ")}) > 0");
        foreach (var other in term.Others) sql.Add($" or instr(' ' || s.words || ' ', {" " + other + " "}) > 0");
        sql.AppendLiteral(")");
    }

    /// <inheritdoc/>
    public override Sql SizeOfIndex => Statement($"select coalesce(max(id), 0) from search");

    /// <inheritdoc/>
    public override SqlWords Joined(string column) => new($"group_concat({column}, '')");

    // FTS5 could tell forms of English words alone.
    /// <inheritdoc/>
    public override Sql? StemsOf(string words, Language language) => null;

    private static IEnumerable<string> FormsOf(SearchTerm term, string period) =>
        term.Others.Select(other => $"\"{period}{other}\"").Prepend($"\"{period}{term.Text}\"" + (term.IsBeginning ? " *" : ""));

    private static string AnyOf(IEnumerable<string> written) => "(" + string.Join(" OR ", written) + ")";

    /// <inheritdoc/>
    public override async Task<StoreConnection> OpenAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        var forWriting = purpose == Purpose.Writing;
        if (forWriting) Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var address = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            // SQLite waits for a lock itself (busy_timeout); the driver's waiting on top of it is as short as it goes.
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var opened = new SqliteStoreConnection(connection, this);
            var busy = ((long)_options.LockTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var synchronous = _options.SurvivesPowerCut ? "full" : "normal";
            await opened.RunScriptAsync(
                $"pragma busy_timeout = {busy}; pragma foreign_keys = on; pragma synchronous = {synchronous}; pragma cache_size = {CacheSize}", cancellationToken);
            if (purpose == Purpose.ReadingInAName) await opened.BuildWallsAsync(cancellationToken);
            if (!forWriting) await opened.RunScriptAsync("pragma query_only = on", cancellationToken);
            return opened;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override bool IsSlotTaken(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT } && exception.Message.Contains("tickets.slot", StringComparison.Ordinal);

    // A lock was waited for already, and nothing else passes in a moment.
    /// <inheritdoc/>
    public override bool IsWorthAnotherTry(Exception? exception) => false;

    /// <inheritdoc/>
    public override StoreUnavailableException? Explain(Exception exception) => exception switch
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
