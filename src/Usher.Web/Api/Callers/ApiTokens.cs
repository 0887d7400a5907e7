using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Usher.Desk.Values;

namespace Usher.Web.Api.Callers;

/// <summary>
/// The secrets of API keys: <c>usher_GUILD_SECRET</c>. The word before lets people and scanners see what it is, the guild keeps every query within its wall, and the secret is
/// 256 random bits. Such a secret is in no list of guesses, so that a plain SHA-256 keeps it as well as a slow hash would, at a cost that every request can bear.
/// </summary>
public static class ApiTokens
{
    private const string Prefix = "usher_";
    private const int SecretBytes = 32;
    private const int LongestToken = 100;

    /// <summary>Makes a token that nobody had before.</summary>
    public static string New(GuildId guild) => $"{Prefix}{guild}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>What is kept of a token.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Whether it has the form of an API key's.</summary>
    internal static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The guild that a token is for; null when it is none of ours.</summary>
    internal static GuildId? GuildOf(string token)
    {
        if (!IsOne(token) || token.Length > LongestToken || token.Split('_', 3) is not [_, var guild, { Length: > 0 }]) return null;
        return ulong.TryParse(guild, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? new GuildId(id) : null;
    }
}
