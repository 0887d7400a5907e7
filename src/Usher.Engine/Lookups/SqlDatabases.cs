using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Usher.Desk.Settings;
using Usher.Storage.Postgres;

namespace Usher.Engine.Lookups;

/// <summary>Databases of others, which are only ever read: each in a read-only transaction, with a time limit that the server keeps.</summary>
public sealed class SqlDatabases : IAsyncDisposable
{
    // The server gives up before the desk does, so that no query runs on after its ticket.
    private const int LongestQueryMilliseconds = 2500;
    private const int LongestConnectSeconds = 2;
    private const int MostConnections = 8;
    private const int IdleSeconds = 60;

    private readonly ConcurrentDictionary<string, NpgsqlDataSource> _databases = new(StringComparer.Ordinal);

    /// <summary>Asks for columns of a query's rows.</summary>
    /// <param name="url">The database.</param>
    /// <param name="query">The query of the settings, with <c>{name}</c> for its values.</param>
    /// <param name="columns">The columns; no other is fetched.</param>
    /// <param name="most">How many rows at most.</param>
    /// <param name="value">The value of a name.</param>
    /// <param name="cancellation">Stops the query.</param>
    internal async Task<IReadOnlyList<SqlRow>> ReadAsync(Secret? url, string query, IReadOnlyList<string> columns, int most, Func<string, string?> value, CancellationToken cancellation)
    {
        if (url is null) throw new SourceException("its address is not set");
        var database = _databases.GetOrAdd(url.Value, Connect);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set transaction read only"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {LongestQueryMilliseconds}")));
        batch.BatchCommands.Add(Statement(query, columns, most, value));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var rows = new List<SqlRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var values = new object?[columns.Count];
            for (var i = 0; i < values.Length; i++) values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(new SqlRow(columns, values));
        }
        return rows;
    }

    /// <summary>
    /// The statement: the query stands within another, which takes the columns alone. There it can be nothing but a query, and only one.
    /// Its values go apart from it, untyped, so that the server reads each as what it is compared with.
    /// </summary>
    internal static NpgsqlBatchCommand Statement(string query, IReadOnlyList<string> columns, int most, Func<string, string?> value)
    {
        var names = SourceNames.In(query).Where(name => value(name) is not null).ToList();
        var numbered = SourceNames.Fill(query, name => names.IndexOf(name) is >= 0 and var index ? $"${(index + 1).ToString(CultureInfo.InvariantCulture)}" : $"{{{name}}}");
        var command = new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"select {string.Join(", ", columns.Select(Quoted))} from (\n{numbered}\n) as looked_up limit {most}"));
        foreach (var name in names) command.Parameters.Add(new NpgsqlParameter { Value = value(name), NpgsqlDbType = NpgsqlDbType.Unknown });
        return command;
    }

    private static string Quoted(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static NpgsqlDataSource Connect(string url)
    {
        var address = PostgresUrl.Read(url, out var wrong) ?? throw new SourceException(wrong);
        address.ApplicationName = "usher";
        address.Timeout = LongestConnectSeconds;
        address.CommandTimeout = LongestQueryMilliseconds / 1000 + 1;
        address.MaxPoolSize = MostConnections;
        address.ConnectionIdleLifetime = IdleSeconds;
        // Nobody is there to type it, and the desk reads nothing that was not named to it.
        address.Passfile = null;
        return NpgsqlDataSource.Create(address);
    }

    /// <summary>Lets go of every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values) await database.DisposeAsync();
    }
}

/// <summary>A row with the columns that were asked for.</summary>
internal sealed record SqlRow(IReadOnlyList<string> Columns, object?[] Values)
{
    internal object? this[string column]
    {
        get
        {
            for (var i = 0; i < Columns.Count; i++)
                if (Columns[i] == column) return Values[i];
            return null;
        }
    }
}
