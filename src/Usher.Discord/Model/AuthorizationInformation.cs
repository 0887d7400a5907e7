namespace Usher.Discord.Model;

/// <summary>What a member's access token stands for. <see href="https://discord.com/developers/docs/topics/oauth2#get-current-authorization-information"/></summary>
public sealed record AuthorizationInformation
{
    /// <summary>The application that they signed in to, in part.</summary>
    public required Application Application { get; init; }

    /// <summary>What they allowed it.</summary>
    public IReadOnlyList<string> Scopes { get => field ?? []; init; }

    /// <summary>When the token ends.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>Who they are; null when they did not allow to know that (<c>identify</c>).</summary>
    public User? User { get; init; }
}
