using System.Globalization;

namespace Usher.Desk.Cards;

/// <summary>Times as Discord shows them: in each reader's own time zone and language.</summary>
/// <remarks>https://discord.com/developers/docs/reference#message-formatting</remarks>
public static class Moment
{
    /// <summary>«in 10 seconds», «2 hours ago»; it counts by itself.</summary>
    public static string Relative(DateTimeOffset at) => Tag(at, 'R');

    /// <summary>The full date and time.</summary>
    public static string Full(DateTimeOffset at) => Tag(at, 'F');

    private static string Tag(DateTimeOffset at, char style) =>
        string.Create(CultureInfo.InvariantCulture, $"<t:{at.ToUnixTimeSeconds()}:{style}>");
}
