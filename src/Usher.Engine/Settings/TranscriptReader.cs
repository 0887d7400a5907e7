using Usher.Desk.Settings;

namespace Usher.Engine.Settings;

/// <summary>Reads how long transcripts can be read, of a guild or a department.</summary>
internal static class TranscriptReader
{
    private const string Never = "never";

    // Shorter, and the link in the direct message would have ended before somebody saw it.
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>What the section says; null when it says nothing.</summary>
    internal static TranscriptSettings? Read(Section section)
    {
        if (section.Inner("transcripts", "Write transcripts: { links_expire_after: 30d }.") is not { } inner) return null;
        var after = inner.Parsed<TimeSpan>("links_expire_after", TryAfter, "is not a duration.", "Write a number with h or d, such as 12h or 30d, or never.");
        inner.Finish();
        if (after is null) return null;
        if (after == TimeSpan.MaxValue) return new TranscriptSettings();
        if (after >= Shortest && after <= Longest) return new TranscriptSettings(after);
        inner.Fault("links_expire_after", "links_expire_after is out of range.", "Write a duration from 1h to 3650d, or never.");
        return null;
    }

    private static bool TryAfter(string text, out TimeSpan after)
    {
        after = TimeSpan.MaxValue;
        return text == Never || Written.TryDuration(text, out after);
    }
}
