using System.Text;
using Usher.Storage.Postgres;

namespace Usher.Engine.Importing.Sources;

/// <summary>Opens what another system keeps its tickets in.</summary>
public static class SourceTables
{
    private const int HeadLength = 16;

    private static readonly string[] KnownSchemes = ["mysql://", "mariadb://", "mongodb://", "mongodb+srv://", "http://", "https://", "redis://"];

    /// <summary>Opens it, to read.</summary>
    /// <param name="from">A PostgreSQL address, a SQLite file, a file of JSON, JSON lines or CSV, or a folder of such files.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ImportException">It is none of these, or cannot be read.</exception>
    public static async Task<ISourceTables> OpenAsync(string from, CancellationToken cancellation)
    {
        if (PostgresUrl.IsOne(from)) return await PostgresTables.OpenAsync(from, cancellation);
        if (Array.Exists(KnownSchemes, scheme => from.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
            throw new ImportException($"{from[..from.IndexOf(':', StringComparison.Ordinal)]} addresses cannot be read. {What}");
        var path = from.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? from["sqlite:".Length..] : from;
        if (Directory.Exists(path)) return FileTables.OpenFolder(path);
        if (!File.Exists(path)) throw new ImportException($"There is no file or folder «{Path.GetFileName(path.TrimEnd('/', '\\'))}», and it is no PostgreSQL address. {What}");
        return OpenFile(path);
    }

    internal const string What = "Give postgres://user:password@host/database, a SQLite file, a JSON or CSV file, or a folder of these.";

    private static ISourceTables OpenFile(string path)
    {
        var head = HeadOf(path);
        if (head.Length == 0) throw new ImportException($"«{Path.GetFileName(path)}» is empty.");
        if (head.AsSpan().StartsWith("SQLite format 3\0"u8)) return SqliteTables.Open(path);
        // https://duckdb.org/docs/stable/internals/storage: the magic bytes stand behind a checksum of eight.
        if (head.Length >= 12 && head.AsSpan(8, 4).SequenceEqual("DUCK"u8))
        {
            throw new ImportException(
                $"«{Path.GetFileName(path)}» is a DuckDB file, which only DuckDB reads. Let it write its tables as JSON, duckdb {Path.GetFileName(path)} \"EXPORT DATABASE 'old' (FORMAT json)\", and give the folder old.");
        }
        return FileTables.OpenFile(path);
    }

    private static byte[] HeadOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadLength];
            return head[..file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"«{Path.GetFileName(path)}» cannot be opened: {failure.GetType().Name}. Look whether it may be read.", failure);
        }
    }

    /// <summary>The text of a file, which is UTF-8, or says by its first bytes what else it is.</summary>
    internal static string TextOf(string path)
    {
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException wrong)
        {
            throw new ImportException($"«{Path.GetFileName(path)}» is not UTF-8. Save it as UTF-8 and start this again.", wrong);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            throw new ImportException($"«{Path.GetFileName(path)}» cannot be read: {failure.GetType().Name}.", failure);
        }
    }
}
