using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>A user in a guild. <see href="https://discord.com/developers/docs/resources/guild#guild-member-object"/></summary>
public sealed record GuildMember
{
    /// <summary>Who; absent on the member of a message and in resolved data, where the user stands beside it.</summary>
    public User? User { get; init; }

    /// <summary>The guild, on gateway events about members.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>The name in this guild.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Nick { get; init; }

    /// <summary>The picture's hash in this guild.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Avatar { get; init; }

    /// <summary>The banner's hash in this guild.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Banner { get; init; }

    /// <summary>The roles held, without @everyone.</summary>
    public IReadOnlyList<Snowflake> Roles { get => field ?? []; init; }

    /// <summary>When the user joined; null of a guest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>Since when the member boosts the guild.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? PremiumSince { get; init; }

    /// <summary>Deafened in voice.</summary>
    public bool? Deaf { get; init; }

    /// <summary>Muted in voice.</summary>
    public bool? Mute { get; init; }

    /// <summary>Flags, as a bit set.</summary>
    public int Flags { get; init; }

    /// <summary>True while the membership screening is not passed.</summary>
    public bool? Pending { get; init; }

    /// <summary>What the member may do in the channel; only inside an interaction.</summary>
    public Permissions? Permissions { get; init; }

    /// <summary>Until when the member is timed out; a moment in the past means not at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? CommunicationDisabledUntil { get; init; }

    /// <summary>What people see: the nickname, else the user's own name.</summary>
    [JsonIgnore]
    public string DisplayName => Nick ?? User?.DisplayName ?? "";

    /// <summary>True while a timeout runs. <see href="https://discord.com/developers/docs/topics/permissions#permissions-for-timed-out-members"/></summary>
    public bool IsTimedOut(DateTimeOffset now) => CommunicationDisabledUntil > now;
}
