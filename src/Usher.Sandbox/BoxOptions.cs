using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Usher.Sandbox;

/// <summary>How a box is set up.</summary>
public sealed record BoxOptions
{
    /// <summary>The world's clock: deadlines, rate limits, thread archiving.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The clock of heartbeats alone, so that a test that moves the world's clock by hours does not lose its sockets.</summary>
    public TimeProvider HeartbeatTime { get; init; } = TimeProvider.System;

    /// <summary>The port to listen on; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on; every one with `*`.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Where the box logs to.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Whether rate limits are kept; off for benchmarks. The headers are sent either way.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>The limit of all requests of a bot but interactions': Discord's is 50.</summary>
    public int GlobalRequestsPerSecond { get; init; } = 50;

    /// <summary>Other limits for routes, by name as `POST /channels/{channel}/messages`.</summary>
    public IReadOnlyDictionary<string, (int Limit, TimeSpan Per)> Rates { get; init; } = new Dictionary<string, (int, TimeSpan)>();

    /// <summary>How often clients are asked to beat.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>How long a lost session can be resumed.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many dispatches are kept for a resume, a session each.</summary>
    public int ReplayLength { get; init; } = 20_000;

    /// <summary>How many IDENTIFYs may begin within five seconds.</summary>
    public int MaxConcurrency { get; init; } = 1;

    /// <summary>The largest file, in bytes; Discord's default is 10 MiB.</summary>
    public long LargestFile { get; init; } = 10 * 1024 * 1024;

    /// <summary>How many calls and payloads the journal keeps.</summary>
    public int JournalLength { get; init; } = 10_000;

    /// <summary>A file to which the journal is appended, a JSON object a line, with bodies: for conformance checks. It holds contents, never bots' tokens.</summary>
    public string? JournalFile { get; init; }

    /// <summary>Whether the cast of “Harbour” is there from the start.</summary>
    public bool Harbour { get; init; } = true;

    /// <summary>Members without a name or a word to add to Harbour, for benchmarks.</summary>
    public int ExtraMembers { get; init; }

    /// <summary>The seed of the weather's chances.</summary>
    public int Seed { get; init; } = 1;
}
