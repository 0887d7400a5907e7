using Usher.Desk.Announcing;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads where programs outside want to be told of what happens.</summary>
internal static class WebhookReader
{
    private const int LongestSecret = 200;
    private const int ShortestSecret = 16;
    private const string Shape = "Write webhooks: with each below it, under its own key with url: and secret:.";

    internal static ValueList<WebhookSettings> ReadAll(Section desk, Reading reading)
    {
        if (desk.Inner("webhooks", Shape) is not { } listed) return [];
        var hooks = new List<WebhookSettings>();
        foreach (var entry in listed.Entries)
        {
            Keys.Check(entry, listed, reading);
            if (listed.Inner(entry.Key, Shape) is { } hook && Read(entry.Key, hook, reading) is { } read) hooks.Add(read);
        }
        return hooks.ToValueList();
    }

    private static WebhookSettings? Read(string key, Section section, Reading reading)
    {
        section.Require("url", "Write url: with the web address that is to be told.");
        section.Require("secret", "Write secret: ${NAME}, and the secret in the environment or in .env.");
        var url = section.Text("url", WebhookSettings.LongestUrl, oneLine: true);
        if (url is not null && !WebhookSettings.IsUrl(url))
        {
            section.Fault("url", "This is no web address that can be told anything.", "Write https://host/path, without a name and password in it.");
            url = null;
        }
        var secret = section.Secret("secret", LongestSecret, "nothing is told there.");
        if (secret is { Value.Length: < ShortestSecret }) section.Fault("secret", "The secret is too short to keep anything.", "Use at least 16 random characters.");
        var events = new List<string>();
        foreach (var (text, line, path) in section.WordList("events"))
        {
            if (Announcements.Types.Contains(text)) events.Add(text);
            else reading.Faults.Add(line, path, $"There is no event {text}.", $"Write some of {string.Join(", ", Announcements.Types)}, or leave events out for all.");
        }
        section.Finish();
        return url is null ? null : new WebhookSettings(key, url, events.Distinct().ToValueList(), secret);
    }
}
