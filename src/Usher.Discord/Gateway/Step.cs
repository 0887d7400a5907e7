namespace Usher.Discord.Gateway;

/// <summary>Where a shard stands.</summary>
public enum ShardStatus
{
    /// <summary>Not started, stopped, or waiting before the next connection.</summary>
    Disconnected,

    /// <summary>Connecting, or awaiting HELLO.</summary>
    Connecting,

    /// <summary>Awaiting its turn to identify.</summary>
    Queued,

    /// <summary>Identified, awaiting READY.</summary>
    Identifying,

    /// <summary>Resumed; missed events are being replayed.</summary>
    Resuming,

    /// <summary>READY or RESUMED has come.</summary>
    Connected,
}

internal enum StepKind
{
    None,
    Deliver,
    Drop,
    SendHeartbeat,
    SendIdentify,
    SendResume,
    SendPresence,

    /// <summary>Close the socket with the step's code and connect again at <see cref="ShardProtocol.RetryAt"/>.</summary>
    Disconnect,
    Refuse,
}

/// <summary>What the protocol wants done now. At most one thing; the loop asks again afterwards.</summary>
internal readonly record struct Step(StepKind Kind)
{
    public GatewayEventKind EventKind { get; init; }

    public bool IsReplay { get; init; }

    /// <summary>For <see cref="StepKind.Disconnect"/>; 0 when the socket is gone already.</summary>
    public int CloseCode { get; init; }

    public string? Reason { get; init; }

    public TimeSpan RetryAfter { get; init; }

    public GatewayRefusedException? Refusal { get; init; }
}
