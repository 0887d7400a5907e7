using Microsoft.Extensions.Logging;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Storage.S3;

namespace Usher.Engine;

/// <summary>What a running desk needs to know.</summary>
public sealed record DeskOptions
{
    /// <summary>The bot's token. Never logged.</summary>
    public required string Token { get; init; }

    /// <summary>Discord's REST address.</summary>
    public Uri ApiAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>The database, such as <c>sqlite:data/usher.db</c>.</summary>
    public required string DatabaseUrl { get; init; }

    /// <summary>How long a write waits while another program holds the database's lock; never less than a second.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where attachments are kept.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The bucket in which attachments are kept; null when in the data folder.</summary>
    public S3Settings? Bucket { get; init; }

    /// <summary>The address under which people reach this installation, without a slash at its end.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>The desks, one a guild.</summary>
    public required IReadOnlyList<DeskSettings> Settings { get; init; }

    /// <summary>Writes transcripts for log channels and direct messages.</summary>
    public required Func<DeskHost, Ticket, Stream, CancellationToken, Task> Transcripts { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where to log.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Requests a second to Discord over all; 0 for no limit of our own (Discord's own answers still hold).</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Told by tests that watch the bytes: replaces the socket below the REST client.</summary>
    public HttpMessageHandler? Handler { get; init; }
}
