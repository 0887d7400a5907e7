using System.Globalization;
using Usher.Discord.Model;

namespace Usher.Discord.Gateway;

/// <summary>What follows from a lost connection.</summary>
public enum CloseVerdict
{
    /// <summary>Reconnect and resume the session.</summary>
    Resume,

    /// <summary>Reconnect and start a new session.</summary>
    Identify,

    /// <summary>Do not reconnect.</summary>
    Final,
}

/// <summary>
/// The gateway's close codes. See https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.
/// </summary>
public static class CloseCodes
{
    /// <summary>Ours, when the session is to live on: any code but 1000 and 1001 keeps it for some minutes.</summary>
    internal const int KeepSession = 4900;

    /// <summary>Ours, when the session is given up: the bot goes offline at once.</summary>
    internal const int LogOff = 1000;

    /// <summary>Ours, for a socket whose heartbeats are not answered.</summary>
    internal const int Zombie = 4901;

    /// <summary>Ours, for bytes that are no gateway payload.</summary>
    internal const int Garbled = 4902;

    /// <summary>Judges a close code; null is a socket lost without one. What is not documented is resumed: an attempt costs nothing and is answered if it cannot be.</summary>
    public static CloseVerdict Judge(int? code) => code switch
    {
        4004 or >= 4010 and <= 4014 => CloseVerdict.Final,
        // "This session has been invalidated", "invalid seq" and "session timed out".
        4003 or 4007 or 4009 => CloseVerdict.Identify,
        _ => CloseVerdict.Resume,
    };

    /// <summary>The sentence for people about a final code.</summary>
    /// <param name="code">A code that <see cref="Judge"/> calls final.</param>
    /// <param name="shardId">The shard that was refused.</param>
    /// <param name="shardCount">The number of shards it claimed.</param>
    /// <param name="intents">The intents it asked for.</param>
    public static string Explain(int code, int shardId, int shardCount, Intents intents) => code switch
    {
        4004 => "Discord refused the bot token (4004). Copy the token again from the Bot page of the developer portal; it changes when it is reset there.",
        4010 => $"Discord refused shard {Text(shardId)} of {Text(shardCount)} as invalid (4010). Use the number of shards that GET /gateway/bot recommends, or a multiple of it.",
        4011 => $"The bot is in too many guilds for {Text(shardCount)} shard(s) (4011). Use at least the number of shards that GET /gateway/bot recommends.",
        4012 => "Discord no longer speaks version 10 of the gateway (4012). This program needs an update.",
        4013 => $"Discord does not know one of the intents asked for (4013): {intents} = {Text((long)intents)}.",
        4014 => $"Discord did not allow the intents asked for (4014). Switch on {Privileged(intents)} under \"Privileged Gateway Intents\" "
            + "on the Bot page of the developer portal; an app in many guilds also needs Discord's approval for them.",
        _ => $"Discord closed the gateway for good ({Text(code)}).",
    };

    private static string Privileged(Intents intents)
    {
        string?[] names =
        [
            intents.HasFlag(Intents.GuildMembers) ? "Server Members Intent" : null,
            intents.HasFlag(Intents.GuildPresences) ? "Presence Intent" : null,
            intents.HasFlag(Intents.MessageContent) ? "Message Content Intent" : null,
        ];
        var asked = names.OfType<string>().ToArray();
        return asked.Length == 0 ? "what is missing" : string.Join(", ", asked);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
