using System.Globalization;
using System.Text.Json;

namespace Usher.Engine.Importing.Sources;

/// <summary>Rows out of JSON.</summary>
internal static class JsonRows
{
    /// <summary>Under which name a row has the key that it stood under in an object of rows.</summary>
    public const string Key = "_key";

    /// <summary>The rows of an array of objects, or of an object of objects; empty for anything else.</summary>
    public static IEnumerable<SourceRow> RowsOf(string table, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Select((row, i) => RowOf(Where(table, i), row, key: null)),
        JsonValueKind.Object => json.EnumerateObject().Select((row, i) => RowOf(Where(table, i), row.Value, row.Name)),
        _ => [],
    };

    /// <summary>Whether it is rows: an array of objects, or an object of objects, and at least one.</summary>
    public static bool IsRows(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.GetArrayLength() > 0 && json.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object),
        JsonValueKind.Object => json.EnumerateObject().Any() && json.EnumerateObject().All(row => row.Value.ValueKind == JsonValueKind.Object),
        _ => false,
    };

    /// <summary>One row; one that is no object has no fields.</summary>
    public static SourceRow RowOf(string where, JsonElement json, string? key)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (key is not null) fields[Key] = key;
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
                if (TextOf(property.Value) is { } text) fields[property.Name] = text;
        }
        return new SourceRow(where, fields);
    }

    /// <summary>A value as text; null when there is none.</summary>
    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => StringOf(value),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    // Half a surrogate pair, escaped, is JSON but no text.
    private static string StringOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText().Trim('"');
        }
    }

    private static string Where(string table, int index) => string.Create(CultureInfo.InvariantCulture, $"{table} {index + 1}");
}
