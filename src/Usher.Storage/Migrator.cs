using System.Globalization;

namespace Usher.Storage;

/// <summary>Brings a database up to what this version of the program expects; forward only, all or nothing, one program at a time.</summary>
internal static class Migrator
{
    private const string Prefix = "Migrations.";

    /// <exception cref="StoreUnavailableException">The database is newer than this program.</exception>
    public static async Task MigrateAsync(StoreConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        // The writer's lock is also the migration's: of two programs that start at once the second finds the work done.
        await connection.ExecuteAsync(Dialect.Begin, cancellationToken);
        try
        {
            await connection.RunScriptAsync(
                "create table if not exists schema_versions (version bigint not null primary key, name text not null, applied_at bigint not null)",
                cancellationToken);
            var current = await connection.FindAsync($"select coalesce(max(version), 0) from schema_versions", row => row.GetInt64(0), cancellationToken);
            var migrations = All();
            if (current > migrations[^1].Version) throw TooNew(current, migrations[^1].Version);
            foreach (var migration in migrations.Where(m => m.Version > current))
            {
                await connection.RunScriptAsync(Dialect.Translate(await migration.ReadAsync(cancellationToken)), cancellationToken);
                await connection.ExecuteAsync(
                    $"insert into schema_versions (version, name, applied_at) values ({migration.Version}, {migration.Name}, {time.GetUtcNow()})",
                    cancellationToken);
            }
            await connection.ExecuteAsync($"commit", cancellationToken);
        }
        catch
        {
            if (Dialect.InTransaction(connection)) await connection.ExecuteAsync($"rollback", CancellationToken.None);
            throw;
        }
    }

    private static StoreUnavailableException TooNew(long current, long known) => new(
        StoreFailure.Newer,
        string.Create(CultureInfo.InvariantCulture, $"The database has version {current}, but this program knows versions up to {known}: use a later version of Usher, or restore a backup."));

    private static List<Migration> All() =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => new Migration(name))
            .OrderBy(migration => migration.Version)];

    private sealed record Migration(string Resource)
    {
        public string Name => Resource[Prefix.Length..];

        public long Version => long.Parse(Name.AsSpan(0, Name.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

        public async Task<string> ReadAsync(CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(Resource)!);
            return await reader.ReadToEndAsync(cancellationToken);
        }
    }
}
