using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads what is kept of people, and who may have it erased.</summary>
internal static class PrivacyReader
{
    private const int LongestReason = 300;
    private const string Shape = "Write privacy: with roles:, channel: or keep: below it.";
    private const string KeepShape = "Write keep: with each rule below it, under its own key with for: and reason:.";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36500);

    internal static PrivacySettings Read(Section desk, DeskSettings settings, Reading reading)
    {
        if (desk.Inner("privacy", Shape) is not { } section) return new PrivacySettings();
        var privacy = new PrivacySettings
        {
            Roles = section.Piece("roles") is null ? [] : RoleList.Read(section, "roles", settings.Guild),
            Channel = section.Id<ChannelId>("channel", "a text channel"),
            Keep = Rules(section, settings, reading),
        };
        section.Finish();
        return privacy;
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
