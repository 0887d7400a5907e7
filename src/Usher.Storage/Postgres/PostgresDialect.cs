using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Usher.Desk.Texts;
using Usher.Desk.Values;
using Usher.Storage.Searching;

namespace Usher.Storage.Postgres;

/// <summary>A database of a PostgreSQL server, 14 or later.</summary>
internal sealed class PostgresDialect : Dialect
{
    // Functions with bodies that are bound when they are made came with it.
    private const int OldestVersion = 14;
    private const int LongestConnectSeconds = 5;
    private const int PreparedStatements = 200;
    private const int KeepAliveSeconds = 30;

    // How long one program waits for another's migration.
    private const string MigrationPatience = "60s";

    // Whoever migrates holds it: the letters of «Usher».
    private const long MigrationLock = 0x5573686572;
    // Whoever adds to an audit log holds it, together with the guild: the letters of «Audi».
    private const long AuditLock = 0x41756469;
    private static readonly TimeSpan DoubtPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan DoubtPause = TimeSpan.FromMilliseconds(250);

    private readonly StoreOptions _options;
    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly NpgsqlDataSource _source;

    // What sessions become where no wall would hold them; null where the walls hold them anyway.
    private string? _role;

    // Whether no wall holds what Usher runs as.
    private bool _isExempt;

    private PostgresDialect(StoreOptions options, NpgsqlConnectionStringBuilder address)
    {
        _options = options;
        _address = address;
        Failures = new PostgresFailures(address);
        address.ApplicationName = "usher";
        address.Timeout = LongestConnectSeconds;
        // The server gives up first; this is for one that says nothing at all.
        address.CommandTimeout = (int)options.StatementTimeout.TotalSeconds + LongestConnectSeconds;
        // Connections stay with whoever took them: one writes, a few read.
        address.Pooling = false;
        address.MaxAutoPrepare = PreparedStatements;
        address.AutoPrepareMinUsages = 2;
        // A socket of this machine has nothing to keep alive.
        address.TcpKeepAlive = !address.Host!.StartsWith('/');
        if (address.TcpKeepAlive) address.TcpKeepAliveTime = KeepAliveSeconds;
        var source = new NpgsqlSlimDataSourceBuilder(address.ConnectionString);
        // Numbers and text are all that is stored: nothing need be asked about types.
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (address.SslMode is not SslMode.Disable) source.EnableTransportSecurity();
        _source = source.Build();
    }

    private PostgresFailures Failures { get; }

    /// <summary>The dialect, when the address is that of a PostgreSQL database.</summary>
    /// <exception cref="StoreUnavailableException">It is meant to be one, and is wrong.</exception>
    public static PostgresDialect? TryOf(StoreOptions options)
    {
        if (!PostgresUrl.IsOne(options.DatabaseUrl)) return null;
        var address = PostgresUrl.Read(options.DatabaseUrl, out var wrong) ?? throw new StoreUnavailableException(StoreFailure.Other, $"{wrong} {PostgresUrl.Shape}");
        return new PostgresDialect(options, address);
    }

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override int MostReaders => 8;

    /// <inheritdoc/>
    protected override string Identity => "bigint generated always as identity primary key";

    /// <inheritdoc/>
    protected override string TimeOf(string column) => $"to_timestamp({column} / 1000.0)";

    /// <inheritdoc/>
    protected override string AnswersOf(string column) =>
        $"(select coalesce(json_object_agg(answer ->> 'question', answer -> 'value'), '{{}}') from json_array_elements({column}::json -> 'answers') as answer)";

    /// <inheritdoc/>
    public override void AddIndexed(Sql sql, string tokens, string words, Language language)
    {
        sql.Add($" array_to_tsvector(string_to_array({tokens} || ' ' || {SearchTokens.Opener} || t.opener_id || ' ' || {SearchTokens.Department} || encode(convert_to(t.department, 'UTF8'), 'hex'), ' '))");
        if (ConfigurationOf(language) is { } configuration) sql.Add($" || strip(to_tsvector({configuration}::regconfig, {words}))");
    }

    /// <inheritdoc/>
    public override void AddMoved(Sql sql, string from, string to) => sql.Add($"ts_delete(words, {from}) || array_to_tsvector(array[{to}])");

