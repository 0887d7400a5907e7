using System.Globalization;
using System.Text.Json;

namespace Usher.Engine.Lookups;

/// <summary>A plain way to name what stands within JSON: <c>customer.name</c>, <c>lines[0].sku</c>.</summary>
internal static class JsonPath
{
    /// <summary>What stands there; null when nothing does.</summary>
    internal static JsonElement? Find(JsonElement from, string path)
    {
        var at = from;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step is ['[', .. var index, ']'])
            {
                if (at.ValueKind != JsonValueKind.Array || !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place >= at.GetArrayLength()) return null;
                at = at[place];
            }
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at))
            {
                return null;
            }
        }
        return at;
    }

    /// <summary>A value as it is shown: words, numbers, yes and no, and lists of these; null for all else.</summary>
    internal static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        // As it was written: an id has more digits than a number of JavaScript.
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetRawText(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Value).Where(value => value is not null and not Array).ToArray(),
        _ => null,
    };
}
