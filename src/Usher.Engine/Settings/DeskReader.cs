using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads the settings of one guild.</summary>
internal static class DeskReader
{
    private const int LongestPrefix = 5;
    private static readonly TimeSpan LongestCountdown = TimeSpan.FromDays(7);

    // https://discord.com/developers/docs/resources/message#allowed-mentions-object
    private const int MostRoles = 100;

    private static readonly string[] Locales = [.. Languages.All.Select(l => l == Language.English ? "en" : l.ToLocale())];

    internal static DeskSettings Read(Section section, Reading reading, string? spare = null)
    {
        section.Require("guild", "Write guild: \"id\", the guild's id.");
        section.Require("departments", "Write departments: with at least one, such as support:.");
        var defaults = new DeskSettings { Guild = section.Id<GuildId>("guild", "a guild") ?? default };
        // First: questions name them.
        var sources = SourceReader.ReadAll(section, reading);
        var departments = Departments(section, reading, defaults.Guild, sources);
        var desk = defaults with
        {
            Language = section.Parsed<Language>("language", TryLanguage, "is not a language that Usher speaks.", $"Write one of {string.Join(", ", Locales)}.") ?? defaults.Language,
            Prefix = Prefix(section) ?? defaults.Prefix,
            LogChannel = section.Id<ChannelId>("log_channel", "a channel"),
            Managers = RoleList.Read(section, "managers", defaults.Guild),
            Countdown = Countdown(section) ?? defaults.Countdown,
            OpenPerMember = section.Number("open_per_member", 1, DepartmentReader.MostOpen),
            Paused = section.Text("paused", DepartmentReader.LongestPause),
            Targets = TargetReader.Read(section),
            Attachments = AttachmentReader.Read(section, reading),
            Retention = RetentionReader.Read(section),
            Transcripts = TranscriptReader.Read(section) ?? defaults.Transcripts,
            Departments = departments,
            Approvals = ApprovalReader.ReadAll(section, defaults.Guild, reading),
            Webhooks = WebhookReader.ReadAll(section, reading),
            PrivateWebhooks = section.YesNo("private_webhooks") ?? defaults.PrivateWebhooks,
            Sources = sources,
            StaffFrom = StaffSourceReader.Read(section),
        };
        desk = desk with { Panels = PanelReader.ReadAll(section, desk, reading), Privacy = PrivacyReader.Read(section, desk, reading) };
        CheckRoles(section, desk);
        CheckNames(section, desk);
        CheckLog(section, desk);
        section.Finish(spare);
        return desk;
    }

    private static void CheckRoles(Section section, DeskSettings desk)
    {
        if (desk.Managers.Count > MostRoles)
            section.Fault("managers", $"{desk.Managers.Count} roles are managers; Discord takes {MostRoles} in one message and channel.", "Give a few roles to those people instead.");
        foreach (var department in desk.Departments)
        {
            var roles = department.Staff.Concat(department.Called).Concat(desk.Managers).Distinct().Count();
            if (department.Staff.Concat(department.Called).Distinct().Count() > MostRoles || (roles > MostRoles && desk.Managers.Count <= MostRoles))
                Department(section, department.Key)?.Fault(
                    "staff", $"{roles} roles answer here, managers among them; Discord takes {MostRoles} in one message and channel.", "Give a few roles to those people instead.");
        }
    }

