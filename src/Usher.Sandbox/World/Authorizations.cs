using System.Security.Cryptography;

namespace Usher.Sandbox.World;

/// <summary>What a member allowed an application, and with which tokens it shows that. <see href="https://discord.com/developers/docs/topics/oauth2"/></summary>
/// <param name="Application">Which application.</param>
/// <param name="User">Who allowed it.</param>
/// <param name="Scopes">What.</param>
public sealed record AuthorizationState(ApplicationState Application, UserState User, IReadOnlyList<string> Scopes)
{
    /// <summary>The access token.</summary>
    public required string AccessToken { get; init; }

    /// <summary>What gives another access token.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>When the access token ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Codes and tokens of everybody who signed in. Used under the world's lock.</summary>
internal sealed class Authorizations(TimeProvider time)
{
    /// <summary>How long an access token holds, as Discord's documentation shows it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Code> _codes = new(StringComparer.Ordinal);
    private readonly List<AuthorizationState> _all = [];

    /// <summary>A member agreed: the code that the application exchanges, once.</summary>
    public string Agree(ApplicationState application, UserState user, IReadOnlyList<string> scopes, string redirectUri)
    {
        var code = Word();
        _codes[code] = new Code(application, user, scopes, redirectUri, time.GetUtcNow() + CodeLife);
        return code;
    }

    /// <summary>A code becomes tokens; null when it is none, was used, is old or was for another address.</summary>
    public AuthorizationState? Exchange(ApplicationState application, string code, string redirectUri)
    {
        if (!_codes.Remove(code, out var kept) || kept.Application != application || kept.RedirectUri != redirectUri || kept.Until <= time.GetUtcNow()) return null;
        return Grant(application, kept.User, kept.Scopes);
    }

    /// <summary>Tokens for a member who agreed.</summary>
    public AuthorizationState Grant(ApplicationState application, UserState user, IReadOnlyList<string> scopes)
    {
        var granted = new AuthorizationState(application, user, scopes) { AccessToken = Word(), RefreshToken = Word(), ExpiresAt = time.GetUtcNow() + Life };
        _all.Add(granted);
        return granted;
    }

    /// <summary>A refresh token becomes new tokens; the old ones hold no more.</summary>
    public AuthorizationState? Refresh(ApplicationState application, string refreshToken)
    {
        if (_all.Find(one => one.Application == application && one.RefreshToken == refreshToken) is not { } old) return null;
        _all.Remove(old);
        return Grant(application, old.User, old.Scopes);
    }

    /// <summary>Takes back all that a member allowed the application to which a token belongs.</summary>
    public void Revoke(ApplicationState application, string token)
    {
        if (_all.Find(one => one.Application == application && (one.AccessToken == token || one.RefreshToken == token)) is { } found)
            _all.RemoveAll(one => one.Application == application && one.User == found.User);
    }

    /// <summary>What an access token stands for; null when it does for nothing (any more).</summary>
    public AuthorizationState? Find(string accessToken) => _all.Find(one => one.AccessToken == accessToken && one.ExpiresAt > time.GetUtcNow());

    private static string Word() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 30);

    private sealed record Code(ApplicationState Application, UserState User, IReadOnlyList<string> Scopes, string RedirectUri, DateTimeOffset Until);
}
