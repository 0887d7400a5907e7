using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>Builds gateway payloads. <see href="https://discord.com/developers/docs/events/gateway-events#payload-structure"/></summary>
internal static class GatewayFrame
{
    internal static byte[] Dispatch(string name, long sequence, ReadOnlyMemory<byte> data) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("op", 0);
        json.WritePropertyName("d");
        json.WriteRawValue(data.Span, skipInputValidation: true);
        json.WriteNumber("s", sequence);
        json.WriteString("t", name);
        json.WriteEndObject();
    });

    internal static byte[] Hello(TimeSpan interval) => Control(10, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("heartbeat_interval", (long)interval.TotalMilliseconds);
        json.WriteEndObject();
    });

    internal static byte[] Acknowledge { get; } = Control(11, json => json.WriteNullValue());

    internal static byte[] Heartbeat { get; } = Control(1, json => json.WriteNullValue());

    internal static byte[] Reconnect { get; } = Control(7, json => json.WriteNullValue());

    internal static byte[] InvalidSession(bool mayResume) => Control(9, json => json.WriteBooleanValue(mayResume));

    internal static byte[] Resumed { get; } = "{}"u8.ToArray();

    private static byte[] Control(int opcode, Action<Utf8JsonWriter> data) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("op", opcode);
        json.WritePropertyName("d");
        data(json);
        json.WriteNull("s");
        json.WriteNull("t");
        json.WriteEndObject();
    });
}

/// <summary>What an identified client asked for. <see href="https://discord.com/developers/docs/events/gateway-events#identify"/></summary>
internal sealed record Identity(Intents Intents, int ShardId, int ShardCount, int LargeThreshold)
{
    /// <summary>Whether this shard is told of the guild; direct messages go to shard 0.</summary>
    internal bool Covers(Snowflake? guild) => guild is { } id ? (int)((id.Value >> 22) % (ulong)ShardCount) == ShardId : ShardId == 0;
}
