using System.Globalization;
using System.Net.Http.Headers;

namespace Usher.Discord.Rest.Limits;

/// <summary>Whose limit was hit. <see href="https://discord.com/developers/docs/topics/rate-limits#header-format"/></summary>
internal enum LimitScope
{
    /// <summary>The bot's on this route.</summary>
    User,

    /// <summary>The bot's on everything.</summary>
    Global,

    /// <summary>The resource's, whoever asks; not counted as the bot's fault.</summary>
    Shared,
}

/// <summary>What an answer says about limits. <see href="https://discord.com/developers/docs/topics/rate-limits#header-format"/></summary>
/// <param name="Bucket">The bucket, without its major parameters; null of a route without one.</param>
/// <param name="Limit">Requests in a window.</param>
/// <param name="Remaining">Requests left in this window.</param>
/// <param name="ResetAfter">Until the next window.</param>
internal sealed record RateLimitHeaders(string? Bucket, int Limit, int Remaining, TimeSpan ResetAfter)
{
    public static RateLimitHeaders None { get; } = new(null, 0, 0, TimeSpan.Zero);

    public static RateLimitHeaders Read(HttpResponseHeaders headers) =>
        Text(headers, "X-RateLimit-Bucket") is { } bucket
        && Number(headers, "X-RateLimit-Limit") is { } limit
        && Number(headers, "X-RateLimit-Remaining") is { } remaining
        && Number(headers, "X-RateLimit-Reset-After") is { } resetAfter
            ? new(bucket, (int)limit, (int)remaining, TimeSpan.FromSeconds(resetAfter))
            : None;

    public static LimitScope Scope(HttpResponseHeaders headers) => Text(headers, "X-RateLimit-Scope") switch
    {
        "global" => LimitScope.Global,
        "shared" => LimitScope.Shared,
        _ => string.Equals(Text(headers, "X-RateLimit-Global"), "true", StringComparison.OrdinalIgnoreCase) ? LimitScope.Global : LimitScope.User,
    };

    public static TimeSpan? RetryAfter(HttpResponseHeaders headers) => Number(headers, "Retry-After") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string? Text(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
