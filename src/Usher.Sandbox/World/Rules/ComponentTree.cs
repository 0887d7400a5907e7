using System.Text.Json;

namespace Usher.Sandbox.World.Rules;

/// <summary>Walks the components of a message or modal. <see href="https://discord.com/developers/docs/components/reference"/></summary>
public static class ComponentTree
{
    /// <summary>Every component, parents before their children.</summary>
    public static IEnumerable<JsonElement> Walk(JsonElement components)
    {
        if (components.ValueKind != JsonValueKind.Array) yield break;
        foreach (var inner in components.EnumerateArray().SelectMany(WalkOne)) yield return inner;
    }

    /// <summary>The component's type by Discord's numbers.</summary>
    public static int TypeOf(JsonElement component) =>
        component.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Number && type.TryGetInt32(out var number) ? number : 0;

    /// <summary>A text of the component; null when it has none of that name.</summary>
    public static string? Text(JsonElement component, string name) =>
        component.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> WalkOne(JsonElement component)
    {
        if (component.ValueKind != JsonValueKind.Object) yield break;
        yield return component;
        if (component.TryGetProperty("components", out var children))
        {
            foreach (var inner in Walk(children)) yield return inner;
        }
        foreach (var name in (string[])["accessory", "component"])
        {
            if (!component.TryGetProperty(name, out var child)) continue;
            foreach (var inner in WalkOne(child)) yield return inner;
        }
    }
}
