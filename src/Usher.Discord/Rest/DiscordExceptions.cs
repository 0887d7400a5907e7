using System.Net;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

/// <summary>Discord refused a call. <see href="https://discord.com/developers/docs/topics/opcodes-and-status-codes"/></summary>
public class DiscordApiException : Exception
{
    internal DiscordApiException(string route, HttpStatusCode status, ApiError error, int attempts)
        : this(route, status, error, ErrorTree.Read(error.Errors), attempts)
    {
    }

    private DiscordApiException(string route, HttpStatusCode status, ApiError error, IReadOnlyList<string> faults, int attempts)
        : base(Describe(route, status, error, faults))
    {
        Route = route;
        Status = status;
        Code = error.Code;
        Reason = error.Message;
        Faults = faults;
        Attempts = attempts;
    }

    /// <summary>Method and template of the call, without ids and tokens.</summary>
    public string Route { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>Discord's own code; <see cref="ErrorCode.General"/> when it gave none.</summary>
    public ErrorCode Code { get; }

    /// <summary>Discord's own words.</summary>
    public string Reason { get; }

    /// <summary>The faulty fields of a body, each as <c>path: message</c>.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; }

    /// <summary>The channel, thread, message, member, role or other thing is not there, or not any more.</summary>
    public bool IsGone => Status == HttpStatusCode.NotFound && !IsInteractionExpired;

    /// <summary>The bot does not see the thing or may not do this to it.</summary>
    public bool IsForbidden => Code is ErrorCode.MissingAccess or ErrorCode.MissingPermissions;

    /// <summary>The user takes no DMs from the bot.</summary>
    public bool IsDirectMessageClosed => Code is ErrorCode.CannotMessageUser or ErrorCode.NoMutualGuilds;

    /// <summary>The interaction's 3 seconds or its token's 15 minutes passed.</summary>
    public bool IsInteractionExpired => Code is ErrorCode.UnknownInteraction or ErrorCode.UnknownWebhook or ErrorCode.InvalidWebhookToken;

    /// <summary>The interaction was answered before.</summary>
    public bool IsAlreadyAcknowledged => Code == ErrorCode.InteractionAlreadyAcknowledged;

    /// <summary>The thread is archived or locked and must be brought back first.</summary>
    public bool IsThreadClosed => Code is ErrorCode.ArchivedThread or ErrorCode.ThreadLocked;

    /// <summary>The guild, the category or the thread list has no room.</summary>
    public bool IsFull => Code is ErrorCode.MaximumGuildChannels or ErrorCode.MaximumActiveThreads or ErrorCode.MaximumThreadParticipants or ErrorCode.MaximumOverwrites
        || Faults.Any(fault => fault.Contains("CHANNEL_PARENT_MAX_CHANNELS", StringComparison.Ordinal));

    private static string Describe(string route, HttpStatusCode status, ApiError error, IReadOnlyList<string> faults)
    {
        var code = error.Code == ErrorCode.General ? "" : $", code {(int)error.Code}";
        var words = error.Message.Length == 0 ? status.ToString() : error.Message;
        return $"{route}: {words} (HTTP {(int)status}{code}){string.Concat(faults.Select(fault => "\n  " + fault))}";
    }
}

/// <summary>The bot's token is not valid (401). Nothing more is sent: further attempts would have the address barred.</summary>
public sealed class DiscordUnauthorizedException : DiscordApiException
{
    internal DiscordUnauthorizedException(string route, ApiError error, int attempts) : base(route, HttpStatusCode.Unauthorized, error, attempts) { }
}

/// <summary>A limit holds for longer than the options let a call wait. <see href="https://discord.com/developers/docs/topics/rate-limits"/></summary>
public sealed class DiscordRateLimitedException : Exception
{
    internal DiscordRateLimitedException(string route, TimeSpan retryAfter, bool invalidRequests)
        : base(invalidRequests
            ? $"{route}: too many refused requests in ten minutes; held back for {retryAfter.TotalSeconds:0} s so that Discord does not bar the address."
            : $"{route}: limited for {retryAfter.TotalSeconds:0} s.")
    {
        Route = route;
        RetryAfter = retryAfter;
        IsInvalidRequestBudget = invalidRequests;
    }

    /// <summary>Method and template of the call.</summary>
    public string Route { get; }

    /// <summary>When it is worth another attempt.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>True when the budget of invalid requests is spent, not a bucket.</summary>
    public bool IsInvalidRequestBudget { get; }
}

/// <summary>
/// A call that must not be done twice failed in a way that leaves open whether it was done (connection lost, 5xx): look first.
/// </summary>
public sealed class DiscordUnknownOutcomeException : Exception
{
    internal DiscordUnknownOutcomeException(string route, string why, Exception? inner) : base($"{route}: {why}; it may have been done.", inner) => Route = route;

    /// <summary>Method and template of the call.</summary>
    public string Route { get; }
}

/// <summary>A call that may be repeated failed too often (connection lost, 5xx), or could not be sent at all: it may be tried again later.</summary>
public sealed class DiscordUnavailableException : Exception
{
    internal DiscordUnavailableException(string route, int attempts, string why, Exception? inner) : base($"{route}: {why}, {attempts} time(s).", inner)
    {
        Route = route;
        Attempts = attempts;
    }

    /// <summary>Method and template of the call.</summary>
    public string Route { get; }

    /// <summary>How often it was attempted.</summary>
    public int Attempts { get; }
}
