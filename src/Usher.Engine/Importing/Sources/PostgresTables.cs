using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Usher.Storage.Postgres;

namespace Usher.Engine.Importing.Sources;

/// <summary>A PostgreSQL database of another program, read as it was at one moment, in a transaction that cannot write, for a limited time.</summary>
internal sealed class PostgresTables : ISourceTables
{
    private const int LongestConnectSeconds = 10;
    private const int LongestReadSeconds = 600;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresTables(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<string> names) => (_connection, _transaction, Names) = (connection, transaction, names);

    public IReadOnlyList<string> Names { get; }

    public static async Task<PostgresTables> OpenAsync(string url, CancellationToken cancellation)
    {
        var address = PostgresUrl.Read(url, out var wrong) ?? throw new ImportException($"{wrong} {PostgresUrl.Shape}");
        (address.Timeout, address.CommandTimeout, address.Pooling, address.Passfile) = (LongestConnectSeconds, LongestReadSeconds, false, null);
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
            await ExecuteAsync(connection, "set transaction read only", cancellation);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {LongestReadSeconds * 1000}"), cancellation);
            return new PostgresTables(connection, transaction, await NamesAsync(connection, cancellation));
        }
        catch (Exception failure) when (IsOfTheDatabase(failure))
        {
            await connection.DisposeAsync();
            throw Unreadable(failure);
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The name is one that the database itself gave, and stands quoted.")]
    public async IAsyncEnumerable<SourceRow> RowsAsync(string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select row_to_json(t)::text from \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\" t", _connection, _transaction);
        await using var rows = await GuardedAsync(() => command.ExecuteReaderAsync(cancellation));
        for (var place = 1; await GuardedAsync(() => rows.ReadAsync(cancellation)); place++)
        {
            using var json = JsonDocument.Parse(rows.GetString(0));
            yield return JsonRows.RowOf(string.Create(CultureInfo.InvariantCulture, $"{table} {place}"), json.RootElement, key: null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select table_name::text from information_schema.tables where table_schema = any(current_schemas(false)) order by 1", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await rows.ReadAsync(cancellation)) names.Add(rows.GetString(0));
        return names;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Only words of this file.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<T> GuardedAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (IsOfTheDatabase(failure))
        {
            throw Unreadable(failure);
        }
    }

    private static bool IsOfTheDatabase(Exception failure) => failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException;

    private static ImportException Unreadable(Exception failure) =>
        new(failure is PostgresException refused ? $"The database answers: {refused.MessageText}." : "The database does not answer.", failure);
}
