using System.Text.Json;

namespace Usher.Engine.Lookups;

/// <summary>Reads the names of roles from a column, in whichever form a table holds them: one name, a list, JSON, or JSON that was written into a text once more.</summary>
internal static class StaffNames
{
    // Text in JSON in a text: nobody writes it deeper.
    private const int Deepest = 4;

    internal static IEnumerable<string> In(object? column) => column switch
    {
        string text => InText(text, 0),
        Array list => list.Cast<object?>().SelectMany(In),
        _ => [],
    };

    private static IEnumerable<string> InText(string text, int depth)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || depth == Deepest) return [];
        if (trimmed[0] is not ('[' or '"')) return trimmed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            using var json = JsonDocument.Parse(trimmed);
            return InJson(json.RootElement, depth).ToList();
        }
        catch (JsonException)
        {
            // Broken JSON names nobody.
            return [];
        }
    }

    private static IEnumerable<string> InJson(JsonElement element, int depth) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => InJson(item, depth + 1)),
        JsonValueKind.String => InText(element.GetString()!, depth + 1),
        _ => [],
    };
}