    // The names are the choices of /open, and Discord refuses all commands when two choices have one name.
    private static void CheckNames(Section section, DeskSettings desk)
    {
        foreach (var same in desk.Departments.GroupBy(d => d.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            foreach (var department in same.Skip(1))
                Department(section, department.Key)?.Fault("name", $"{same.First().Key} has the name «{department.Name}» too.", "Give each department a name of its own; Discord refuses two choices with one name.");
        }
    }

    private static void CheckLog(Section section, DeskSettings desk)
    {
        if (desk.LogChannel is not { } log) return;
        if (desk.Panels.FirstOrDefault(panel => panel.Channel == log) is { } panel)
            section.Warn("log_channel", $"The panel {panel.Key} stands in this channel: whoever sees it reads the log with all transcripts.", "Choose a channel that only staff sees.");
        else if (desk.Departments.FirstOrDefault(d => d.Home is { Kind: HomeKind.Thread, Parent: { } parent } && parent == log) is { } department)
            section.Warn("log_channel", $"The tickets of {department.Key} are threads of this channel, so their openers see it and read the log.", "Choose a channel that only staff sees.");
    }

    private static Section? Department(Section section, string key) => section.Inner("departments", "")?.Inner(key, "");

    private static ValueList<Department> Departments(Section section, Reading reading, GuildId guild, ValueList<SourceSettings> sources)
    {
        if (section.Inner("departments", "Write each department under its key, such as support:.") is not { } inner) return [];
        var departments = new List<Department>();
        foreach (var entry in inner.Entries)
        {
            inner.Piece(entry.Key);
            Keys.Check(entry, inner, reading);
            if (entry.Value is YamlMap map) departments.Add(DepartmentReader.Read(entry.Key, new Section(map, entry.Line, inner.PathOf(entry.Key), reading), guild, sources, reading));
            else inner.Fault(entry.Key, $"The department {entry.Key} must hold keys with values.", "Give it at least name: and home:.");
        }
        if (!inner.Entries.Any()) section.Fault("departments", "There is no department.", "Write at least one, such as support:.");
        return departments.ToValueList();
    }

    private static bool TryLanguage(string text, out Language language)
    {
        var found = Languages.FromLocale(text);
        language = found ?? Language.English;
        return found is not null;
    }

    private static string? Prefix(Section section)
    {
        if (section.Text("prefix", LongestPrefix) is not { } prefix) return null;
        if (prefix[0] != '/' && !prefix.Any(char.IsWhiteSpace)) return prefix;
        section.Fault("prefix", $"«{prefix}» cannot begin a text command.", "Write one to five characters without spaces; / is Discord's own, so not that.");
        return null;
    }

    private static TimeSpan? Countdown(Section section)
    {
        if (section.Parsed<TimeSpan>("countdown", Written.TryDuration, "is not a duration.", "Write a number with s, m, h or d, such as 10s or 5m.") is not { } countdown) return null;
        if (countdown <= LongestCountdown) return countdown;
        section.Fault("countdown", "The countdown is longer than a week.", "Write 7d or less.");
        return null;
    }
}

/// <summary>The keys of departments and panels: they stand in buttons and commands, so they are plain.</summary>
internal static class Keys
{
    private const int Longest = 32;

    internal static void Check(YamlEntry entry, Section section, Reading reading)
    {
        if (entry.Key.Length is > 0 and <= Longest && entry.Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')) return;
        reading.Faults.Add(entry.Line, section.PathOf(entry.Key), $"«{entry.Key}» cannot be a key.",
            $"Use lower-case letters, digits, - and _, at most {Longest}; what people read goes into name or title.");
    }
}

/// <summary>Names that people read: one line in which something can be seen.</summary>
internal static class Names
{
    internal static string? Read(Section section, string key, int longest)
    {
        if (section.Text(key, longest, oneLine: true) is not { } name) return null;
        if (Written.IsVisible(name)) return name;
        section.Fault(key, $"{key} holds only characters that nobody sees; Discord refuses it.", "Write a word or an emoji.");
        return null;
    }
}

/// <summary>Emojis: the character itself or one of the guild's own.</summary>
internal static class Emojis
{
    internal static string? Read(Section section, int longest)
    {
        if (section.Text("emoji", longest) is not { } emoji) return null;
        if (Written.IsEmoji(emoji)) return emoji;
        section.Fault("emoji", $"«{emoji}» is not an emoji.", "Write the character itself, such as \"🛟\", or a guild's own as \"<:name:id>\".");
        return null;
    }
}

/// <summary>Lists of roles, guarded against the role that everybody has.</summary>
internal static class RoleList
{
    internal const string Staff = "Name the roles of your staff; everybody would be staff.";

    internal static ValueList<RoleId> Read(Section section, string key, GuildId guild, string mend = Staff)
    {
        var roles = section.IdList<RoleId>(key, "a role");
        // @everyone has the guild's own id: https://discord.com/developers/docs/topics/permissions#role-object
        if (guild != default && roles.Contains(new RoleId(guild.Value)))
            section.Fault(key, "The guild's own id stands here: that is @everyone.", mend);
        return roles;
    }
}
