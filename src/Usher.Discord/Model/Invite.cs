using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>An invite, as far as its target matters. <see href="https://discord.com/developers/docs/resources/invite#invite-object"/></summary>
public sealed record Invite
{
    /// <summary>0 to a guild, 1 to a group, 2 to a friend.</summary>
    public int Type { get; init; }

    /// <summary>The code.</summary>
    public string Code { get => field ?? ""; init; }

    /// <summary>The guild, in part.</summary>
    public Guild? Guild { get; init; }

    /// <summary>The channel, in part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Channel? Channel { get; init; }

    /// <summary>Who made it.</summary>
    public User? Inviter { get; init; }

    /// <summary>When it ends; null is never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? ExpiresAt { get; init; }
}
