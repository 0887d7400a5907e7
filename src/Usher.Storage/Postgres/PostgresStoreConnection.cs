using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Usher.Desk.Values;

namespace Usher.Storage.Postgres;

/// <summary>
/// A connection to a PostgreSQL server. What has no answer of its own (where a transaction or a unit begins and ends, whose walls hold) waits
/// and goes with the next statement: every turn costs the way there and back.
/// </summary>
/// <remarks>
/// A statement that names a guild sees that guild alone; one that names none is the desk's own and sees them all (<see cref="Walls"/>). A connection
/// that was lost is opened anew when the next transaction or the next reading begins.
/// </remarks>
internal sealed class PostgresStoreConnection(NpgsqlConnection connection, PostgresDialect dialect, Purpose purpose) : StoreConnection
{
    private const string SetWalls = "select set_config('usher.scope', $1, true), set_config('usher.guild', $2, true), set_config('usher.member', $3, true)";
    // What can be found in no order of its own, as words can, is found by bitmaps alone. And of a table of a million rows the server would rather read all and sort them than walk through some thousand.
    // It would plan that anew each time, too, and so what is sought, only to come to do the same.
    private const string SetWalk = "select set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    // With the server's usual 4 MB it remembers of long lists only on which pages there is something, and reads these from end to end.
    private const string SetSought = "select set_config('usher.sought', $1, true), set_config('work_mem', '32MB', true), set_config('plan_cache_mode', 'force_generic_plan', true)";

    private NpgsqlBatch _batch = new(connection);
    private readonly HashSet<string> _statements = new(StringComparer.Ordinal);
    private readonly List<Waiting> _waiting = [];
    private ReadingName? _name;
    private bool _inTransaction;

    // Where the unit begins among what waits; -1 once it was sent.
    private int _unitAt;

    // The walls that hold in the transaction; null where that is uncertain.
    private Scope? _scope;
    private string? _transactionId;

    public override Dialect Dialect => dialect;

    public override IEnumerable<string> Statements => _statements;

    public override async Task<int> ExecuteAsync(Sql sql, CancellationToken cancellationToken = default)
    {
        await using (var reader = await SendAsync(sql, cancellationToken))
        {
            while (await reader.NextResultAsync(cancellationToken)) { }
        }
        return _batch.BatchCommands[^1].RecordsAffected;
    }

    public override Task PutAsync(Sql sql, bool givesRows = false)
    {
        Enclose(sql);
        _waiting.Add(new Waiting(Command(sql), givesRows ? Answers.Unread : Answers.Nothing, IsWork: true));
        return Task.CompletedTask;
    }

    protected override async Task<DbDataReader> QueryAsync(Sql sql, CancellationToken cancellationToken) => await SendAsync(sql, cancellationToken);

    [SuppressMessage("Security", "CA2100", Justification = "Scripts are constants, embedded in this assembly, or made of names that are quoted.")]
    public override async Task RunScriptAsync(string script, CancellationToken cancellationToken = default)
    {
        await SendWaitingAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = script;
        // A migration takes as long as it takes.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override void SpeakFor(ReadingName? name) => _name = name;

    public override async Task BeginAsync(CancellationToken cancellationToken = default)
    {
        if (connection.FullState != System.Data.ConnectionState.Open) await ReopenAsync(cancellationToken);
        _inTransaction = true;
        _transactionId = null;
        _scope = Scope.Desk;
        _waiting.Clear();
        Wait("begin isolation level read committed");
        // By it the server tells later what became of a commit whose answer was lost.
        Wait("select pg_current_xact_id()::text", Answers.TransactionId);
    }

    public override Task BeginUnitAsync()
    {
        _unitAt = _waiting.Count;
        Wait("savepoint unit");
        return Task.CompletedTask;
    }

    public override async Task EndUnitAsync()
    {
        // What is wrong with a unit must show while it can be undone alone.
        if (_waiting.Exists(waiting => waiting.IsWork)) await SendWaitingAsync(CancellationToken.None);
        Wait("release savepoint unit");
        _unitAt = -1;
    }

    public override Task UndoUnitAsync()
    {
        _scope = null;
        if (_unitAt >= 0)
        {
            _waiting.RemoveRange(_unitAt, _waiting.Count - _unitAt);
        }
        else
        {
            _waiting.Clear();
            Wait("rollback to savepoint unit");
            Wait("release savepoint unit");
        }
        _unitAt = -1;
        return Task.CompletedTask;
    }

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        Wait("commit");
        try
        {
            await SendWaitingAsync(cancellationToken);
        }
        catch (Exception exception) when (IsLost)
        {
            if (_transactionId is not { } id || !await dialect.WasCommittedAsync(id, exception)) throw;
        }
        _inTransaction = false;
    }

