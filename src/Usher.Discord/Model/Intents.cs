namespace Usher.Discord.Model;

/// <summary>What the gateway tells a session. <see href="https://discord.com/developers/docs/events/gateway#gateway-intents"/></summary>
[Flags]
public enum Intents
{
    /// <summary>Only what needs no intent, such as interactions.</summary>
    None = 0,

    /// <summary>Guilds, roles, channels, threads.</summary>
    Guilds = 1 << 0,

    /// <summary>Members joining, changing, leaving. Privileged.</summary>
    GuildMembers = 1 << 1,

    /// <summary>Bans and the audit log.</summary>
    GuildModeration = 1 << 2,

    /// <summary>Emojis, stickers, sounds.</summary>
    GuildExpressions = 1 << 3,

    /// <summary>Integrations.</summary>
    GuildIntegrations = 1 << 4,

    /// <summary>Webhooks.</summary>
    GuildWebhooks = 1 << 5,

    /// <summary>Invites.</summary>
    GuildInvites = 1 << 6,

    /// <summary>Who is in which voice channel.</summary>
    GuildVoiceStates = 1 << 7,

    /// <summary>Who is online. Privileged.</summary>
    GuildPresences = 1 << 8,

    /// <summary>Messages in guilds.</summary>
    GuildMessages = 1 << 9,

    /// <summary>Reactions in guilds.</summary>
    GuildMessageReactions = 1 << 10,

    /// <summary>Typing in guilds.</summary>
    GuildMessageTyping = 1 << 11,

    /// <summary>Messages in DMs.</summary>
    DirectMessages = 1 << 12,

    /// <summary>Reactions in DMs.</summary>
    DirectMessageReactions = 1 << 13,

    /// <summary>Typing in DMs.</summary>
    DirectMessageTyping = 1 << 14,

    /// <summary>Content, embeds, attachments and components of others' messages. Privileged.</summary>
    MessageContent = 1 << 15,

    /// <summary>Scheduled events.</summary>
    GuildScheduledEvents = 1 << 16,

    /// <summary>AutoMod's rules.</summary>
    AutoModerationConfiguration = 1 << 20,

    /// <summary>AutoMod's actions.</summary>
    AutoModerationExecution = 1 << 21,

    /// <summary>Votes in guilds.</summary>
    GuildMessagePolls = 1 << 24,

    /// <summary>Votes in DMs.</summary>
    DirectMessagePolls = 1 << 25,
}
