namespace Usher.Discord.Model;

/// <summary>What is special about a message. <see href="https://discord.com/developers/docs/resources/message#message-object-message-flags"/></summary>
[Flags]
public enum MessageFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Published to following channels.</summary>
    Crossposted = 1 << 0,

    /// <summary>Came from a followed channel.</summary>
    IsCrosspost = 1 << 1,

    /// <summary>Shows no embeds.</summary>
    SuppressEmbeds = 1 << 2,

    /// <summary>The followed message is gone.</summary>
    SourceMessageDeleted = 1 << 3,

    /// <summary>Sent by Discord itself.</summary>
    Urgent = 1 << 4,

    /// <summary>A thread with the same id hangs on it.</summary>
    HasThread = 1 << 5,

    /// <summary>Only the user of the interaction sees it.</summary>
    Ephemeral = 1 << 6,

    /// <summary>The application is thinking.</summary>
    Loading = 1 << 7,

    /// <summary>Some mentioned roles could not be added to the thread.</summary>
    FailedToMentionSomeRolesInThread = 1 << 8,

    /// <summary>Sent silently.</summary>
    SuppressNotifications = 1 << 12,

    /// <summary>A recorded message.</summary>
    IsVoiceMessage = 1 << 13,

    /// <summary>A forwarded message.</summary>
    HasSnapshot = 1 << 14,

    /// <summary>Made of components alone; cannot be taken off once set.</summary>
    IsComponentsV2 = 1 << 15,
}
