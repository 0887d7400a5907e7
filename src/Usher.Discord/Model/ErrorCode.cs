namespace Usher.Discord.Model;

/// <summary>The <c>code</c> of an error answer, as far as a desk tells them apart; any other number is kept. <see href="https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"/></summary>
public enum ErrorCode
{
    /// <summary>No particular reason given.</summary>
    General = 0,

    /// <summary>No such application.</summary>
    UnknownApplication = 10002,

    /// <summary>No such channel or thread, or it was deleted.</summary>
    UnknownChannel = 10003,

    /// <summary>No such guild, or the bot is not in it.</summary>
    UnknownGuild = 10004,

    /// <summary>No such invite, or it expired.</summary>
    UnknownInvite = 10006,

    /// <summary>The user is not in the guild.</summary>
    UnknownMember = 10007,

    /// <summary>No such message, or it was deleted.</summary>
    UnknownMessage = 10008,

    /// <summary>No such permission overwrite.</summary>
    UnknownOverwrite = 10009,

    /// <summary>No such role.</summary>
    UnknownRole = 10011,

    /// <summary>No such user.</summary>
    UnknownUser = 10013,

    /// <summary>No such emoji.</summary>
    UnknownEmoji = 10014,

    /// <summary>No such webhook; also an interaction token after its 15 minutes.</summary>
    UnknownWebhook = 10015,

    /// <summary>The interaction's 3 seconds passed, or it never was.</summary>
    UnknownInteraction = 10062,

    /// <summary>No such command.</summary>
    UnknownApplicationCommand = 10063,

    /// <summary>No such forum tag.</summary>
    UnknownTag = 10087,

    /// <summary>The endpoint is closed to bots.</summary>
    BotsForbidden = 20001,

    /// <summary>Slow mode forbids this for now.</summary>
    SlowmodeLimited = 20016,

    /// <summary>Announcement limits forbid this edit for now.</summary>
    AnnouncementEditLimited = 20022,

    /// <summary>The channel has been written to too often.</summary>
    ChannelWriteLimited = 20028,

    /// <summary>The guild has been written to too often.</summary>
    GuildWriteLimited = 20029,

    /// <summary>A name or topic holds words that Discord does not allow.</summary>
    ForbiddenWords = 20031,

    /// <summary>The channel has no room for another pin.</summary>
    MaximumPins = 30003,

    /// <summary>The guild has 250 roles.</summary>
    MaximumGuildRoles = 30005,

    /// <summary>The channel has its 15 webhooks.</summary>
    MaximumWebhooks = 30007,

    /// <summary>The message has its 20 kinds of reactions.</summary>
    MaximumReactions = 30010,

    /// <summary>The guild has 500 channels.</summary>
    MaximumGuildChannels = 30013,

    /// <summary>A message takes 10 attachments.</summary>
    MaximumAttachments = 30015,

    /// <summary>The guild has 1000 invites.</summary>
    MaximumInvites = 30016,

    /// <summary>No room for another command.</summary>
    MaximumApplicationCommands = 30032,

    /// <summary>The thread has 1000 members.</summary>
    MaximumThreadParticipants = 30033,

    /// <summary>200 commands were made today.</summary>
    MaximumDailyCommandCreates = 30034,

    /// <summary>Too many edits of messages older than an hour; later.</summary>
    MaximumOldMessageEdits = 30046,

    /// <summary>The forum has no room for another tag.</summary>
    MaximumForumTags = 30048,

    /// <summary>The channel has 1000 overwrites.</summary>
    MaximumOverwrites = 30060,

    /// <summary>No valid token was given.</summary>
    Unauthorized = 40001,

    /// <summary>Too many DMs were opened in a short time.</summary>
    DirectMessagesTooFast = 40003,

    /// <summary>Discord has switched sending off for now.</summary>
    SendingDisabled = 40004,

    /// <summary>The request is too big.</summary>
    RequestTooLarge = 40005,

    /// <summary>Discord has switched the feature off for now.</summary>
    FeatureDisabled = 40006,

    /// <summary>The user is banned from the guild.</summary>
    UserBanned = 40007,

