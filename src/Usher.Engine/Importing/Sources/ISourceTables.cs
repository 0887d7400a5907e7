namespace Usher.Engine.Importing.Sources;

/// <summary>What another system keeps, as tables of rows, whatever it is kept in. It is only ever read.</summary>
public interface ISourceTables : IAsyncDisposable
{
    /// <summary>The tables that are there.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The rows of one of them, as they come.</summary>
    /// <exception cref="ImportException">It cannot be read to its end.</exception>
    IAsyncEnumerable<SourceRow> RowsAsync(string table, CancellationToken cancellation);
}

/// <summary>A row of another system.</summary>
/// <param name="Where">Which, for people: its table and its place there, from 1.</param>
/// <param name="Fields">
/// Its fields by name, without regard to case: words as they are, numbers as they are written, yes and no as <c>true</c> and <c>false</c>, what has parts as JSON. Empty ones are missing.
/// </param>
public sealed record SourceRow(string Where, IReadOnlyDictionary<string, string> Fields);

/// <summary>Another system cannot be read; the message says why and what helps, without any address or password.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);
