using Usher.Discord.Model;

namespace Usher.Sandbox.Cast;

/// <summary>What the box's guild is furnished with, so that a desk which was written for another guild finds its roles and channels.</summary>
/// <param name="Guild">The guild's name.</param>
/// <param name="Locale">The locale of the guild and of everybody's client, such as <c>fr</c>.</param>
/// <param name="Roles">The roles, the highest first.</param>
/// <param name="Channels">The channels and channel categories.</param>
/// <param name="Emojis">The guild's own emojis.</param>
public sealed record Scenery(string Guild, string Locale, IReadOnlyList<SceneRole> Roles, IReadOnlyList<SceneChannel> Channels, IReadOnlyList<SceneEmoji> Emojis);

/// <summary>A role.</summary>
/// <param name="Key">What settings call it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id; null for any.</param>
/// <param name="Colour">Its colour, as <c>0xRRGGBB</c>.</param>
/// <param name="Members">Who of the cast has it, by name.</param>
public sealed record SceneRole(string Key, string Name, Snowflake? Id, int Colour, IReadOnlyList<string> Members);

/// <summary>Who sees a channel and writes in it.</summary>
public enum SceneAudience
{
    /// <summary>Everybody.</summary>
    Everyone,

    /// <summary>Everybody reads; the bot writes.</summary>
    Readers,

    /// <summary>Only the bot and whoever has one of the scenery's roles.</summary>
    Staff,
}

/// <summary>A text channel or channel category.</summary>
/// <param name="Key">What settings call it.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsCategory">Whether it is a category.</param>
/// <param name="Id">Its id; null for any.</param>
/// <param name="Audience">Who is in it.</param>
public sealed record SceneChannel(string Key, string Name, bool IsCategory, Snowflake? Id, SceneAudience Audience);

/// <summary>An emoji of the guild's own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its id.</param>
/// <param name="Picture">The character that the page shows for it.</param>
public sealed record SceneEmoji(string Name, Snowflake Id, string Picture);
