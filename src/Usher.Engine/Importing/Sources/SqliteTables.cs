using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Usher.Engine.Importing.Sources;

/// <summary>A SQLite file of another program, opened so that nothing can be written.</summary>
internal sealed class SqliteTables : ISourceTables
{
    private readonly SqliteConnection _connection;
    private readonly string _file;

    static SqliteTables() => SQLitePCL.Batteries_V2.Init();

    private SqliteTables(SqliteConnection connection, string file, IReadOnlyList<string> names) => (_connection, _file, Names) = (connection, file, names);

    public IReadOnlyList<string> Names { get; }

    public static SqliteTables Open(string path)
    {
        var file = Path.GetFileName(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\' order by name";
            using var rows = command.ExecuteReader();
            var names = new List<string>();
            while (rows.Read()) names.Add(rows.GetString(0));
            return new SqliteTables(connection, file, names);
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw Unreadable(file, failure);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The name is one that the file itself gave, and stands quoted.")]
    public async IAsyncEnumerable<SourceRow> RowsAsync(string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"select * from \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await using var rows = Guarded(command.ExecuteReader);
        var names = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        for (var place = 1; Guarded(rows.Read); place++)
        {
            cancellation.ThrowIfCancellationRequested();
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Count; i++)
                if (Guarded(() => TextOf(rows.GetValue(i))) is { } text) fields[names[i]] = text;
            yield return new SourceRow(string.Create(CultureInfo.InvariantCulture, $"{table} {place}"), fields);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static string? TextOf(object value) => value switch
    {
        DBNull => null,
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        // Bytes are neither words nor ids.
        _ => null,
    };

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException failure)
        {
            throw Unreadable(_file, failure);
        }
    }

    private static ImportException Unreadable(string file, SqliteException failure) => new(
        failure.SqliteErrorCode switch
        {
            11 or 26 => $"«{file}» is damaged or cut off: SQLite cannot read it to its end. Copy it again, with the program that writes it stopped.",
            5 or 6 => $"«{file}» is locked by the program that writes it. Stop that program, or copy the file.",
            14 => $"«{file}» cannot be opened for reading. Copy it, with the -wal file beside it if there is one, into a folder of yours.",
            _ => $"«{file}» cannot be read: SQLite error {failure.SqliteErrorCode.ToString(CultureInfo.InvariantCulture)}.",
        },
        failure);
}
