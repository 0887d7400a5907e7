using System.Security.Cryptography;
using System.Text;
using Usher.Storage.Postgres;

namespace Usher.Starting;

/// <summary>
/// Where the demo keeps its tables: in a file of its folder, or in the PostgreSQL that <c>DATABASE_URL</c> names, there in a schema of its own for each folder.
/// A real desk may live in that database, and a world that was made up must never get among its tickets.
/// </summary>
internal sealed class DemoDatabase
{
    private readonly string? _postgres;

    /// <exception cref="CannotStartException">The address is wrong.</exception>
    internal DemoDatabase(IReadOnlyDictionary<string, string> environment)
    {
        if (!environment.TryGetValue("DATABASE_URL", out var url) || !PostgresUrl.IsOne(url)) return;
        _postgres = PostgresUrl.Read(url, out var wrong) is null ? throw CannotStartException.Faulty([$"DATABASE_URL: {wrong} {PostgresUrl.Shape}"]) : url;
    }

    /// <summary>The address of the tables of a desk with that folder.</summary>
    internal string UrlFor(string folder) => SchemaFor(folder) is { } schema ? PostgresUrl.Within(_postgres!, schema) : "sqlite:" + Path.Combine(folder, "usher.db");

    /// <summary>The schema of that folder's desk, the same at every start; null when it is a file.</summary>
    internal string? SchemaFor(string folder) =>
        _postgres is null ? null : "usher_demo_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..12];
}
