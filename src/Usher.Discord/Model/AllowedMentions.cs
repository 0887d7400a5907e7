using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>Kinds of mentions to take from a text. <see href="https://discord.com/developers/docs/resources/message#allowed-mentions-object-allowed-mention-types"/></summary>
[JsonConverter(typeof(JsonStringEnumConverter<AllowedMentionType>))]
public enum AllowedMentionType
{
    /// <summary>Roles.</summary>
    [JsonStringEnumMemberName("roles")]
    Roles,

    /// <summary>Users.</summary>
    [JsonStringEnumMemberName("users")]
    Users,

    /// <summary>@everyone and @here.</summary>
    [JsonStringEnumMemberName("everyone")]
    Everyone,
}

/// <summary>Who is pinged by a message; the text looks the same. <see href="https://discord.com/developers/docs/resources/message#allowed-mentions-object"/></summary>
public sealed record AllowedMentions
{
    /// <summary>Nobody is pinged. What this client sends unless told otherwise.</summary>
    public static AllowedMentions None { get; } = new() { Parse = [] };

    /// <summary>Every mention of these kinds in the text; a kind named here must not have ids below.</summary>
    public IReadOnlyList<AllowedMentionType>? Parse { get; init; }

    /// <summary>At most 100 roles.</summary>
    public IReadOnlyList<Snowflake>? Roles { get; init; }

    /// <summary>At most 100 users.</summary>
    public IReadOnlyList<Snowflake>? Users { get; init; }

    /// <summary>Whether a reply pings the author it answers; not by default.</summary>
    public bool? RepliedUser { get; init; }

    /// <summary>Exactly these users and roles, and nobody else.</summary>
    public static AllowedMentions Only(IReadOnlyList<Snowflake>? users = null, IReadOnlyList<Snowflake>? roles = null) =>
        new() { Parse = [], Users = users, Roles = roles };
}
