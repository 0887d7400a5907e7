using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>An account, of a person or a bot. <see href="https://discord.com/developers/docs/resources/user#user-object"/></summary>
public sealed record User
{
    /// <summary>The user's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The unique name.</summary>
    public string Username { get => field ?? ""; init; }

    /// <summary>Four digits of bots and old accounts; <c>0</c> otherwise.</summary>
    public string Discriminator { get => field ?? "0"; init; }

    /// <summary>The name the user chose to be shown by.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? GlobalName { get; init; }

    /// <summary>The picture's hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Avatar { get; init; }

    /// <summary>True of an application's account.</summary>
    public bool? Bot { get; init; }

    /// <summary>True of Discord's own account.</summary>
    public bool? System { get; init; }

    /// <summary>The banner's hash.</summary>
    public string? Banner { get; init; }

    /// <summary>The banner's colour as 0xRRGGBB.</summary>
    public int? AccentColor { get; init; }

    /// <summary>The user's language.</summary>
    public string? Locale { get; init; }

    /// <summary>The flags anybody sees, as a bit set.</summary>
    public int? PublicFlags { get; init; }

    /// <summary>The member of the guild where the user was mentioned; only among a message event's mentions.</summary>
    public GuildMember? Member { get; init; }

    /// <summary>True when a program, not a person, acts behind the account.</summary>
    [JsonIgnore]
    public bool IsBot => Bot == true;

    /// <summary>What people see where no nickname is set.</summary>
    [JsonIgnore]
    public string DisplayName => GlobalName ?? Username;
}
