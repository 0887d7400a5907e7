namespace Usher.Discord.Gateway;

/// <summary>What a gateway payload is. See https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes.</summary>
public enum GatewayOpcode
{
    /// <summary>An event was dispatched to us.</summary>
    Dispatch = 0,

    /// <summary>Sent by us on every interval; sent by Discord to ask for one at once.</summary>
    Heartbeat = 1,

    /// <summary>Sent by us to start a new session.</summary>
    Identify = 2,

    /// <summary>Sent by us to change the bot's presence.</summary>
    PresenceUpdate = 3,

    /// <summary>Sent by us to go on with a session after its socket was lost.</summary>
    Resume = 6,

    /// <summary>Discord asks us to reconnect and resume.</summary>
    Reconnect = 7,

    /// <summary>The session cannot go on; the payload's boolean says whether it may be resumed.</summary>
    InvalidSession = 9,

    /// <summary>The first payload of a connection; carries the heartbeat interval.</summary>
    Hello = 10,

    /// <summary>The answer to a heartbeat of ours.</summary>
    HeartbeatAck = 11,
}
