using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Usher.Storage;

/// <summary>One open connection with the statements it has prepared. Used by one caller at a time.</summary>
internal sealed class StoreConnection(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

    public DbConnection Connection => connection;

    public IEnumerable<string> Statements => _prepared.Keys;

    public Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken = default) =>
        Bind(sql).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Whether the statement changed anything.</summary>
    public async Task<bool> ChangesAsync(Sql sql) => await ExecuteAsync(sql) > 0;

    /// <summary>The first row; the type's default when there is none.</summary>
    public async Task<T?> FindAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using var rows = await Bind(sql).ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? read(rows) : default;
    }

    public async Task<List<T>> ListAsync<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using var rows = await Bind(sql).ExecuteReaderAsync(cancellationToken);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken)) list.Add(read(rows));
        return list;
    }

    /// <summary>Runs a script of our own, such as a migration.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Scripts are constants or embedded in this assembly.")]
    public async Task RunScriptAsync(string script, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private DbCommand Bind(Sql sql)
    {
        var text = sql.Text;
        if (!_prepared.TryGetValue(text, out var command)) _prepared[text] = command = Prepare(text, sql.Values.Count);
        for (var i = 0; i < sql.Values.Count; i++) command.Parameters[i].Value = sql.Values[i];
        return command;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Sql makes everything that varies a parameter.")]
    private DbCommand Prepare(string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = Sql.NameOf(i);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
