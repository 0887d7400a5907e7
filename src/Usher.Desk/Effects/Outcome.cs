using System.Text.Json.Serialization;
using Usher.Desk.Values;

namespace Usher.Desk.Effects;

/// <summary>What carrying out an effect came to.</summary>
public abstract record Outcome;

/// <summary>It is done.</summary>
/// <param name="Channel">The channel or thread that was made.</param>
/// <param name="Message">The message that was posted.</param>
/// <param name="Name">The name that was given instead of the one that was wanted, because Discord refuses that; null when none was.</param>
public sealed record Done(ChannelId? Channel = null, MessageId? Message = null, string? Name = null) : Outcome;

/// <summary>What it would have changed was taken away by somebody; that is no failure.</summary>
public sealed record TakenAway : Outcome;

/// <summary>Discord takes it only later: nothing behind it waits for that.</summary>
/// <param name="Until">When it can be tried again.</param>
public sealed record HeldBack(DateTimeOffset Until) : Outcome;

/// <summary>It cannot be done, however often it is tried.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">Discord's own words, for staff.</param>
/// <param name="Missing">The permissions that are missing, in Discord's names.</param>
/// <param name="MissingFor">The role that ought to have them.</param>
public sealed record CannotBeDone(FailureReason Reason, string Detail, ValueList<string> Missing = default, RoleId? MissingFor = null) : Outcome;

/// <summary>Why something cannot be done.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureReason>))]
public enum FailureReason
{
    /// <summary>A permission is missing.</summary>
    MissingPermission,

    /// <summary>The channel, thread or category is gone.</summary>
    ChannelGone,

    /// <summary>The message is gone.</summary>
    MessageGone,

    /// <summary>The person is gone, or never was in the guild.</summary>
    UserGone,

    /// <summary>The person takes no direct messages.</summary>
    DirectMessagesClosed,

    /// <summary>The person's direct messages are the home of another ticket.</summary>
    DirectMessagesInUse,

    /// <summary>The channel category holds 50 channels.</summary>
    CategoryFull,

    /// <summary>The guild holds 500 channels.</summary>
    GuildFull,

    /// <summary>The guild has as many active threads as Discord allows.</summary>
    ThreadsFull,

    /// <summary>Discord refuses the words, such as a name.</summary>
    Refused,

    /// <summary>It is more than Discord takes in one message.</summary>
    TooLarge,
}
