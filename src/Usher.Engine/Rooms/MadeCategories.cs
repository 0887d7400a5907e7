using System.Collections.Concurrent;
using Usher.Desk.Values;

namespace Usher.Engine.Rooms;

/// <summary>Which channel categories the desk made for want of room: asked at every channel that is deleted, so it is kept in memory.</summary>
public sealed class MadeCategories
{
    private readonly ConcurrentDictionary<ChannelId, GuildId> _categories = new();

    /// <summary>Only one at a time finds or makes or removes: two openings at once need one category, not two.</summary>
    internal SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Whether the desk made it.</summary>
    public bool Contains(ChannelId category) => _categories.ContainsKey(category);

    /// <summary>Those of a guild.</summary>
    public IEnumerable<ChannelId> Of(GuildId guild) => _categories.Where(category => category.Value == guild).Select(category => category.Key);

    /// <summary>The desk made it.</summary>
    public void Add(GuildId guild, ChannelId category) => _categories[category] = guild;

    /// <summary>It is no more.</summary>
    public void Remove(ChannelId category) => _categories.TryRemove(category, out _);
}
