using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>
/// A guild, as REST gives it and, with channels, threads and members, as the gateway does on connection.
/// <see href="https://discord.com/developers/docs/resources/guild#guild-object"/>,
/// <see href="https://discord.com/developers/docs/events/gateway-events#guild-create"/>
/// </summary>
public sealed record Guild
{
    /// <summary>The guild's id, which is also its @everyone role's.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The name; empty while the guild is unavailable.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The icon's hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Icon { get; init; }

    /// <summary>The description of a Community guild.</summary>
    public string? Description { get; init; }

    /// <summary>Who owns it, and so may do everything.</summary>
    public Snowflake OwnerId { get; init; }

    /// <summary>The roles, @everyone among them.</summary>
    public IReadOnlyList<Role> Roles { get => field ?? []; init; }

    /// <summary>The custom emojis.</summary>
    public IReadOnlyList<Emoji> Emojis { get => field ?? []; init; }

    /// <summary>What is switched on, such as <c>COMMUNITY</c>.</summary>
    public IReadOnlyList<string> Features { get => field ?? []; init; }

    /// <summary>The language of the guild, as in <c>pt-BR</c>.</summary>
    public string PreferredLocale { get => field ?? "en-US"; init; }

    /// <summary>How much a member must have verified, 0-4.</summary>
    public int VerificationLevel { get; init; }

    /// <summary>Whether moderation asks for two factors (1).</summary>
    public int MfaLevel { get; init; }

    /// <summary>The boost level, 0-3.</summary>
    public int PremiumTier { get; init; }

    /// <summary>Where joins and boosts are told.</summary>
    public Snowflake? SystemChannelId { get; init; }

    /// <summary>Where the rules stand.</summary>
    public Snowflake? RulesChannelId { get; init; }

    /// <summary>The permissions of the current user, without overwrites; only in the list of one's guilds.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>True while Discord cannot serve the guild; on leaving events absent when the bot was removed.</summary>
    public bool? Unavailable { get; init; }

    /// <summary>When the bot joined; gateway only.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>Many members, so that not all are listed; gateway only.</summary>
    public bool? Large { get; init; }

    /// <summary>How many members; gateway only.</summary>
    public int? MemberCount { get; init; }

    /// <summary>Members: the bot at least; gateway only.</summary>
    public IReadOnlyList<GuildMember>? Members { get; init; }

    /// <summary>Channels that the bot sees; gateway only.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>Active threads that the bot sees; gateway only.</summary>
    public IReadOnlyList<Channel>? Threads { get; init; }
}
