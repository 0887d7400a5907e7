using Usher.Desk.Settings;

namespace Usher.Engine.Settings;

/// <summary>Reads how long is kept what is closed, of a guild or a department.</summary>
internal static class RetentionReader
{
    private const string Never = "never";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36525);

    internal static RetentionSettings Read(Section section)
    {
        if (section.Inner("retention", "Write retention: { content: 180d, ticket: 3y }.") is not { } inner) return new RetentionSettings();
        var retention = new RetentionSettings(Time(inner, "content"), Time(inner, "ticket"));
        if (retention is { Content: { } content, Ticket: { } ticket } && ticket != RetentionSettings.Never && (content == RetentionSettings.Never || content > ticket))
            inner.Fault("content", "What was said cannot stay longer than its ticket.", "Make ticket longer, or content shorter.");
        inner.Finish();
        return retention;
    }

    private static TimeSpan? Time(Section section, string key)
    {
        if (section.Parsed<TimeSpan>(key, TryTime, "is no time.", "Write a number with y or d, such as 180d or 3y, or never.") is not { } time) return null;
        if (time == RetentionSettings.Never || (time > TimeSpan.Zero && time <= Longest)) return time;
        section.Fault(key, $"{key} is out of range.", "Write a time up to 100y.");
        return null;
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        time = RetentionSettings.Never;
        return text == Never || (Written.TryLongDuration(text, out time) && time > TimeSpan.Zero);
    }
}
