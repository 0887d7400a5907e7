using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Usher.Engine.Importing.Sources;

/// <summary>Files that another system wrote, or that were written out of its database: JSON, JSON lines and CSV.</summary>
internal sealed class FileTables : ISourceTables
{
    private const string MainTable = "tickets";

    private static readonly string[] Endings = [".json", ".ndjson", ".jsonl", ".csv"];
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 256 };

    private readonly Dictionary<string, Func<IEnumerable<SourceRow>>> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<JsonDocument> _documents = [];

    private FileTables() { }

    public IReadOnlyList<string> Names => [.. _tables.Keys];

    public static FileTables OpenFile(string path)
    {
        var tables = new FileTables();
        tables.Add(path, MainTable, isOfMany: false);
        return tables;
    }

    public static FileTables OpenFolder(string path)
    {
        var tables = new FileTables();
        var files = Directory.EnumerateFiles(path).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new ImportException($"The folder «{Path.GetFileName(Path.GetFullPath(path).TrimEnd('/', '\\'))}» holds no JSON or CSV files. {SourceTables.What}");
        foreach (var file in files) tables.Add(file, Path.GetFileNameWithoutExtension(file), isOfMany: true);
        return tables;
    }

    public async IAsyncEnumerable<SourceRow> RowsAsync(string table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var row in _tables[table]())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var document in _documents) document.Dispose();
        return ValueTask.CompletedTask;
    }

    // Of many files written out of a database each is a table, also one of no rows, or of a single one.
    private void Add(string path, string name, bool isOfMany)
    {
        var text = SourceTables.TextOf(path);
        var file = Path.GetFileName(path);
        if (isOfMany && string.IsNullOrWhiteSpace(text)) _tables[name] = () => [];
        else if (Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase)) _tables[name] = () => CsvRows.Read(file, name, text);
        else if (IsLines(text)) _tables[name] = () => LinesOf(file, name, text);
        else AddJson(file, name, text, isOfMany || !Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase));
    }

    // A program writes an object a line, and no commas between them; a single object may well be a file of its own.
    private static bool IsLines(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.Length == 0 || start[0] != '{') return false;
        var end = start.IndexOf('\n');
        return end > 0 && start[..end].TrimEnd().EndsWith('}') && start[(end + 1)..].TrimStart().StartsWith('{');
    }

    private static IEnumerable<SourceRow> LinesOf(string file, string name, string text)
    {
        using var lines = new StringReader(text);
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            using var json = Parse(file, line, number);
            yield return JsonRows.RowOf(string.Create(CultureInfo.InvariantCulture, $"{name} {number}"), json.RootElement, key: null);
        }
    }

    private void AddJson(string file, string name, string text, bool mayBeRow)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ImportException($"«{file}» is empty.");
        var document = Parse(file, text, firstLine: 1);
        _documents.Add(document);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Array) _tables[name] = () => JsonRows.RowsOf(name, root);
        else if (root.ValueKind != JsonValueKind.Object) throw new ImportException($"«{file}» holds neither a list nor an object.");
        else AddObject(name, root, mayBeRow);
    }

    private void AddObject(string name, JsonElement root, bool mayBeRow)
    {
        // tickets.json of a bot that keeps them by their channel is one table; a file with tickets and settings beside them is several.
        if (!root.TryGetProperty(MainTable, out _) && JsonRows.IsRows(root))
        {
            _tables[name] = () => JsonRows.RowsOf(name, root);
            return;
        }
        var parts = root.EnumerateObject().Where(part => part.NameEquals(MainTable) || JsonRows.IsRows(part.Value)).ToList();
        if (parts.Count == 0 && mayBeRow) _tables[name] = () => [JsonRows.RowOf(string.Create(CultureInfo.InvariantCulture, $"{name} 1"), root, key: null)];
        foreach (var part in parts) _tables[part.Name] = () => JsonRows.RowsOf(part.Name, part.Value);
        // An answer of an API, {"data": […]}: what it is a list of stands nowhere, and nothing else is there.
        if (parts is [{ Value.ValueKind: JsonValueKind.Array } only] && name == MainTable && !_tables.ContainsKey(MainTable)) _tables[MainTable] = () => JsonRows.RowsOf(MainTable, only.Value);
    }

    private static JsonDocument Parse(string file, string text, int firstLine)
    {
        try
        {
            return JsonDocument.Parse(text, Tolerant);
        }
        catch (JsonException wrong)
        {
            var line = (wrong.LineNumber ?? 0) + firstLine;
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"«{file}» is no JSON, or cut off, at line {line}. Copy it again, or mend it there."), wrong);
        }
    }
}
