namespace Usher.Discord.Gateway;

/// <summary>How the bot shows itself. See https://discord.com/developers/docs/events/gateway-events#update-presence.</summary>
public enum PresenceStatus
{
    /// <summary>Green.</summary>
    Online,

    /// <summary>Red: do not disturb.</summary>
    DoNotDisturb,

    /// <summary>Yellow.</summary>
    Idle,

    /// <summary>Shown as offline.</summary>
    Invisible,
}

/// <summary>What kind of line stands under the bot's name. See https://discord.com/developers/docs/events/gateway-events#activity-object-activity-types.</summary>
public enum ActivityType
{
    /// <summary>"Playing …"</summary>
    Playing = 0,

    /// <summary>"Streaming …"</summary>
    Streaming = 1,

    /// <summary>"Listening to …"</summary>
    Listening = 2,

    /// <summary>"Watching …"</summary>
    Watching = 3,

    /// <summary>The text alone.</summary>
    Custom = 4,

    /// <summary>"Competing in …"</summary>
    Competing = 5,
}

/// <summary>The bot's presence: a status and at most one line.</summary>
/// <param name="Status">The coloured dot.</param>
/// <param name="Type">How Discord words the line.</param>
/// <param name="Text">The line, at most 128 characters; null for none.</param>
public sealed record Presence(PresenceStatus Status, ActivityType Type = ActivityType.Custom, string? Text = null);
