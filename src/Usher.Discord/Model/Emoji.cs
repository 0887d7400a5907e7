using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>
/// An emoji: a custom one has an id, a standard one only a name that is the character itself.
/// <see href="https://discord.com/developers/docs/resources/emoji#emoji-object"/>
/// </summary>
public sealed record Emoji
{
    /// <summary>The custom emoji's id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Snowflake? Id { get; init; }

    /// <summary>The custom emoji's name or the character; null when a custom one is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Name { get; init; }

    /// <summary>True when it moves.</summary>
    public bool? Animated { get; init; }

    /// <summary>A standard emoji.</summary>
    public static Emoji Of(string character) => new() { Name = character };

    /// <summary>A custom emoji.</summary>
    public static Emoji Custom(Snowflake id, string name, bool animated = false) => new() { Id = id, Name = name, Animated = animated };
}
