using System.Collections.Concurrent;
using System.Globalization;
using Usher.Desk.Values;
using Usher.Discord.Model;

namespace Usher.Engine.Guilds;

/// <summary>The guilds that have a desk in the settings and that the bot cannot serve: it is not there, or was invited without its commands.</summary>
internal sealed class AbsentGuilds
{
    // What docs and README ask for too: see, write, threads, channels, roles, files, history, and people of a voice call.
    private const string PermissionsAsked = "360777509904";

    private readonly ConcurrentDictionary<GuildId, byte> _guilds = new();

    public bool Any => !_guilds.IsEmpty;

    public bool Contains(GuildId guild) => _guilds.ContainsKey(guild);

    /// <summary>Whether that is new.</summary>
    public bool Add(GuildId guild) => _guilds.TryAdd(guild, 0);

    public bool Remove(GuildId guild) => _guilds.TryRemove(guild, out _);

    /// <summary>What is wrong and what mends it.</summary>
    public string Sentence(Snowflake application) => SentenceOn(_guilds.Keys.Order(Comparer<GuildId>.Create((one, other) => one.Value.CompareTo(other.Value))), application);

    /// <summary>The same of one guild.</summary>
    public static string SentenceOn(GuildId guild, Snowflake application) => SentenceOn([guild], application);

    private static string SentenceOn(IEnumerable<GuildId> guilds, Snowflake application) => string.Create(
        CultureInfo.InvariantCulture,
        $"the bot is not in guild {string.Join(", ", guilds.Select(guild => guild.Value))}, or was invited without its commands; invite it with https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PermissionsAsked}");
}
