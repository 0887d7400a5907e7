using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>IDENTIFY, read. <see href="https://discord.com/developers/docs/events/gateway-events#identify"/></summary>
internal sealed record IdentifyForm(string Token, long RawIntents, int Shard, int Shards, int LargeThreshold, PresenceState? Presence)
{
    public const Intents Privileged = Intents.GuildMembers | Intents.GuildPresences | Intents.MessageContent;

    private const Intents Documented = (Intents)0x1FFFF | Intents.AutoModerationConfiguration | Intents.AutoModerationExecution | Intents.GuildMessagePolls | Intents.DirectMessagePolls;

    public Intents Intents => (Intents)RawIntents;

    public bool HasUnknownIntents => RawIntents < 0 || (RawIntents & ~(long)Documented) != 0;

    /// <summary>The form; null where it lacks what must be there.</summary>
    public static IdentifyForm? Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return null;
        if (!data.TryGetProperty("token", out var token) || token.ValueKind != JsonValueKind.String) return null;
        if (!data.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return null;
        if (!data.TryGetProperty("intents", out var intents) || intents.ValueKind != JsonValueKind.Number || !intents.TryGetInt64(out var bits)) return null;
        var (shard, shards) = (0, 1);
        if (data.TryGetProperty("shard", out var pair) && pair.ValueKind != JsonValueKind.Null)
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || !pair[0].TryGetInt32(out shard) || !pair[1].TryGetInt32(out shards)) return null;
        }
        PresenceState? shown = null;
        if (data.TryGetProperty("presence", out var presence) && presence.ValueKind != JsonValueKind.Null && (shown = PresenceForm.Read(presence)) is null) return null;
        var threshold = data.TryGetProperty("large_threshold", out var large) && large.ValueKind == JsonValueKind.Number && large.TryGetInt32(out var number) ? number : 50;
        return threshold is < 50 or > 250 ? null : new(token.GetString()!, bits, shard, shards, threshold, shown);
    }
}