    // What is sought is said beside the statement: the wall of a table of its own asks for it, since behind walls nothing else may use such an index.
    /// <inheritdoc/>
    public override void AddSearch(Sql sql, IReadOnlyList<string> periods, IReadOnlyList<string> days, IEnumerable<SearchTerm> terms)
    {
        var sought = terms.Select(term => AnyOf(periods.SelectMany(period => FormsOf(term, period))));
        sql.Sought = string.Join(" & ", days.Count == 0 ? sought : sought.Append(AnyOf(days.Select(day => $"'{day}'"))));
        // Where no wall holds, nothing else would keep to what is sought.
        sql.AppendLiteral($"from {Walls.Sought} s where {(_isExempt ? Walls.IsSought : "true")}");
    }

    /// <inheritdoc/>
    public override void AddFits(Sql sql, SearchTerm term) => sql.Add($"s.words @@ (select {AnyOf(FormsOf(term, period: ""))}::tsquery)");

    // As the server last estimated it; below zero it never has.
    /// <inheritdoc/>
    public override Sql SizeOfIndex => Statement($"select greatest(reltuples, 0)::bigint from pg_class where oid = 'search'::regclass");

    /// <inheritdoc/>
    public override SqlWords Joined(string column) => new($"string_agg({column}, '')");

    /// <inheritdoc/>
    public override Sql? StemsOf(string words, Language language) => ConfigurationOf(language) is { } configuration
        ? Statement($"select word, stem from unnest(string_to_array({words}, ' ')) as word, unnest(ts_lexize(({configuration} || '_stem')::regdictionary, word)) as stem")
        : null;

    private static string? ConfigurationOf(Language language) => language switch
    {
        Language.English => "english",
        Language.French => "french",
        Language.BrazilianPortuguese => "portuguese",
        // Chinese words have no forms.
        _ => null,
    };

    private static string AnyOf(IEnumerable<string> written) => "(" + string.Join(" | ", written) + ")";

    private static IEnumerable<string> FormsOf(SearchTerm term, string period)
    {
        yield return $"'{period}{term.Text}'" + (term.IsBeginning ? ":*" : "");
        if (term.Stem is { } stem && stem != term.Text) yield return $"'{period}{stem.Replace("'", "''", StringComparison.Ordinal)}'";
        foreach (var other in term.Others) yield return $"'{period}{other}'";
    }

