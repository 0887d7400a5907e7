using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Usher.Testing;

/// <summary>A schema of a test's own, whose owner is no superuser: as Usher runs where it is served.</summary>
/// <param name="Url">Its address for Usher.</param>
/// <param name="Connection">The same for the driver.</param>
public sealed record PostgresRoom(string Url, string Connection) : IAsyncDisposable
{
    /// <summary>Connects as the role that Usher runs as.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Runs SQL as that role.</summary>
    /// <returns>The first value of its result, if it has one.</returns>
    [SuppressMessage("Security", "CA2100", Justification = "A test's own constant.")]
    public async Task<object?> RunAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync($"drop schema if exists {new NpgsqlConnectionStringBuilder(Connection).SearchPath} cascade", CancellationToken.None);
}
