using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>What somebody changed in Discord: a department has other staff or another home, or a panel stands elsewhere.</summary>
/// <param name="Department">The department's key; null for all.</param>
/// <param name="Staff">Its new staff; null when that stays.</param>
/// <param name="Home">Its new home; null when that stays.</param>
/// <param name="Panel">The key of the panel that stands elsewhere; null for none.</param>
/// <param name="Channel">Where that stands now.</param>
public sealed record SettingsChange(string? Department, ValueList<RoleId>? Staff = null, HomeSettings? Home = null, string? Panel = null, ChannelId? Channel = null);

/// <summary>What was changed of one department, and what the file said then.</summary>
/// <param name="Department">Its key.</param>
/// <param name="Staff">Its staff; null when the file's holds.</param>
/// <param name="StaffBefore">The file's staff when that was changed.</param>
/// <param name="Home">Its home; null when the file's holds.</param>
/// <param name="HomeBefore">The file's home when that was changed.</param>
public sealed record DepartmentOverride(
    string Department, ValueList<RoleId>? Staff = null, ValueList<RoleId> StaffBefore = default, HomeSettings? Home = null, HomeSettings? HomeBefore = null);

/// <summary>Where a panel was put, and what the file said then.</summary>
/// <param name="Panel">Its key.</param>
/// <param name="Channel">Where it stands.</param>
/// <param name="ChannelBefore">The file's channel when that was changed.</param>
public sealed record PanelOverride(string Panel, ChannelId Channel, ChannelId ChannelBefore);

/// <summary>Everything that was changed in Discord: it lies over the file, value by value, until the file's own value changes.</summary>
/// <param name="Departments">By department.</param>
/// <param name="Panels">By panel.</param>
public sealed record SettingsOverrides(ValueList<DepartmentOverride> Departments = default, ValueList<PanelOverride> Panels = default)
{
    /// <summary>Nothing is changed.</summary>
    public static SettingsOverrides None { get; } = new();

    /// <summary>The settings that hold: the file's, with what was changed over them.</summary>
    public DeskSettings Over(DeskSettings file) => file with { Departments = file.Departments.Select(Over).ToValueList(), Panels = file.Panels.Select(Over).ToValueList() };

    /// <summary>These, and a change more.</summary>
    /// <param name="change">What is changed.</param>
    /// <param name="file">What the file says now.</param>
    public SettingsOverrides With(SettingsChange change, DeskSettings file)
    {
        var kept = Departments;
        var departments = change is { Staff: null, Home: null } ? [] : file.Departments.Where(d => change.Department is null || change.Department == d.Key);
        foreach (var department in departments)
        {
            var before = Of(department.Key);
            if (before is not null) kept = kept.Remove(before);
            var after = before ?? new DepartmentOverride(department.Key);
            if (change.Staff is { } staff) after = after with { Staff = staff == department.Staff ? null : staff, StaffBefore = department.Staff };
            if (change.Home is { } home) after = after with { Home = home == department.Home ? null : home, HomeBefore = department.Home };
            if (after is not { Staff: null, Home: null }) kept = kept.Add(after);
        }
        return new SettingsOverrides(kept.OrderBy(o => o.Department, StringComparer.Ordinal).ToValueList(), Put(change, file));
    }

    private ValueList<PanelOverride> Put(SettingsChange change, DeskSettings file)
    {
        if (change is not { Panel: { } key, Channel: { } channel } || file.Panel(key) is not { } panel) return Panels;
        var others = Panels.Where(o => o.Panel != key);
        return (channel == panel.Channel ? others : others.Append(new PanelOverride(key, channel, panel.Channel))).OrderBy(o => o.Panel, StringComparer.Ordinal).ToValueList();
    }

    private Panel Over(Panel file) => Panels.FirstOrDefault(o => o.Panel == file.Key) is { } put && put.ChannelBefore == file.Channel ? file with { Channel = put.Channel } : file;

    private Department Over(Department file) => Of(file.Key) is not { } changed ? file : file with
    {
        Staff = changed.Staff is { } staff && changed.StaffBefore == file.Staff ? staff : file.Staff,
        Home = changed.Home is { } home && changed.HomeBefore == file.Home ? home : file.Home,
    };

    private DepartmentOverride? Of(string key) => Departments.FirstOrDefault(o => o.Department == key);
}
