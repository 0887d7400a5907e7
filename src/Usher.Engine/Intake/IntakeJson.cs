using System.Text.Json.Serialization;
using Usher.Discord.Model;

namespace Usher.Engine.Intake;

/// <summary>Messages deleted at once. https://discord.com/developers/docs/events/gateway-events#message-delete-bulk</summary>
internal sealed record DeletedMessages(IReadOnlyList<Snowflake> Ids);

/// <summary>Who came to and left a thread. https://discord.com/developers/docs/events/gateway-events#thread-members-update</summary>
internal sealed record ThreadMembersChange(IReadOnlyList<ThreadMember>? AddedMembers);

/// <summary>Somebody came or left. https://discord.com/developers/docs/events/gateway-events#guild-member-remove</summary>
internal sealed record MemberChange(User User);

/// <summary>Who is in which voice channel; null for none. https://discord.com/developers/docs/resources/voice#voice-state-object</summary>
internal sealed record VoiceChange(Snowflake UserId, Snowflake? ChannelId);

/// <summary>Everybody who is in a guild's voice channels. https://discord.com/developers/docs/events/gateway-events#guild-create</summary>
internal sealed record GuildVoices(IReadOnlyList<VoiceChange>? VoiceStates);

/// <summary>A role is new or changed. https://discord.com/developers/docs/events/gateway-events#guild-role-create</summary>
internal sealed record RoleChange(Role Role);

/// <summary>A role is no more. https://discord.com/developers/docs/events/gateway-events#guild-role-delete</summary>
internal sealed record RoleDeletion(Snowflake RoleId);

/// <summary>The bot left a guild, or an outage struck it. https://discord.com/developers/docs/events/gateway-events#guild-delete</summary>
internal sealed record GuildDeletion(Snowflake Id, bool? Unavailable);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DeletedMessages))]
[JsonSerializable(typeof(ThreadMembersChange))]
[JsonSerializable(typeof(MemberChange))]
[JsonSerializable(typeof(VoiceChange))]
[JsonSerializable(typeof(GuildVoices))]
[JsonSerializable(typeof(RoleChange))]
[JsonSerializable(typeof(RoleDeletion))]
[JsonSerializable(typeof(GuildDeletion))]
internal sealed partial class IntakeJson : JsonSerializerContext;
