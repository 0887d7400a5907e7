using System.Text.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>A presence, read. <see href="https://discord.com/developers/docs/events/gateway-events#update-presence"/></summary>
internal static class PresenceForm
{
    /// <summary>What people see of it; null where it lacks what must be there.</summary>
    public static PresenceState? Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return null;
        if (!data.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.String || status.GetString() is not ("online" or "dnd" or "idle" or "invisible" or "offline")) return null;
        if (!data.TryGetProperty("activities", out var activities) || activities.ValueKind != JsonValueKind.Array) return null;
        if (!data.TryGetProperty("afk", out var afk) || afk.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return null;
        if (!data.TryGetProperty("since", out var since) || since.ValueKind is not (JsonValueKind.Null or JsonValueKind.Number)) return null;
        if (activities.GetArrayLength() == 0) return new PresenceState(status.GetString()!, null);
        return LineOf(activities[0]) is { } line ? new PresenceState(status.GetString()!, line) : null;
    }

    // https://discord.com/developers/docs/events/gateway-events#activity-object-activity-types
    private static string? LineOf(JsonElement activity)
    {
        if (activity.ValueKind != JsonValueKind.Object || !activity.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String) return null;
        if (!activity.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.Number || !type.TryGetInt32(out var kind)) return null;
        return kind switch
        {
            0 => $"Playing {name}",
            1 => $"Streaming {name}",
            2 => $"Listening to {name}",
            3 => $"Watching {name}",
            4 => activity.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String ? state.GetString() : null,
            5 => $"Competing in {name}",
            _ => null,
        };
    }
}
