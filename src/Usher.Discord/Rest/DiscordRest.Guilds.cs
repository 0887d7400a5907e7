using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>A guild with its roles, without channels. <see href="https://discord.com/developers/docs/resources/guild#get-guild"/></summary>
    public Task<Guild> GetGuildAsync(Snowflake guild, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("guilds/{guild}", guild)), DiscordJson.Default.Guild, cancellationToken);

    /// <summary>A guild's channels, without threads. <see href="https://discord.com/developers/docs/resources/guild#get-guild-channels"/></summary>
    public Task<IReadOnlyList<Channel>> GetGuildChannelsAsync(Snowflake guild, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("guilds/{guild}/channels", guild)), DiscordJson.Default.IReadOnlyListChannel, cancellationToken);

    /// <summary>A guild's roles. <see href="https://discord.com/developers/docs/resources/guild#get-guild-roles"/></summary>
    public Task<IReadOnlyList<Role>> GetGuildRolesAsync(Snowflake guild, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("guilds/{guild}/roles", guild)), DiscordJson.Default.IReadOnlyListRole, cancellationToken);

    /// <summary>A member; refused as gone when the user is not in the guild. <see href="https://discord.com/developers/docs/resources/guild#get-guild-member"/></summary>
    public Task<GuildMember> GetGuildMemberAsync(Snowflake guild, Snowflake user, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("guilds/{guild}/members/{user}", guild, user)), DiscordJson.Default.GuildMember, cancellationToken);

    /// <summary>Where an invite leads. <see href="https://discord.com/developers/docs/resources/invite#get-invite"/></summary>
    public Task<Invite> GetInviteAsync(string code, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("invites/{code}", code)), DiscordJson.Default.Invite, cancellationToken);
}
