using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads what is kept of people, and who may have it erased.</summary>
internal static class PrivacyReader
{
    private const int LongestReason = 300;
    private const string Shape = "Write privacy: with roles:, channel:, links_expire_after: or keep: below it.";
    private const string KeepShape = "Write keep: with each rule below it, under its own key with for: and reason:.";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    // What a link like this shows is somebody's whole past: it never holds for long.
    private static readonly TimeSpan ShortestLink = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestLink = TimeSpan.FromDays(30);

    internal static PrivacySettings Read(Section desk, DeskSettings settings, Reading reading)
    {
        if (desk.Inner("privacy", Shape) is not { } section) return new PrivacySettings();
        var privacy = new PrivacySettings
        {
            Roles = section.Piece("roles") is null ? [] : RoleList.Read(section, "roles", settings.Guild),
            Channel = section.Id<ChannelId>("channel", "a text channel"),
            Keep = Rules(section, settings, reading),
        };
        if (LinksExpireAfter(section) is { } after) privacy = privacy with { LinksExpireAfter = after };
        section.Finish();
        return privacy;
    }

    private static TimeSpan? LinksExpireAfter(Section section)
    {
        const string Key = "links_expire_after";
        var after = section.Parsed<TimeSpan>(Key, Written.TryDuration, "is not a duration.", "Write a number with h or d, such as 12h or 7d.");
        if (after is null || (after >= ShortestLink && after <= LongestLink)) return after;
        section.Fault(Key, Key + " is out of range.", "Write a duration from 1h to 30d.");
        return null;
    }

    private static ValueList<KeepRule> Rules(Section section, DeskSettings settings, Reading reading)
    {
        if (section.Inner("keep", KeepShape) is not { } listed) return [];
        var rules = new List<KeepRule>();
        foreach (var entry in listed.Entries)
        {
            Keys.Check(entry, listed, reading);
            if (listed.Inner(entry.Key, KeepShape) is { } one && Rule(one, settings, reading) is { } rule) rules.Add(rule);
        }
        return rules.ToValueList();
    }

    private static KeepRule? Rule(Section section, DeskSettings settings, Reading reading)
    {
        section.Require("for", "Write for:, how long after closing, such as 10y or 180d.");
        section.Require("reason", "Write reason:, why it must stay, in words that the member can be told.");
        var (time, reason) = (section.Parsed<TimeSpan>("for", Written.TryLongDuration, "is no time.", "Write a number with y or d, such as 10y or 180d."), section.Text("reason", LongestReason));
        if (time is { } length && (length <= TimeSpan.Zero || length > Longest))
        {
            section.Fault("for", "for is out of range.", "Write a time up to 100y.");
            time = null;
        }
        var departments = DepartmentList.Read(section, "departments", settings, reading);
        section.Finish();
        return time is { } held && reason is not null ? new KeepRule(departments, held, reason) : null;
    }
}

/// <summary>Reads lists of departments.</summary>
internal static class DepartmentList
{
    internal static ValueList<string> Read(Section section, string key, DeskSettings settings, Reading reading)
    {
        var departments = new List<string>();
        foreach (var (text, line, path) in section.WordList(key))
        {
            if (settings.Department(text) is not null) departments.Add(text);
            else reading.Faults.Add(line, path, $"There is no department {text}.", $"Write some of {string.Join(", ", settings.Departments.Select(department => department.Key))}, or leave {key} out for all.");
        }
        return departments.Distinct().ToValueList();
    }
}