    public override async Task RollBackAsync()
    {
        var wasBegun = _inTransaction && _transactionId is not null;
        _waiting.Clear();
        _inTransaction = false;
        if (IsLost) await connection.CloseAsync();
        else if (wasBegun) await SendAloneAsync("rollback");
    }

    public override async ValueTask DisposeAsync()
    {
        await _batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    private bool IsLost => connection.FullState != System.Data.ConnectionState.Open;

    private async Task<NpgsqlDataReader> SendAsync(Sql sql, CancellationToken cancellationToken)
    {
        var wasOld = !IsLost;
        if (!_inTransaction && !wasOld) await ReopenAsync(cancellationToken);
        try
        {
            Enclose(sql);
            return await SendOnceAsync(Command(sql), cancellationToken);
        }
        catch (Exception exception) when (!_inTransaction && wasOld && IsLost && dialect.Explain(exception) is not null)
        {
            // The server was started anew since the last reading: reading again does no harm. What was prepared is gone with the connection.
            await ReopenAsync(cancellationToken);
            Enclose(sql);
            return await SendOnceAsync(Command(sql), cancellationToken);
        }
    }

    private async Task<NpgsqlDataReader> SendOnceAsync(NpgsqlBatchCommand? command, CancellationToken cancellationToken)
    {
        _batch.BatchCommands.Clear();
        foreach (var waiting in _waiting) _batch.BatchCommands.Add(waiting.Command);
        if (command is not null) _batch.BatchCommands.Add(command);
        var answers = _waiting.Where(waiting => waiting.Answers != Answers.Nothing).Select(waiting => waiting.Answers).ToArray();
        _waiting.Clear();
        _unitAt = -1;
        var reader = await _batch.ExecuteReaderAsync(cancellationToken);
        try
        {
            foreach (var answer in answers)
            {
                if (answer == Answers.TransactionId && await reader.ReadAsync(cancellationToken)) _transactionId = reader.GetString(0);
                await reader.NextResultAsync(cancellationToken);
            }
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    private async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0) return;
        await using var reader = await SendOnceAsync(null, cancellationToken);
        while (await reader.NextResultAsync(cancellationToken)) { }
    }

    private async Task SendAloneAsync(string statement)
    {
        Wait(statement);
        await SendWaitingAsync(CancellationToken.None);
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await connection.CloseAsync();
        await _batch.DisposeAsync();
        _batch = new NpgsqlBatch(connection);
        _waiting.Clear();
        await dialect.BeginSessionAsync(connection, purpose, cancellationToken);
    }

    // Walls hold until the transaction ends; without one they are set for every statement.
    private void Enclose(Sql sql)
    {
        var guild = sql.Guild;
        if (sql.Sought is { } sought) _waiting.Add(new Waiting(Setting(SetSought, sought), Answers.Unread));
        if (sql.IsWalk) _waiting.Add(new Waiting(new NpgsqlBatchCommand(SetWalk), Answers.Unread));
        var scope = _name is { } name ? Scope.Of(name) : guild is { } one ? Scope.Of(one) : Scope.Desk;
        if (!_inTransaction && scope == Scope.Desk && purpose != Purpose.ReadingInAName) return;
        if (_inTransaction && scope == _scope) return;
        _scope = scope;
        _waiting.Add(new Waiting(Setting(SetWalls, scope.Name, scope.Guild, scope.Member), Answers.Unread));
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are constants.")]
    private static NpgsqlBatchCommand Setting(string statement, params ReadOnlySpan<string> values)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    private void Wait(string statement, Answers answers = Answers.Nothing) => _waiting.Add(new Waiting(new NpgsqlBatchCommand(statement), answers));

    [SuppressMessage("Security", "CA2100", Justification = "Sql makes everything that varies a parameter.")]
    private NpgsqlBatchCommand Command(Sql sql)
    {
        var text = sql.Text;
        _statements.Add(text);
        var command = new NpgsqlBatchCommand(text);
        for (var i = 0; i < sql.Count; i++)
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = sql.IsText(i) ? NpgsqlDbType.Text : NpgsqlDbType.Bigint,
                Value = sql.ValueAt(i) is { } value ? value is string said ? Storable(said) : value : DBNull.Value,
            });
        }
        return command;
    }

    // PostgreSQL's text knows no NUL, and no half of a pair that UTF-8 has no bytes for; what people send may hold both.
    private static string Storable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace('\0', '\uFFFD');
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    private enum Answers
    {
        Nothing,
        Unread,
        TransactionId,
    }

    private sealed record Waiting(NpgsqlBatchCommand Command, Answers Answers, bool IsWork = false);

    private sealed record Scope(string Name, string Guild, string Member)
    {
        public static Scope Desk { get; } = new(Walls.DeskScope, "", "");

        public static Scope Of(GuildId guild) => new("", Number(guild.Value), "");

        public static Scope Of(ReadingName name) => new("", Number(name.Guild.Value), Number(name.Member.Value));

        private static string Number(ulong id) => unchecked((long)id).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
