namespace Usher.Discord.Rest;

/// <summary>How to reach Discord and how patient to be. <see href="https://discord.com/developers/docs/reference#http-api"/></summary>
public sealed record DiscordRestOptions
{
    /// <summary>The bot's token, without "Bot".</summary>
    public required string Token { get; init; }

    /// <summary>The API's address with its version.</summary>
    public Uri BaseAddress { get; init; } = new("https://discord.com/api/v10/");

    /// <summary>Where the program is described or reached; Discord asks every client to name it.</summary>
    public string ProjectUrl { get; init; } = "https://usher.invalid";

    /// <summary>The program's version.</summary>
    public string ProjectVersion { get; init; } = "0.1.0";

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What carries the calls; connections of its own when null.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Requests a second for the bot as a whole; 0 is no limit. Discord grants 50 unless asked for more.</summary>
    public int GlobalRequestsPerSecond { get; init; } = 50;

    /// <summary>How many refused requests in ten minutes are spent before calls are held back; Discord bars the address at 10,000. 0 is no limit.</summary>
    public int InvalidRequestBudget { get; init; } = 9_000;

    /// <summary>How often a call is attempted in all when connections fail or Discord answers 5xx.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long one attempt may take, uploads and answer included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a 429 may make a call wait before it is given up with <see cref="DiscordRateLimitedException"/>.</summary>
    public TimeSpan LongestLimitWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Random numbers from 0 to 1 that spread repeated attempts.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
