using System.Text.Json;

namespace Usher.Discord.Model;

/// <summary>
/// The body of an error answer, also of a 429. <see href="https://discord.com/developers/docs/reference#error-messages"/>,
/// <see href="https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure"/>
/// </summary>
public sealed record ApiError
{
    /// <summary>The reason.</summary>
    public ErrorCode Code { get; init; }

    /// <summary>The reason in words.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>A tree of the faulty fields, with lists named <c>_errors</c> as its leaves.</summary>
    public JsonElement? Errors { get; init; }

    /// <summary>Of a 429: seconds to wait.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>Of a 429: whether the limit is the bot's as a whole.</summary>
    public bool? Global { get; init; }
}
