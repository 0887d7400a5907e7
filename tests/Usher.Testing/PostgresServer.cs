using Npgsql;
using Usher.Sandbox.Database;

namespace Usher.Testing;

/// <summary>A real PostgreSQL, started once in a test run when the first test needs it, and gone with the run. Each test has databases of its own in it.</summary>
public static class PostgresServer
{
    private const string Desk = "desk";

    private static readonly Lazy<Task<ThrowAwayPostgres>> Server = new(StartAsync);
    private static readonly Lazy<Task<ThrowAwayPostgres>> Rooms = new(FurnishAsync);
    private static int _databases;

    /// <summary>A new database, with what the SQL makes in it.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> DatabaseAsync(string sql, CancellationToken cancellation)
    {
        var server = await Server.Value;
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsync(server.Url("postgres"), $"create database {name}", cancellation);
        if (sql.Length > 0) await RunAsync(server.Url(name), sql, cancellation);
        return server.Url(name);
    }

    /// <summary>A new database whose owner is exempt from row-level security, and may make no roles.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> ExemptAsync(CancellationToken cancellation)
    {
        var role = $"exempt_{Interlocked.Increment(ref _databases)}";
        var url = await DatabaseAsync($"create role {role} login bypassrls; do $$ begin execute format('alter database %I owner to {role}', current_database()); end $$", cancellation);
        return url.Replace("//usher@", $"//{role}@", StringComparison.Ordinal);
    }

    /// <summary>A schema for a desk, which is not there yet, in a database whose owner is an ordinary role.</summary>
    public static async Task<PostgresRoom> RoomAsync(CancellationToken cancellation)
    {
        var server = await Rooms.Value.WaitAsync(cancellation);
        var name = $"room_{Interlocked.Increment(ref _databases)}";
        return new PostgresRoom(AsDesk(server.Url(Desk)) + $"&schema={name}", server.ConnectionString(Desk).Replace("Username=usher", $"Username={Desk};Search Path={name}", StringComparison.Ordinal));
    }

    /// <summary>A new database of the ordinary role's, behind a relay, so that it can go away and come back.</summary>
    /// <returns>The relay, and the database's address behind it.</returns>
    public static async Task<(Relay Relay, string Url)> RelayedAsync(CancellationToken cancellation)
    {
        await Rooms.Value.WaitAsync(cancellation);
        var url = await DatabaseAsync($"do $$ begin execute format('alter database %I owner to {Desk}', current_database()); end $$", cancellation);
        var name = url[(url.IndexOf("@/", StringComparison.Ordinal) + 2)..url.IndexOf('?', StringComparison.Ordinal)];
        var folder = new NpgsqlConnectionStringBuilder((await Server.Value).ConnectionString(name)).Host!;
        var relay = Relay.To(Path.Combine(folder, ".s.PGSQL.5432"));
        return (relay, $"postgres://{Desk}@127.0.0.1:{relay.Port}/{name}?sslmode=disable");
    }

    /// <summary>The same address for the ordinary role.</summary>
    public static string AsDesk(string url) => url.Replace("//usher@", $"//{Desk}@", StringComparison.Ordinal);

    /// <summary>Runs SQL in one of the databases.</summary>
    /// <returns>The first value of its result, if it has one.</returns>
    public static async Task<object?> RunAsync(string url, string sql, CancellationToken cancellation)
    {
        var name = url[(url.IndexOf("@/", StringComparison.Ordinal) + 2)..url.IndexOf('?', StringComparison.Ordinal)];
        await using var connection = new NpgsqlConnection((await Server.Value).ConnectionString(name));
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task<ThrowAwayPostgres> StartAsync()
    {
        var server = ThrowAwayPostgres.Begin();
        await server.AnswersAsync(CancellationToken.None);
        return server;
    }

    private static async Task<ThrowAwayPostgres> FurnishAsync()
    {
        var server = await Server.Value;
        await RunAsync(server.Url("postgres"), $"create role {Desk} login", CancellationToken.None);
        await RunAsync(server.Url("postgres"), $"create database {Desk} owner {Desk}", CancellationToken.None);
        return server;
    }
}
