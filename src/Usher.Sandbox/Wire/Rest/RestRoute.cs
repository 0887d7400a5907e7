using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>How many requests in how many seconds.</summary>
/// <param name="Limit">Requests.</param>
/// <param name="Seconds">The window, which begins with its first request.</param>
internal readonly record struct Rate(int Limit, double Seconds);

/// <summary>A method and a template, what it does, and what it costs.</summary>
internal sealed record RestRoute(string Method, string Template, Func<RestCall, RestAnswer> Handle)
{
    /// <summary>The bucket's own limit. Real ones are secret and change; these are of their size.</summary>
    public Rate Rate { get; init; } = new(10, 5);

    /// <summary>Routes with the same bucket share it; its own template where none is said.</summary>
    public string? SharedBucket { get; init; }

    /// <summary>Whether the token in the address is authority enough.</summary>
    public bool Open { get; init; }

    /// <summary>Whether it is asked with a member's token instead of the bot's, too; with it alone when there is nothing else to do.</summary>
    public Func<RestCall, AuthorizationState, RestAnswer>? ForMember { get; init; }

    /// <summary>Whether the bot-wide limit does not count it, as with interactions. <see href="https://discord.com/developers/docs/topics/rate-limits#global-rate-limit"/></summary>
    public bool OutsideGlobalLimit { get; init; }

    /// <summary>`POST /channels/{channel}/messages`: how journal and weather name it.</summary>
    public string Name => $"{Method} {Template}";
}
