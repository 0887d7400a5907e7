using Usher.Desk.Settings;

namespace Usher.Engine.Settings;

/// <summary>Reads how fast staff means to be, of a guild or a department.</summary>
internal static class TargetReader
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    internal static Targets Read(Section section)
    {
        if (section.Inner("targets", "Write targets: { first_response: 4h, resolution: 2d }.") is not { } inner) return new Targets();
        var targets = new Targets(Duration(inner, "first_response"), Duration(inner, "resolution"));
        inner.Finish();
        return targets;
    }

    private static TimeSpan? Duration(Section section, string key)
    {
        if (section.Parsed<TimeSpan>(key, Written.TryDuration, "is not a duration.", "Write a number with m, h or d, such as 4h or 2d.") is not { } duration) return null;
        if (duration > TimeSpan.Zero && duration <= Longest) return duration;
        section.Fault(key, $"{key} is out of range.", "Write a duration up to 365d.");
        return null;
    }
}
