using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>A role. @everyone has the guild's own id. <see href="https://discord.com/developers/docs/topics/permissions#role-object"/></summary>
public sealed record Role
{
    /// <summary>The role's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The colour as 0xRRGGBB; 0 is none.</summary>
    public int Color { get; init; }

    /// <summary>The colours, where a role may have a gradient.</summary>
    public RoleColors? Colors { get; init; }

    /// <summary>Listed apart in the members' list.</summary>
    public bool Hoist { get; init; }

    /// <summary>The icon's hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Icon { get; init; }

    /// <summary>The emoji shown as icon.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? UnicodeEmoji { get; init; }

    /// <summary>The rank: greater is higher; of equal ones the smaller id is higher.</summary>
    public int Position { get; init; }

    /// <summary>What the role allows.</summary>
    public Permissions Permissions { get; init; }

    /// <summary>Belongs to an integration, so that nobody can be given it.</summary>
    public bool Managed { get; init; }

    /// <summary>Anybody may mention it.</summary>
    public bool Mentionable { get; init; }

    /// <summary>Whose role it is, when managed.</summary>
    public RoleTags? Tags { get; init; }

    /// <summary>Flags, as a bit set.</summary>
    public int Flags { get; init; }
}

/// <summary>A role's colours. <see href="https://discord.com/developers/docs/topics/permissions#role-object-role-colors-object"/></summary>
/// <param name="PrimaryColor">0xRRGGBB.</param>
/// <param name="SecondaryColor">The gradient's end.</param>
/// <param name="TertiaryColor">Present of a holographic role.</param>
public sealed record RoleColors(
    int PrimaryColor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? SecondaryColor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? TertiaryColor = null);

/// <summary>Whose role a managed role is. <see href="https://discord.com/developers/docs/topics/permissions#role-object-role-tags-structure"/></summary>
public sealed record RoleTags
{
    /// <summary>The bot.</summary>
    public Snowflake? BotId { get; init; }

    /// <summary>The integration.</summary>
    public Snowflake? IntegrationId { get; init; }
}