    /// <inheritdoc/>
    public override async Task<StoreConnection> OpenAsync(Purpose purpose, CancellationToken cancellationToken)
    {
        var connection = _source.CreateConnection();
        try
        {
            await BeginSessionAsync(connection, purpose, cancellationToken);
            return new PostgresStoreConnection(connection, this, purpose);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a connection and says how it is meant.</summary>
    public async Task BeginSessionAsync(NpgsqlConnection connection, Purpose purpose, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestVersion)
            throw new StoreUnavailableException(StoreFailure.Other, string.Create(CultureInfo.InvariantCulture, $"The database server is PostgreSQL {connection.PostgreSqlVersion.Major}; Usher needs {OldestVersion} or later."));
        await using var command = connection.CreateCommand();
        var (scope, isolation) = purpose == Purpose.ReadingInAName ? ("", "serializable") : (Walls.DeskScope, "read committed");
        // Whatever the server or the role has as its own: the walls depend on these. Statements are short: compiling one would take longer than running it.
        command.CommandText = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            set lock_timeout = {(long)_options.LockTimeout.TotalMilliseconds}; set statement_timeout = {(long)_options.StatementTimeout.TotalMilliseconds};
            set default_transaction_isolation = '{isolation}'; set default_transaction_read_only = {(purpose == Purpose.Writing ? "off" : "on")};
            {(_role is null ? "" : WalledRole.Enter(_role) + ";")} set usher.scope = '{scope}'; set usher.guild = ''; set usher.member = ''; set usher.sought = ''; set jit = off; set client_min_messages = warning
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <inheritdoc/>
    public override async Task PrepareAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        if (await ExemptAsync(connection, cancellationToken) is null) return;
        await connection.BeginAsync(cancellationToken);
        try
        {
            await LockForMigrationAsync(connection, cancellationToken);
            var owner = await connection.FindAsync(
                $"select rolname::text from pg_roles where oid = (select relowner from pg_class where oid = to_regclass({Migrator.Versions})) and not (rolsuper or rolbypassrls)",
                row => row.GetString(0),
                cancellationToken);
            if (owner is null) await connection.RunScriptAsync(WalledRole.Script, cancellationToken);
            await connection.RunScriptAsync(WalledRole.Enter(owner ?? WalledRole.Name), cancellationToken);
            await connection.CommitAsync(cancellationToken);
            _role = owner ?? WalledRole.Name;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // One that is exempt and may make no roles: whoever runs the program is told.
            await connection.RollBackAsync();
        }
    }

    /// <inheritdoc/>
    public override async Task LockForMigrationAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        await connection.RunScriptAsync(string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = 0; set local lock_timeout = '{MigrationPatience}'; select pg_advisory_xact_lock({MigrationLock})"), cancellationToken);
        if (_address.SearchPath is { } schema) await connection.RunScriptAsync($"create schema if not exists \"{schema}\"", cancellationToken);
    }

    // With the next statement, which looks for the end of the log; it holds until the commit.
    /// <inheritdoc/>
    public override Task LockAuditAsync(StoreConnection connection, GuildId guild) => connection.PutAsync($"select pg_advisory_xact_lock({guild} # {AuditLock})", givesRows: true);

    /// <inheritdoc/>
    public override Task<bool> ForgetWordsAsync(StoreConnection connection, bool isFirst) => Task.FromResult(false);

    // The server clears away by itself what nobody can read any more, and keeps what it needs to be restored as its operator told it to.
    /// <inheritdoc/>
    public override Task WipeAsync(StoreConnection connection) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Sql Has(string table) => Statement($"select count(*) from pg_class where oid = to_regclass({table})");

    /// <inheritdoc/>
    public override async Task BuildWallsAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        var tables = await connection.ListAsync(
            $"""
            select c.relname, exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'guild_id' and not a.attisdropped)
            from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
              and c.relowner = (select relowner from pg_class where oid = to_regclass({Migrator.Versions})) order by c.relname
            """,
            row => new Walls.Table(row.GetString(0), row.GetBoolean(1)),
            cancellationToken);
        var script = Walls.Script(tables);
        var stamp = "walls " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        // Building takes every table for itself, which programs that are at work would feel: so only when something is different.
        var built = await connection.FindAsync($"select obj_description(to_regclass({Migrator.Versions}), 'pg_class')", row => row.TextOrNull(0), cancellationToken);
        if (built != stamp) await connection.RunScriptAsync($"{script}\ncomment on table {Migrator.Versions} is '{stamp}'", cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<string?> DoubtAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        var exempt = await ExemptAsync(connection, cancellationToken);
        _isExempt = exempt is not null;
        if (exempt is null) return null;
        return $"The database role «{exempt}» is exempt from row-level security, and may make no role that is not: the database does not keep guilds and members apart by itself. Let DATABASE_URL name an ordinary role that owns the database.";
    }

    private static Task<string?> ExemptAsync(StoreConnection connection, CancellationToken cancellationToken) =>
        connection.FindAsync($"select rolname::text from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)", row => row.GetString(0), cancellationToken);

    /// <inheritdoc/>
    public override bool IsSlotTaken(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "tickets_open_slot" };

    /// <inheritdoc/>
    public override StoreUnavailableException? Explain(Exception exception) => Failures.Explain(exception);

    /// <inheritdoc/>
    public override bool IsWorthAnotherTry(Exception? exception) => Failures.IsWorthAnotherTry(exception);

    /// <summary>What became of a transaction whose commit was sent and whose answer was lost.</summary>
    /// <param name="transaction">The server's number of it.</param>
    /// <param name="lost">How the connection was lost.</param>
    /// <exception cref="StoreUnavailableException">The server does not come back in time, so nobody knows.</exception>
    public async Task<bool> WasCommittedAsync(string transaction, Exception lost)
    {
        // The server's own time counts here, also where a test holds the desk's clock.
        using var patience = new CancellationTokenSource(DoubtPatience, TimeProvider.System);
        while (true)
        {
            try
            {
                await using var connection = await OpenAsync(Purpose.Reading, patience.Token);
                var status = await connection.FindAsync($"select pg_xact_status({transaction}::xid8)", row => row.TextOrNull(0), patience.Token);
                if (status != "in progress") return status == "committed";
            }
            catch (Exception exception) when (exception is OperationCanceledException || Explain(exception) is not null)
            {
                if (patience.IsCancellationRequested) throw Failures.InDoubt(lost);
            }
            await Task.Delay(DoubtPause, TimeProvider.System);
        }
    }

    private static Sql Statement(Sql sql) => sql;
}
