using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>A guild with all that is in it. <see href="https://discord.com/developers/docs/resources/guild#guild-object"/></summary>
public sealed class GuildState
{
    internal GuildState(Snowflake id, string name, UserState owner)
    {
        Id = id;
        Name = name;
        Owner = owner;
    }

    /// <summary>Which guild it is; the @everyone role bears the same identifier.</summary>
    public Snowflake Id { get; }

    /// <summary>The guild's name.</summary>
    public string Name { get; internal set; }

    /// <summary>Who owns it and may do everything.</summary>
    public UserState Owner { get; internal set; }

    /// <summary>The guild's preferred locale.</summary>
    public string PreferredLocale { get; set; } = "en-US";

    /// <summary>How many threads may be active at once; Discord's limit is 1000.</summary>
    public int MaximumActiveThreads { get; set; } = 1000;

    /// <summary>How many channels of all kinds there may be; Discord's limit is 500.</summary>
    public int MaximumChannels { get; set; } = 500;

    /// <summary>Words that no name of a channel or thread may hold, as Discord refuses some in guilds that it shows to everybody.</summary>
    public HashSet<string> RefusedWords { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Custom emojis that no bot here can use, as when they were deleted or belong to a guild that the bot is not in.</summary>
    public HashSet<Snowflake> UnusableEmojis { get; } = [];

    /// <summary>Whether the guild is struck by an outage: absent from events until it is back.</summary>
    public bool Unavailable { get; internal set; }

    internal Dictionary<Snowflake, RoleState> RoleIndex { get; } = [];

    internal Dictionary<Snowflake, MemberState> MemberIndex { get; } = [];

    internal Dictionary<Snowflake, ChannelState> ChannelIndex { get; } = [];

    internal Dictionary<Snowflake, ChannelState> ActiveThreads { get; } = [];

    internal List<ApplicationState> Applications { get; } = [];

    internal Dictionary<Snowflake, EmojiState> Emojis { get; } = [];

    internal List<AuditLogEntryState> AuditLog { get; } = [];

    internal Dictionary<Snowflake, Snowflake> VoiceStates { get; } = [];

    /// <summary>The roles, in no order.</summary>
    public IReadOnlyCollection<RoleState> Roles => RoleIndex.Values;

    /// <summary>The members, in no order.</summary>
    public IReadOnlyCollection<MemberState> Members => MemberIndex.Values;

    /// <summary>The channels, without threads, in no order.</summary>
    public IReadOnlyCollection<ChannelState> Channels => ChannelIndex.Values;

    /// <summary>The threads that are not archived.</summary>
    public IReadOnlyCollection<ChannelState> Threads => ActiveThreads.Values;

    /// <summary>Everyone's role.</summary>
    public RoleState Everyone => RoleIndex[Id];

    /// <summary>The role of that name; for tests and seeds.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RoleState Role(string name) =>
        RoleIndex.Values.FirstOrDefault(role => role.Name == name) ?? throw new KeyNotFoundException($"The guild {Name} has no role “{name}”.");

    /// <summary>The channel or active thread of that name, with or without #; for tests and seeds.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ChannelState Channel(string name) =>
        ChannelIndex.Values.Concat(ActiveThreads.Values).FirstOrDefault(channel => channel.Name == name.TrimStart('#'))
            ?? throw new KeyNotFoundException($"The guild {Name} has no channel “{name}”.");

    /// <summary>What the audit log holds, oldest first.</summary>
    public IReadOnlyList<AuditLogEntryState> AuditLogEntries => AuditLog;
}

/// <summary>A role. <see href="https://discord.com/developers/docs/topics/permissions#role-object"/></summary>
public sealed class RoleState
{
    internal RoleState(Snowflake id, GuildState guild, string name)
    {
        Id = id;
        Guild = guild;
        Name = name;
    }

    /// <summary>Which role it is.</summary>
    public Snowflake Id { get; }

