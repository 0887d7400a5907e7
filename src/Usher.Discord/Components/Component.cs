using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Discord.Json;

namespace Usher.Discord.Components;

/// <summary>A piece of a message or modal. <see href="https://discord.com/developers/docs/components/reference#anatomy-of-a-component"/></summary>
[JsonConverter(typeof(ComponentConverter))]
public abstract record Component
{
    private protected Component(ComponentType type) => Type = type;

    /// <summary>What kind.</summary>
    [JsonPropertyOrder(-2)]
    public ComponentType Type { get; }

    /// <summary>A number unique in the message; Discord gives one when it is absent or 0.</summary>
    [JsonPropertyOrder(-1)]
    public int? Id { get; init; }
}

/// <summary>A component of a kind that this client does not know; it is kept, and written again, as it came.</summary>
public sealed record UnknownComponent : Component
{
    /// <summary>Keeps what came.</summary>
    public UnknownComponent(JsonElement raw) : base(TypeOf(raw)) => Raw = raw;

    /// <summary>What came.</summary>
    public JsonElement Raw { get; }

    private static ComponentType TypeOf(JsonElement raw) =>
        (ComponentType)(raw.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.Number && type.TryGetInt32(out var number) ? number : 0);
}
