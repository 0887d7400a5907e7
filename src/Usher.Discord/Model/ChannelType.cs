namespace Usher.Discord.Model;

/// <summary>What kind of channel. <see href="https://discord.com/developers/docs/resources/channel#channel-object-channel-types"/></summary>
public enum ChannelType
{
    /// <summary>A text channel.</summary>
    GuildText = 0,

    /// <summary>A direct message with one user.</summary>
    Dm = 1,

    /// <summary>A voice channel, with a text chat of its own.</summary>
    GuildVoice = 2,

    /// <summary>A direct message among several.</summary>
    GroupDm = 3,

    /// <summary>A category of up to 50 channels.</summary>
    GuildCategory = 4,

    /// <summary>A channel that other guilds can follow.</summary>
    GuildAnnouncement = 5,

    /// <summary>A thread of an announcement channel.</summary>
    AnnouncementThread = 10,

    /// <summary>A thread that all who see the parent see; also a forum's post.</summary>
    PublicThread = 11,

    /// <summary>A thread for its members and those who manage threads.</summary>
    PrivateThread = 12,

    /// <summary>A stage.</summary>
    GuildStageVoice = 13,

    /// <summary>A hub's list of guilds.</summary>
    GuildDirectory = 14,

    /// <summary>Posts only, each a thread.</summary>
    GuildForum = 15,

    /// <summary>A forum for pictures.</summary>
    GuildMedia = 16,
}
