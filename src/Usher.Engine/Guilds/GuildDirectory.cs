using System.Collections.Concurrent;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;

namespace Usher.Engine.Guilds;

/// <summary>What is known of a role.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colour">Its colour, as <c>0xRRGGBB</c>.</param>
/// <param name="IsAdministrator">Whether its members may do everything.</param>
public sealed record RoleName(string Name, int Colour, bool IsAdministrator = false);

/// <summary>What is known of a guild without asking: its settings, and the names that the gateway told.</summary>
public sealed class GuildDirectory
{
    private readonly ConcurrentDictionary<ulong, KnownGuild> _guilds = new();
    private volatile IReadOnlyDictionary<ulong, DeskSettings> _settings = new Dictionary<ulong, DeskSettings>();

    /// <summary>The bot's own user; zero until Discord said so.</summary>
    public UserId Self { get; set; }

    /// <summary>The bot's application; zero until Discord said so.</summary>
    public Snowflake Application { get; set; }

    /// <summary>The guilds that have a desk.</summary>
    public IEnumerable<DeskSettings> Desks => _settings.Values;

    /// <summary>The settings of a guild's desk; null when it has none.</summary>
    public DeskSettings? SettingsOf(GuildId guild) => _settings.GetValueOrDefault(guild.Value);

    /// <summary>Takes new settings, for all guilds at once.</summary>
    public void Use(IEnumerable<DeskSettings> settings) => _settings = settings.ToDictionary(s => s.Guild.Value);

    /// <summary>What is known of a guild; null until the gateway told of it.</summary>
    public KnownGuild? Find(GuildId guild) => _guilds.GetValueOrDefault(guild.Value);

    /// <summary>The gateway told of a guild, whole.</summary>
    public void Learn(Guild guild)
    {
        var known = new KnownGuild { Id = guild.Id.Value, Name = guild.Name, Owner = new UserId(guild.OwnerId.Value) };
        foreach (var role in guild.Roles) known.Learn(role);
        foreach (var channel in (guild.Channels ?? []).Concat(guild.Threads ?? [])) known.Learn(channel);
        _guilds[guild.Id.Value] = known;
    }
}

/// <summary>The names of one guild.</summary>
public sealed class KnownGuild
{
    private readonly ConcurrentDictionary<ulong, RoleName> _roles = new();
    private readonly ConcurrentDictionary<ulong, string> _channels = new();

    /// <summary>The guild's id, which its role of everybody has too.</summary>
    public required ulong Id { get; init; }

    /// <summary>The guild's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who owns it, and so may do everything.</summary>
    public required UserId Owner { get; init; }

    /// <summary>Whether somebody with these roles is an administrator.</summary>
    /// <remarks>https://discord.com/developers/docs/topics/permissions#permission-hierarchy</remarks>
    public bool IsAdministrator(UserId user, ValueList<RoleId> roles) =>
        user == Owner || roles.Select(role => role.Value).Append(Id).Any(role => _roles.TryGetValue(role, out var known) && known.IsAdministrator);

    /// <summary>Its roles by id.</summary>
    public IReadOnlyDictionary<ulong, RoleName> Roles => _roles;

    /// <summary>Its channels' and active threads' names by id.</summary>
    public IReadOnlyDictionary<ulong, string> Channels => _channels;

    /// <summary>A role is so now.</summary>
    public void Learn(Role role) => _roles[role.Id.Value] = new RoleName(role.Name, role.Color, role.Permissions.HasFlag(Permissions.Administrator));

    /// <summary>A channel is so now.</summary>
    public void Learn(Channel channel) => _channels[channel.Id.Value] = channel.Name ?? "";

    /// <summary>A role is no more.</summary>
    public void ForgetRole(ulong id) => _roles.TryRemove(id, out _);

    /// <summary>A channel is no more.</summary>
    public void ForgetChannel(ulong id) => _channels.TryRemove(id, out _);
}
