using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>Where a program outside wants to be told of what happens.</summary>
/// <param name="Key">What the settings call it.</param>
/// <param name="Url">Where.</param>
/// <param name="Events">Of what; empty for everything.</param>
/// <param name="Secret">What it is signed with; null when the environment has none: then nothing is told.</param>
public sealed record WebhookSettings(string Key, string Url, ValueList<string> Events, Secret? Secret)
{
    /// <summary>The most characters of an address.</summary>
    public const int LongestUrl = 2000;

    /// <summary>Whether something can be told at an address.</summary>
    public static bool IsUrl(string text) =>
        text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0 && url.UserInfo.Length == 0;
}
