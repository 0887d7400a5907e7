using System.Text.Json.Serialization;

namespace Usher.Discord.Gateway;

/// <summary>What the shard itself needs of READY. See https://discord.com/developers/docs/events/gateway-events#ready.</summary>
internal sealed record ReadyPayload(
    [property: JsonPropertyName("session_id")] string? SessionId,
    [property: JsonPropertyName("resume_gateway_url")] string? ResumeGatewayUrl);

/// <summary>HELLO's data. See https://discord.com/developers/docs/events/gateway-events#hello.</summary>
internal sealed record HelloPayload([property: JsonPropertyName("heartbeat_interval")] int HeartbeatInterval);

[JsonSerializable(typeof(ReadyPayload))]
[JsonSerializable(typeof(HelloPayload))]
internal sealed partial class GatewayJson : JsonSerializerContext;
