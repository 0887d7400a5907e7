using System.Globalization;
using System.Text.RegularExpressions;
using Usher.Engine.Guilds;

namespace Usher.Web.Api;

/// <summary>What the desk says in Discord's markdown, for readers who are not in Discord: mentions become names, times become times.</summary>
internal static partial class PlainWords
{
    internal static string Of(string markdown, KnownGuild? guild) => Markup.Replace(markdown, place =>
    {
        var id = place.Groups["id"].Value;
        return place.Groups["mark"].Value switch
        {
            "@&" => "@" + (guild?.Roles.TryGetValue(Number(id), out var role) == true ? role.Name : id),
            "#" => "#" + (guild?.Channels.TryGetValue(Number(id), out var channel) == true ? channel : id),
            "t:" => DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(Number(id), LastSecond)).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
            _ => "user " + id,
        };
    });

    // The last second of the year 9999.
    private const ulong LastSecond = 253_402_300_799;

    private static ulong Number(string digits) => ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("<(?<mark>@&|@!?|#|t:)(?<id>[0-9]{1,20})(?::[a-zA-Z])?>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markup { get; }
}