    /// <summary>The guild it belongs to.</summary>
    public GuildState Guild { get; }

    /// <summary>The role's name.</summary>
    public string Name { get; internal set; }

    /// <summary>What it allows everywhere in the guild.</summary>
    public Permissions Permissions { get; internal set; }

    /// <summary>Its place in the hierarchy; higher rules lower.</summary>
    public int Position { get; internal set; }

    /// <summary>The colour as 0xRRGGBB; 0 is none.</summary>
    public int Color { get; internal set; }

    /// <summary>Whether its members are listed apart.</summary>
    public bool Hoist { get; internal set; }

    /// <summary>Whether everyone may ping it.</summary>
    public bool Mentionable { get; internal set; }

    /// <summary>The application whose own role this is; nobody else can be given it.</summary>
    public ApplicationState? ManagedBy { get; internal set; }

    internal HashSet<MemberState> Holders { get; } = [];

    /// <summary>How it is written to mention it.</summary>
    public string Mention => $"<@&{Id}>";
}

/// <summary>A user in a guild. <see href="https://discord.com/developers/docs/resources/guild#guild-member-object"/></summary>
public sealed class MemberState
{
    internal MemberState(GuildState guild, UserState user, DateTimeOffset joinedAt)
    {
        Guild = guild;
        User = user;
        JoinedAt = joinedAt;
    }

    /// <summary>The guild.</summary>
    public GuildState Guild { get; }

    /// <summary>The user.</summary>
    public UserState User { get; }

    /// <summary>The name used in this guild alone.</summary>
    public string? Nick { get; internal set; }

    /// <summary>When the user joined.</summary>
    public DateTimeOffset JoinedAt { get; }

    /// <summary>Until when the member is timed out; null when not.</summary>
    public DateTimeOffset? TimedOutUntil { get; internal set; }

    internal List<RoleState> RoleList { get; } = [];

    /// <summary>The roles of the member besides @everyone.</summary>
    public IReadOnlyList<RoleState> Roles => RoleList;

    /// <summary>What is shown of the member in the guild.</summary>
    public string DisplayName => Nick ?? User.DisplayName;

    internal int HighestPosition => RoleList.Count == 0 ? 0 : RoleList.Max(role => role.Position);
}

/// <summary>A custom emoji of a guild. <see href="https://discord.com/developers/docs/resources/emoji#emoji-object"/></summary>
/// <param name="Id">Which one.</param>
/// <param name="Name">What is written between colons.</param>
/// <param name="Animated">Whether it moves.</param>
public sealed record EmojiState(Snowflake Id, string Name, bool Animated)
{
    /// <summary>A character that the page shows in its place, since a box has no pictures; null shows the name.</summary>
    public string? Picture { get; init; }
}

/// <summary>What somebody did, for the guild's moderators. <see href="https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object"/></summary>
/// <param name="Id">Which entry.</param>
/// <param name="User">Who did it.</param>
/// <param name="Action">The kind of action, by Discord's numbers.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Reason">The reason given with `X-Audit-Log-Reason`.</param>
public sealed record AuditLogEntryState(Snowflake Id, UserState User, int Action, Snowflake? Target, string? Reason);

/// <summary>An invite to a guild. <see href="https://discord.com/developers/docs/resources/invite#invite-object"/></summary>
/// <param name="Code">What stands at the end of its address.</param>
/// <param name="Channel">The channel it leads to.</param>
/// <param name="Inviter">Who made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="MaxAge">Seconds it lasts; 0 is for ever.</param>
/// <param name="MaxUses">How often it can be used; 0 is without limit.</param>
/// <param name="Temporary">Whether who comes through it leaves again when offline.</param>
public sealed record InviteState(string Code, ChannelState Channel, UserState Inviter, DateTimeOffset CreatedAt, int MaxAge, int MaxUses, bool Temporary)
{
    /// <summary>How often it was used.</summary>
    public int Uses { get; internal set; }
}
