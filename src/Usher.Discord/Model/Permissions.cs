using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Usher.Discord.Json;

namespace Usher.Discord.Model;

/// <summary>What a role or an overwrite allows, a bit each; bits unknown here are kept. <see href="https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags"/></summary>
[Flags]
[JsonConverter(typeof(PermissionsConverter))]
[SuppressMessage("Design", "CA1028:Enum Storage should be Int32", Justification = "Discord's set is wider than 32 bits.")]
public enum Permissions : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Make invites.</summary>
    CreateInstantInvite = 1UL << 0,

    /// <summary>Remove members from the guild.</summary>
    KickMembers = 1UL << 1,

    /// <summary>Ban members.</summary>
    BanMembers = 1UL << 2,

    /// <summary>Everything, whatever overwrites say.</summary>
    Administrator = 1UL << 3,

    /// <summary>Create, edit and delete channels.</summary>
    ManageChannels = 1UL << 4,

    /// <summary>Change the guild's settings.</summary>
    ManageGuild = 1UL << 5,

    /// <summary>React with an emoji nobody used yet.</summary>
    AddReactions = 1UL << 6,

    /// <summary>Read the audit log.</summary>
    ViewAuditLog = 1UL << 7,

    /// <summary>Be heard above others in voice.</summary>
    PrioritySpeaker = 1UL << 8,

    /// <summary>Go live in voice.</summary>
    Stream = 1UL << 9,

    /// <summary>See the channel; without it nothing else counts there.</summary>
    ViewChannel = 1UL << 10,

    /// <summary>Write in a channel (not in threads) and open posts in a forum.</summary>
    SendMessages = 1UL << 11,

    /// <summary>Send messages that are read aloud.</summary>
    SendTtsMessages = 1UL << 12,

    /// <summary>Delete others' messages.</summary>
    ManageMessages = 1UL << 13,

    /// <summary>Have links embedded.</summary>
    EmbedLinks = 1UL << 14,

    /// <summary>Upload files.</summary>
    AttachFiles = 1UL << 15,

    /// <summary>Read what was written earlier.</summary>
    ReadMessageHistory = 1UL << 16,

    /// <summary>Ping everyone, here and any role.</summary>
    MentionEveryone = 1UL << 17,

    /// <summary>Use other guilds' emojis.</summary>
    UseExternalEmojis = 1UL << 18,

    /// <summary>See the guild's statistics.</summary>
    ViewGuildInsights = 1UL << 19,

    /// <summary>Join voice.</summary>
    Connect = 1UL << 20,

    /// <summary>Talk in voice.</summary>
    Speak = 1UL << 21,

    /// <summary>Mute others in voice.</summary>
    MuteMembers = 1UL << 22,

    /// <summary>Deafen others in voice.</summary>
    DeafenMembers = 1UL << 23,

    /// <summary>Move others between voice channels.</summary>
    MoveMembers = 1UL << 24,

    /// <summary>Speak by voice detection.</summary>
    UseVad = 1UL << 25,

    /// <summary>Change one's own nickname.</summary>
    ChangeNickname = 1UL << 26,

    /// <summary>Change others' nicknames.</summary>
    ManageNicknames = 1UL << 27,

    /// <summary>Edit roles below one's own; in a channel: its overwrites.</summary>
    ManageRoles = 1UL << 28,

    /// <summary>Edit webhooks.</summary>
    ManageWebhooks = 1UL << 29,

    /// <summary>Edit all emojis, stickers and sounds.</summary>
    ManageGuildExpressions = 1UL << 30,

    /// <summary>Use commands of applications.</summary>
    UseApplicationCommands = 1UL << 31,

    /// <summary>Raise a hand on a stage.</summary>
    RequestToSpeak = 1UL << 32,

    /// <summary>Edit all scheduled events.</summary>
    ManageEvents = 1UL << 33,

    /// <summary>Archive and delete threads, and see all private ones.</summary>
    ManageThreads = 1UL << 34,

    /// <summary>Start public and announcement threads.</summary>
    CreatePublicThreads = 1UL << 35,

    /// <summary>Start private threads.</summary>
    CreatePrivateThreads = 1UL << 36,

    /// <summary>Use other guilds' stickers.</summary>
    UseExternalStickers = 1UL << 37,

    /// <summary>Write in threads.</summary>
    SendMessagesInThreads = 1UL << 38,

    /// <summary>Start activities.</summary>
    UseEmbeddedActivities = 1UL << 39,

    /// <summary>Time members out.</summary>
    ModerateMembers = 1UL << 40,

    /// <summary>See income from role subscriptions.</summary>
    ViewCreatorMonetizationAnalytics = 1UL << 41,

    /// <summary>Play sounds in voice.</summary>
    UseSoundboard = 1UL << 42,

    /// <summary>Add emojis, stickers and sounds.</summary>
    CreateGuildExpressions = 1UL << 43,

    /// <summary>Make scheduled events.</summary>
    CreateEvents = 1UL << 44,

    /// <summary>Play other guilds' sounds.</summary>
    UseExternalSounds = 1UL << 45,

    /// <summary>Send recorded messages.</summary>
    SendVoiceMessages = 1UL << 46,

    /// <summary>Set a voice channel's status line.</summary>
    SetVoiceChannelStatus = 1UL << 48,

    /// <summary>Send polls.</summary>
    SendPolls = 1UL << 49,

    /// <summary>Let apps that a user installed answer in public.</summary>
    UseExternalApps = 1UL << 50,

    /// <summary>Pin and unpin messages.</summary>
    PinMessages = 1UL << 51,

    /// <summary>Ignore slow mode.</summary>
    BypassSlowmode = 1UL << 52,

    /// <summary>Every bit that is documented.</summary>
    All = ((1UL << 53) - 1) & ~(1UL << 47),
}
