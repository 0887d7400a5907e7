using System.Globalization;
using System.Text.RegularExpressions;
using Usher.Desk.Features.Opening;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>Reads a department.</summary>
internal static partial class DepartmentReader
{
    // A button's label: https://discord.com/developers/docs/components/reference#button
    private const int LongestName = 80;
    private const int LongestDescription = 100;

    // The card around it must fit the 4000 characters that a message of components holds.
    private const int LongestWelcome = 2000;

    // A thread's or channel's name: https://discord.com/developers/docs/resources/channel#channel-object
    private const int LongestHomeName = 100;

    internal const int MostOpen = 50;
    private const int LongestEmoji = 64;
    internal const int LongestPause = 1000;

    private static readonly TimeSpan LongestCooldown = TimeSpan.FromDays(30);
    private const string HomeForms = "Write home: { thread: \"id of a text channel\" } or home: { channel: \"id of a channel category\" }, or home: none.";
    private static readonly string[] OverflowKeys = ["overflow", "overflow_threads", "overflow_create", "overflow_queue"];
    private static readonly string[] Placeholders = ["number", "department", "opener", "random"];

    internal static Department Read(string key, Section section, GuildId guild, ValueList<SourceSettings> sources, Reading reading)
    {
        section.Require("name", "Write name:, what people call it.");
        section.Require("home", HomeForms);
        var department = new Department { Key = key, Name = Names.Read(section, "name", LongestName) ?? key, Home = Overflow(section, Home(section)) };
        department = department with
        {
            Emoji = Emojis.Read(section, LongestEmoji),
            Description = section.Text("description", LongestDescription, oneLine: true),
            Staff = RoleList.Read(section, "staff", guild),
            Mention = section.Piece("mention") is null ? null : RoleList.Read(section, "mention", guild),
            Button = Names.Read(section, "button", LongestName),
            Naming = Naming(section, department.Name) ?? department.Naming,
            Welcome = section.Text("welcome", LongestWelcome),
            Colour = section.Parsed<int>("colour", Written.TryColour, "is not a colour.", "Write it as \"#5865F2\", with quotes: # begins a comment otherwise."),
            Form = FormReader.Read(section, sources),
            OpenPerMember = section.Number("open_per_member", 1, MostOpen) ?? department.OpenPerMember,
            ConfirmClose = section.YesNo("confirm_close") ?? department.ConfirmClose,
            NoteIsNextMessage = section.Parsed<bool>("note", TryNote, "is no way to write a note.", "Write one of form, next_message.") ?? department.NoteIsNextMessage,
            DeleteThreads = section.YesNo("delete_threads") ?? department.DeleteThreads,
            Claim = Claim(section, department.Home.Kind) ?? department.Claim,
            Permissions = Permissions(section, department.Home) ?? department.Permissions,
            Paused = section.Text("paused", LongestPause),
            Cooldown = Cooldown(section) ?? department.Cooldown,
            RequiredRoles = RoleList.Read(section, "required_roles", guild, "Leave required_roles out: then every member may open tickets here."),
            BlockedRoles = RoleList.Read(section, "blocked_roles", guild, "Nobody could open tickets here: name the roles of those who shall not."),
            Approvals = ApprovalReader.ReadAll(section, guild, reading),
            Targets = TargetReader.Read(section),
            Retention = RetentionReader.Read(section),
            Transcripts = TranscriptReader.Read(section),
        };
        foreach (var role in department.RequiredRoles.Where(department.BlockedRoles.Contains))
            section.Fault("blocked_roles", $"{role} stands in required_roles too: who has it would be asked for it and sent away for it.", "Keep it in one of the two.");
        if (department is { Permissions: ChannelPermissions.Category, Claim: not ClaimMode.EveryoneWrites })
            section.Fault("claim", "The category says who sees and writes here, so a claim cannot.", "Keep claim or permissions: category.");
        if (department.Staff.Count == 0 && section.Piece("staff") is null or YamlList { Items.Count: 0 })
            section.Warn("staff", "Nobody is staff here: only managers and administrators will see and answer its tickets.", "Write staff: [\"role id\"].");
        section.Finish();
        return department;
    }

    private static HomeSettings Overflow(Section section, HomeSettings home)
    {
        var categories = section.IdList<ChannelId>("overflow", "a channel category");
        var threads = section.Id<ChannelId>("overflow_threads", "a text channel");
        var create = section.YesNo("overflow_create") ?? false;
        var queue = section.YesNo("overflow_queue") ?? false;
        if (home.Kind != HomeKind.Channel)
        {
            foreach (var key in OverflowKeys.Where(key => section.Piece(key) is not null))
                section.Fault(key, "Threads and direct messages have room: only channels overflow.", $"Remove {key}, or write home: {{ channel: \"id of a channel category\" }}.");
            return home;
        }
        if (home.Parent is { } parent && categories.Contains(parent)) section.Fault("overflow", $"{parent} is the home itself.", "Name other categories, to be used when it is full.");
        if (create && home.Parent is null) section.Fault("overflow_create", "The home has no channel category that others could be made like.", "Write home: { channel: \"id of a channel category\" }, or remove overflow_create.");
        if (queue && threads is not null) section.Fault("overflow_queue", "With overflow_threads nobody would ever wait: threads have room.", "Keep one of the two.");
        return home with { Overflow = categories, OverflowThreads = threads, OverflowCreate = create, OverflowQueue = queue };
    }

