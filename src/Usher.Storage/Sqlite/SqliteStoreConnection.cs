using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Usher.Storage.Sqlite;

/// <summary>A connection to a file, with the statements it has prepared.</summary>
internal sealed class SqliteStoreConnection(SqliteConnection connection, Dialect dialect) : StoreConnection
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private ReadingName? _name;

    public override Dialect Dialect => dialect;

    public override IEnumerable<string> Statements => _prepared.Keys;

    public override Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken = default) => Bind(sql).ExecuteNonQueryAsync(cancellationToken);

    public override Task PutAsync(Sql sql, bool givesRows = false) => ExecuteAsync(sql);

    protected override async Task<DbDataReader> QueryAsync(Sql sql, CancellationToken cancellationToken) => await Bind(sql).ExecuteReaderAsync(cancellationToken);

    [SuppressMessage("Security", "CA2100", Justification = "Scripts are constants or embedded in this assembly.")]
    public override async Task RunScriptAsync(string script, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override void SpeakFor(ReadingName? name) => _name = name;

    // Writes are serial, so the lock is taken at once: a transaction that began by reading could be refused it halfway.
    public override Task BeginAsync(CancellationToken cancellationToken = default) => ExecuteAsync($"begin immediate", cancellationToken);

    public override Task BeginUnitAsync() => ExecuteAsync($"savepoint unit");

    public override Task EndUnitAsync() => ExecuteAsync($"release unit");

    public override async Task UndoUnitAsync()
    {
        await ExecuteAsync($"rollback to unit");
        await ExecuteAsync($"release unit");
    }

    public override Task CommitAsync(CancellationToken cancellationToken = default) => ExecuteAsync($"commit", cancellationToken);

    // After some failures SQLite has ended the transaction by itself.
    public override Task RollBackAsync() => raw.sqlite3_get_autocommit(connection.Handle) == 0 ? ExecuteAsync($"rollback") : Task.CompletedTask;

    /// <summary>
    /// Covers every table with a view of its name that shows what the member may see who is spoken for: a name without a schema means the
    /// view, whatever the query says.
    /// </summary>
    public async Task BuildWallsAsync(CancellationToken cancellationToken)
    {
        // Nobody is called zero.
        connection.CreateFunction("usher_guild", () => unchecked((long)(_name?.Guild.Value ?? 0)), isDeterministic: true);
        connection.CreateFunction("usher_member", () => unchecked((long)(_name?.Member.Value ?? 0)), isDeterministic: true);
        var tables = await ListAsync($"select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'", row => row.GetString(0), cancellationToken);
        foreach (var table in tables)
        {
            var sees = MemberWall.Of(table) is { } rows ? $"guild_id = usher_guild() and {rows}" : "false";
            await RunScriptAsync($"create temp view \"{table}\" as select * from main.\"{table}\" where {sees}", cancellationToken);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private SqliteCommand Bind(Sql sql)
    {
        var text = sql.Text;
        if (!_prepared.TryGetValue(text, out var command)) _prepared[text] = command = Prepare(text, sql.Count);
        for (var i = 0; i < sql.Count; i++) command.Parameters[i].Value = sql.ValueAt(i) ?? DBNull.Value;
        return command;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Sql makes everything that varies a parameter.")]
    private SqliteCommand Prepare(string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = Sql.NameOf(i) });
        return command;
    }
}
