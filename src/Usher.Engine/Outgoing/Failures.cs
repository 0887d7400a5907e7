using Usher.Desk.Effects;
using Usher.Discord.Model;
using Usher.Discord.Rest;
using Usher.Storage;

namespace Usher.Engine.Outgoing;

/// <summary>Tells failures that pass from those that stay.</summary>
public static class Failures
{
    /// <summary>Whether the same attempt may work later: Discord or the network is down, the database is busy.</summary>
    public static bool IsPassing(Exception failure) => failure switch
    {
        DiscordApiException refused => (int)refused.Status >= 500 || (int)refused.Status == 429,
        DiscordUnavailableException or DiscordRateLimitedException or DiscordUnknownOutcomeException or HttpRequestException or IOException or StoreUnavailableException or TimeoutException => true,
        OperationCanceledException => true,
        _ => false,
    };

    /// <summary>Whether the attempt may have worked although no answer came.</summary>
    public static bool OutcomeIsUnknown(Exception failure) => failure is DiscordUnknownOutcomeException or OperationCanceledException or TimeoutException;

    /// <summary>Why Discord will refuse the same request again.</summary>
    public static FailureReason ReasonOf(DiscordApiException refused) => refused.Code switch
    {
        ErrorCode.MissingAccess or ErrorCode.MissingPermissions => FailureReason.MissingPermission,
        ErrorCode.UnknownChannel => FailureReason.ChannelGone,
        ErrorCode.UnknownMessage => FailureReason.MessageGone,
        ErrorCode.UnknownMember or ErrorCode.UnknownUser => FailureReason.UserGone,
        ErrorCode.CannotMessageUser or ErrorCode.NoMutualGuilds => FailureReason.DirectMessagesClosed,
        ErrorCode.MaximumGuildChannels => FailureReason.GuildFull,
        ErrorCode.MaximumActiveThreads => FailureReason.ThreadsFull,
        ErrorCode.InvalidFormBody when refused.Message.Contains("CHANNEL_PARENT_MAX_CHANNELS", StringComparison.Ordinal) => FailureReason.CategoryFull,
        ErrorCode.InvalidFormBody when refused.Message.Contains("CHANNEL_PARENT_INVALID", StringComparison.Ordinal) => FailureReason.ChannelGone,
        _ => FailureReason.Refused,
    };
}