    private static HomeSettings Home(Section section)
    {
        var nowhere = new HomeSettings(HomeKind.Thread, null);
        if (section.Piece("home") is YamlScalar { Text: "none" }) return new HomeSettings(HomeKind.DirectMessage, null);
        if (section.Inner("home", HomeForms) is not { } home) return nowhere;
        var thread = home.Piece("thread");
        var channel = home.Piece("channel");
        home.Finish();
        switch (thread, channel)
        {
            case (not null, not null):
                section.Fault("home", "A department has one home; here are two.", "Keep thread or channel.");
                return nowhere;
            case (YamlScalar { Text: "none" }, null):
                home.Fault("thread", "Private threads need a text channel.", "Write the id of the text channel whose threads the tickets shall be.");
                return nowhere;
            case (not null, null):
                return new HomeSettings(HomeKind.Thread, home.Id<ChannelId>("thread", "a text channel"));
            case (null, YamlScalar { Text: "none" }):
                return new HomeSettings(HomeKind.Channel, null);
            case (null, not null):
                return new HomeSettings(HomeKind.Channel, home.Id<ChannelId>("channel", "a channel category"));
            default:
                section.Fault("home", "The home is neither thread nor channel.", HomeForms);
                return nowhere;
        }
    }

    private static ClaimMode? Claim(Section section, HomeKind home)
    {
        var mode = section.Parsed<ClaimMode>("claim", TryClaim, "is not a claim mode.", "Write one of everyone_writes, claimer_writes, claimer_sees.");
        if (mode is null or ClaimMode.EveryoneWrites || home == HomeKind.Channel) return mode;
        section.Fault("claim", "Outside of channels Discord cannot keep single members of staff from seeing or writing.", "Write everyone_writes, or give the department a home: { channel: … }.");
        return null;
    }

    private static ChannelPermissions? Permissions(Section section, HomeSettings home)
    {
        var permissions = section.Parsed<ChannelPermissions>("permissions", TryPermissions, "is not known.", "Write department or category.");
        if (permissions is not ChannelPermissions.Category || home is { Kind: HomeKind.Channel, Parent: not null }) return permissions;
        section.Fault("permissions", "There is no channel category whose permissions could be taken.", "Remove permissions, or write home: { channel: \"id of a channel category\" }.");
        return null;
    }

    private static bool TryNote(string text, out bool isNextMessage)
    {
        isNextMessage = text == "next_message";
        return text is "form" or "next_message";
    }

    private static bool TryPermissions(string text, out ChannelPermissions permissions)
    {
        permissions = text == "category" ? ChannelPermissions.Category : ChannelPermissions.Department;
        return text is "department" or "category";
    }

    private static bool TryClaim(string text, out ClaimMode mode)
    {
        (var known, mode) = text switch
        {
            "everyone_writes" => (true, ClaimMode.EveryoneWrites),
            "claimer_writes" => (true, ClaimMode.ClaimerWrites),
            "claimer_sees" => (true, ClaimMode.ClaimerSees),
            _ => (false, default),
        };
        return known;
    }

    private static TimeSpan? Cooldown(Section section)
    {
        if (section.Parsed<TimeSpan>("cooldown", Written.TryDuration, "is not a duration.", "Write a number with s, m, h or d, such as 10m or 1d.") is not { } cooldown) return null;
        if (cooldown <= LongestCooldown) return cooldown;
        section.Fault("cooldown", "The cooldown is longer than 30 days.", "Write 30d or less.");
        return null;
    }

    private static string? Naming(Section section, string name)
    {
        if (section.Text("naming", LongestHomeName, oneLine: true) is not { } naming) return null;
        var random = 0;
        foreach (var placeholder in PlaceholderForm.Matches(naming).Select(m => m.Groups["name"].Value))
        {
            if (HomeName.RandomLength(placeholder) is { } length) random += length;
            else if (placeholder.StartsWith("random", StringComparison.Ordinal))
                section.Fault("naming", $"{{{placeholder}}} is not known.", $"Write {{random:6}}, with a number from {HomeName.FewestRandom} to {HomeName.MostRandom}.");
            else if (!Placeholders.Contains(placeholder))
                section.Fault("naming", $"{{{placeholder}}} is not known.", Nearest.To(placeholder, Placeholders) is { } near ? $"Did you mean {{{near}}}?" : "Write {number}, {department}, {opener} or {random:6}.");
        }
        if (random == 0 && !naming.Contains("{number}", StringComparison.Ordinal) && !naming.Contains("{opener}", StringComparison.Ordinal))
            section.Fault("naming", "Every ticket would have the same name.", "Put {number}, {opener} or {random:6} into it.");
        var shortest = RandomForm.Replace(naming, "").Replace("{department}", name, StringComparison.Ordinal)
            .Replace("{number}", "0000", StringComparison.Ordinal).Replace("{opener}", "", StringComparison.Ordinal).Length + random;
        if (shortest > LongestHomeName)
            section.Fault("naming", $"Names would have {shortest.ToString(CultureInfo.InvariantCulture)} characters; Discord takes {LongestHomeName}.", "Shorten naming or the department's name.");
        return naming;
    }

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlaceholderForm { get; }

    [GeneratedRegex(@"\{random(:[0-9]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RandomForm { get; }
}
