using System.Globalization;
using Usher.Desk.Engine;

namespace Usher.Storage;

/// <summary>Brings a database up to what this version of the program expects; forward only, all or nothing, one program at a time.</summary>
internal static class Migrator
{
    /// <summary>The table of what was done.</summary>
    public const string Versions = "schema_versions";

    private const string Prefix = "Migrations.";

    // Behind this one the figures of the history are made: by the program, since SQL knows nothing of turns.
    private const string Figures = "-figures.";

    /// <param name="connection">The one that writes.</param>
    /// <param name="rules">What facts mean.</param>
    /// <param name="time">The clock.</param>
    /// <param name="until">The version at which to stop, as an earlier program would have: for tests of what comes after it.</param>
    /// <param name="cancellationToken">Leaves the database as it was.</param>
    /// <exception cref="StoreUnavailableException">The database is newer than this program.</exception>
    public static async Task MigrateAsync(StoreConnection connection, DeskRules rules, TimeProvider time, long until, CancellationToken cancellationToken)
    {
        // Of two programs that start at once the second waits here, and finds the work done.
        await connection.BeginAsync(cancellationToken);
        try
        {
            await connection.Dialect.LockForMigrationAsync(connection, cancellationToken);
            await StepAsync(connection, rules, time, until, cancellationToken);
            await connection.Dialect.BuildWallsAsync(connection, cancellationToken);
            await connection.CommitAsync(cancellationToken);
        }
        catch
        {
            await connection.RollBackAsync();
            throw;
        }
    }

    private static async Task StepAsync(StoreConnection connection, DeskRules rules, TimeProvider time, long until, CancellationToken cancellationToken)
    {
        if (await connection.FindAsync(connection.Dialect.Has(Versions), row => row.GetInt64(0), cancellationToken) == 0)
            await connection.RunScriptAsync($"create table {Versions} (version bigint not null primary key, name text not null, applied_at bigint not null)", cancellationToken);
        var current = await connection.FindAsync($"select coalesce(max(version), 0) from schema_versions", row => row.GetInt64(0), cancellationToken);
        var migrations = For(connection.Dialect);
        if (current > migrations[^1].Version) throw TooNew(current, migrations[^1].Version);
        foreach (var migration in migrations.Where(m => m.Version > current && m.Version <= until))
        {
            await connection.RunScriptAsync(connection.Dialect.Translate(await migration.ReadAsync(cancellationToken)), cancellationToken);
            if (migration.Name.Contains(Figures, StringComparison.Ordinal)) await Remeasuring.RunAsync(connection, rules, cancellationToken);
            await connection.ExecuteAsync(
                $"insert into schema_versions (version, name, applied_at) values ({migration.Version}, {migration.Name}, {time.GetUtcNow()})",
                cancellationToken);
        }
    }

    private static StoreUnavailableException TooNew(long current, long known) => new(
        StoreFailure.Newer,
        string.Create(CultureInfo.InvariantCulture, $"The database has version {current}, but this program knows versions up to {known}: use a later version of Usher, or restore a backup."));

    private static List<Migration> For(Dialect dialect) =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new Migration(name))
            .Where(migration => migration.Only is null || migration.Only == dialect.Name)
            .OrderBy(migration => migration.Version)];

    private sealed record Migration(string Resource)
    {
        public string Name => Resource[Prefix.Length..];

        public long Version => long.Parse(Name.AsSpan(0, Name.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

        /// <summary>The database that it is for alone; null when for each.</summary>
        public string? Only => Name.Split('.') is [_, var only, "sql"] ? only : null;

        public async Task<string> ReadAsync(CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(Resource)!);
            return await reader.ReadToEndAsync(cancellationToken);
        }
    }
}
