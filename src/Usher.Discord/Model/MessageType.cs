namespace Usher.Discord.Model;

/// <summary>Why a message is there. <see href="https://discord.com/developers/docs/resources/message#message-object-message-types"/></summary>
public enum MessageType
{
    /// <summary>Somebody wrote.</summary>
    Default = 0,

    /// <summary>Somebody was added to a group DM or a thread.</summary>
    RecipientAdd = 1,

    /// <summary>Somebody was removed from a group DM or a thread.</summary>
    RecipientRemove = 2,

    /// <summary>A call in a DM.</summary>
    Call = 3,

    /// <summary>A group DM or thread was renamed.</summary>
    ChannelNameChange = 4,

    /// <summary>A group DM has another icon.</summary>
    ChannelIconChange = 5,

    /// <summary>A message was pinned.</summary>
    ChannelPinnedMessage = 6,

    /// <summary>Somebody joined the guild.</summary>
    UserJoin = 7,

    /// <summary>Somebody boosted the guild.</summary>
    GuildBoost = 8,

    /// <summary>The guild reached level 1.</summary>
    GuildBoostTier1 = 9,

    /// <summary>The guild reached level 2.</summary>
    GuildBoostTier2 = 10,

    /// <summary>The guild reached level 3.</summary>
    GuildBoostTier3 = 11,

    /// <summary>Another guild's channel is followed here.</summary>
    ChannelFollowAdd = 12,

    /// <summary>The guild left discovery.</summary>
    GuildDiscoveryDisqualified = 14,

    /// <summary>The guild is back in discovery.</summary>
    GuildDiscoveryRequalified = 15,

    /// <summary>First warning about discovery.</summary>
    GuildDiscoveryGracePeriodInitialWarning = 16,

    /// <summary>Last warning about discovery.</summary>
    GuildDiscoveryGracePeriodFinalWarning = 17,

    /// <summary>A thread was started.</summary>
    ThreadCreated = 18,

    /// <summary>Somebody answered a message.</summary>
    Reply = 19,

    /// <summary>An application answered a slash command.</summary>
    ChatInputCommand = 20,

    /// <summary>The message a thread was started from.</summary>
    ThreadStarterMessage = 21,

    /// <summary>Discord suggests inviting people.</summary>
    GuildInviteReminder = 22,

    /// <summary>An application answered a context menu.</summary>
    ContextMenuCommand = 23,

    /// <summary>AutoMod acted.</summary>
    AutoModerationAction = 24,

    /// <summary>Somebody bought a role.</summary>
    RoleSubscriptionPurchase = 25,

    /// <summary>An application offers its premium.</summary>
    InteractionPremiumUpsell = 26,

    /// <summary>A stage began.</summary>
    StageStart = 27,

    /// <summary>A stage ended.</summary>
    StageEnd = 28,

    /// <summary>Somebody speaks on a stage.</summary>
    StageSpeaker = 29,

    /// <summary>A stage's topic changed.</summary>
    StageTopic = 31,

    /// <summary>The guild subscribed to an application.</summary>
    GuildApplicationPremiumSubscription = 32,

    /// <summary>Security actions were switched on.</summary>
    GuildIncidentAlertModeEnabled = 36,

    /// <summary>Security actions were switched off.</summary>
    GuildIncidentAlertModeDisabled = 37,

    /// <summary>A raid was reported.</summary>
    GuildIncidentReportRaid = 38,

    /// <summary>A raid was none.</summary>
    GuildIncidentReportFalseAlarm = 39,

    /// <summary>Somebody bought something.</summary>
    PurchaseNotification = 44,

    /// <summary>A poll ended.</summary>
    PollResult = 46,
}
