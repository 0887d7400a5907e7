using System.Buffers;
using System.Text.Json;

namespace Usher.Discord.Gateway;

/// <summary>Writes what we send. See https://discord.com/developers/docs/events/gateway-events#send-events; Discord takes at most 4096 bytes.</summary>
internal static class Payloads
{
    public static void Heartbeat(IBufferWriter<byte> into, long? sequence)
    {
        using var json = Begin(into, GatewayOpcode.Heartbeat);
        if (sequence is { } number) json.WriteNumber("d"u8, number);
        else json.WriteNull("d"u8);
        json.WriteEndObject();
    }

    public static void Identify(IBufferWriter<byte> into, ShardOptions options, Presence? presence)
    {
        using var json = Begin(into, GatewayOpcode.Identify);
        json.WriteStartObject("d"u8);
        json.WriteString("token"u8, options.Token);
        json.WriteNumber("intents"u8, (int)options.Intents);
        json.WriteStartObject("properties"u8);
        json.WriteString("os"u8, OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux");
        json.WriteString("browser"u8, "usher"u8);
        json.WriteString("device"u8, "usher"u8);
        json.WriteEndObject();
        json.WriteNumber("large_threshold"u8, options.LargeThreshold);
        json.WriteStartArray("shard"u8);
        json.WriteNumberValue(options.ShardId);
        json.WriteNumberValue(options.ShardCount);
        json.WriteEndArray();
        if (presence is not null)
        {
            json.WritePropertyName("presence"u8);
            Write(json, presence);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Resume(IBufferWriter<byte> into, string token, Session session)
    {
        using var json = Begin(into, GatewayOpcode.Resume);
        json.WriteStartObject("d"u8);
        json.WriteString("token"u8, token);
        json.WriteString("session_id"u8, session.Id);
        json.WriteNumber("seq"u8, session.Sequence);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void PresenceUpdate(IBufferWriter<byte> into, Presence presence)
    {
        using var json = Begin(into, GatewayOpcode.PresenceUpdate);
        json.WritePropertyName("d"u8);
        Write(json, presence);
        json.WriteEndObject();
    }

    private static Utf8JsonWriter Begin(IBufferWriter<byte> into, GatewayOpcode opcode)
    {
        var json = new Utf8JsonWriter(into);
        json.WriteStartObject();
        json.WriteNumber("op"u8, (int)opcode);
        return json;
    }

    private static void Write(Utf8JsonWriter json, Presence presence)
    {
        json.WriteStartObject();
        json.WriteNull("since"u8);
        json.WriteStartArray("activities"u8);
        if (presence.Text is { } text)
        {
            json.WriteStartObject();
            // A custom status shows its state; its name must be there all the same.
            json.WriteString("name"u8, text);
            json.WriteNumber("type"u8, (int)presence.Type);
            if (presence.Type == ActivityType.Custom) json.WriteString("state"u8, text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("status"u8, presence.Status switch
        {
            PresenceStatus.DoNotDisturb => "dnd",
            PresenceStatus.Idle => "idle",
            PresenceStatus.Invisible => "invisible",
            _ => "online",
        });
        json.WriteBoolean("afk"u8, false);
        json.WriteEndObject();
    }
}