    /// <summary>The interaction could not be delivered.</summary>
    InteractionFailedToSend = 40043,

    /// <summary>A forum holds posts, not messages.</summary>
    ForumTakesNoMessages = 40058,

    /// <summary>The interaction has been answered.</summary>
    InteractionAlreadyAcknowledged = 40060,

    /// <summary>The service behind the resource is limited.</summary>
    ResourceRateLimited = 40062,

    /// <summary>The forum asks for a tag.</summary>
    ForumTagRequired = 40067,

    /// <summary>The interaction has had its follow-ups.</summary>
    MaximumFollowUps = 40094,

    /// <summary>Cloudflare refused the request, mostly for its user agent.</summary>
    CloudflareBlock = 40333,

    /// <summary>The bot does not see the thing.</summary>
    MissingAccess = 50001,

    /// <summary>Not possible in a DM.</summary>
    InvalidForDirectMessage = 50003,

    /// <summary>Only one's own messages can be edited.</summary>
    NotMessageAuthor = 50005,

    /// <summary>The message says nothing.</summary>
    EmptyMessage = 50006,

    /// <summary>The user takes no DMs from the bot.</summary>
    CannotMessageUser = 50007,

    /// <summary>The channel takes no messages.</summary>
    CannotMessageChannel = 50008,

    /// <summary>The bot may not do this.</summary>
    MissingPermissions = 50013,

    /// <summary>The token is not valid.</summary>
    InvalidToken = 50014,

    /// <summary>Not possible with a system message.</summary>
    SystemMessage = 50021,

    /// <summary>Not possible with this kind of channel.</summary>
    WrongChannelType = 50024,

    /// <summary>The webhook's token is not valid; also an interaction's that expired.</summary>
    InvalidWebhookToken = 50027,

    /// <summary>Not a role that can be used here.</summary>
    InvalidRole = 50028,

    /// <summary>Not recipients that can be used here.</summary>
    InvalidRecipients = 50033,

    /// <summary>A field of the body is wrong; the error tree says which.</summary>
    InvalidFormBody = 50035,

    /// <summary>A file exceeds the limit.</summary>
    FileTooLarge = 50045,

    /// <summary>A file cannot be used.</summary>
    InvalidFile = 50046,

    /// <summary>Not a guild that can be used here.</summary>
    InvalidGuild = 50055,

    /// <summary>Not possible with this kind of message.</summary>
    InvalidMessageType = 50068,

    /// <summary>A Community guild needs this channel.</summary>
    CommunityChannel = 50074,

    /// <summary>The thread is archived; unarchive it first.</summary>
    ArchivedThread = 50083,

    /// <summary>The body is not JSON.</summary>
    InvalidJson = 50109,

    /// <summary>An attachment names a file that was not uploaded.</summary>
    UploadedFileMissing = 50146,

    /// <summary>The user shares no guild with the bot, so that no DM is possible.</summary>
    NoMutualGuilds = 50278,

    /// <summary>The bot's owner needs two-factor authentication.</summary>
    TwoFactorRequired = 60003,

    /// <summary>The user has blocked the bot.</summary>
    ReactionBlocked = 90001,

    /// <summary>Discord is overloaded; later.</summary>
    Overloaded = 130000,

    /// <summary>To reply, the bot must be able to read the history.</summary>
    ReplyWithoutHistory = 160002,

    /// <summary>The message has a thread.</summary>
    ThreadAlreadyCreated = 160004,

    /// <summary>The thread is locked.</summary>
    ThreadLocked = 160005,

    /// <summary>The guild has 1000 active threads.</summary>
    MaximumActiveThreads = 160006,

    /// <summary>The guild has its share of active announcement threads.</summary>
    MaximumActiveAnnouncementThreads = 160007,

    /// <summary>AutoMod refused the message.</summary>
    BlockedByAutoModeration = 200000,

    /// <summary>AutoMod refused the title.</summary>
    TitleBlockedByAutoModeration = 200001,

    /// <summary>The message holds a link known as harmful.</summary>
    HarmfulLink = 240000,
}
