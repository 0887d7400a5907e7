using System.Text.Json;

namespace Usher.Discord.Rest;

/// <summary>
/// Turns the nested tree of an "Invalid Form Body" into lines such as <c>components[0].label: Must be 45 or fewer in length. [BASE_TYPE_BAD_LENGTH]</c>.
/// <see href="https://discord.com/developers/docs/reference#error-messages"/>
/// </summary>
internal static class ErrorTree
{
    public static IReadOnlyList<string> Read(JsonElement? errors)
    {
        var lines = new List<string>();
        if (errors is { } tree) Walk(tree, "", lines);
        return lines;
    }

    private static void Walk(JsonElement node, string path, List<string> lines)
    {
        if (node.ValueKind == JsonValueKind.String) lines.Add($"{Shown(path)}: {node.GetString()}");
        if (node.ValueKind != JsonValueKind.Object) return;
        foreach (var property in node.EnumerateObject())
        {
            if (property.NameEquals("_errors") && property.Value.ValueKind == JsonValueKind.Array)
                lines.AddRange(property.Value.EnumerateArray().Select(error => $"{Shown(path)}: {Words(error)}"));
            else
                Walk(property.Value, Below(path, property.Name), lines);
        }
    }

    private static string Words(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object) return error.ToString();
        var message = error.TryGetProperty("message", out var said) ? said.ToString() : "not valid";
        return error.TryGetProperty("code", out var code) ? $"{message} [{code}]" : message;
    }

    private static string Below(string path, string name)
    {
        if (int.TryParse(name, out _)) return $"{path}[{name}]";
        return path.Length == 0 ? name : $"{path}.{name}";
    }

    private static string Shown(string path) => path.Length == 0 ? "(body)" : path;
}
