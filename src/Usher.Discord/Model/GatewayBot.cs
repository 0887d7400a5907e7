namespace Usher.Discord.Model;

/// <summary>Where and how to connect. Not to be kept for long. <see href="https://discord.com/developers/docs/events/gateway#get-gateway-bot"/></summary>
/// <param name="Url">The gateway's address, whatever host it names.</param>
/// <param name="Shards">How many shards Discord recommends.</param>
/// <param name="SessionStartLimit">How many sessions may begin.</param>
public sealed record GatewayBot(string Url, int Shards, SessionStartLimit SessionStartLimit);

/// <summary>How many sessions may begin. <see href="https://discord.com/developers/docs/events/gateway#session-start-limit-object"/></summary>
/// <param name="Total">In a day.</param>
/// <param name="Remaining">Still today.</param>
/// <param name="ResetAfter">Milliseconds until they are renewed.</param>
/// <param name="MaxConcurrency">Identifies in each 5 seconds.</param>
public sealed record SessionStartLimit(int Total, int Remaining, long ResetAfter, int MaxConcurrency);
