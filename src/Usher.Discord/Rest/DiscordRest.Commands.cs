using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>The commands of everywhere. <see href="https://discord.com/developers/docs/interactions/application-commands#get-global-application-commands"/></summary>
    public Task<IReadOnlyList<ApplicationCommand>> GetGlobalCommandsAsync(Snowflake application, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("applications/{application}/commands", application).Asking(("with_localizations", true))),
            DiscordJson.Default.IReadOnlyListApplicationCommand,
            cancellationToken);

    /// <summary>The commands of one guild. <see href="https://discord.com/developers/docs/interactions/application-commands#get-guild-application-commands"/></summary>
    public Task<IReadOnlyList<ApplicationCommand>> GetGuildCommandsAsync(Snowflake application, Snowflake guild, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("applications/{application}/guilds/{guild}/commands", application, guild).Asking(("with_localizations", true))),
            DiscordJson.Default.IReadOnlyListApplicationCommand,
            cancellationToken);

    /// <summary>
    /// Makes these the commands of everywhere and removes all others.
    /// <see href="https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands"/>
    /// </summary>
    public Task<IReadOnlyList<ApplicationCommand>> OverwriteGlobalCommandsAsync(
        Snowflake application, IReadOnlyList<ApplicationCommandRequest> commands, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Put("applications/{application}/commands", application)) { Json = Json(commands, DiscordJson.Default.IReadOnlyListApplicationCommandRequest) },
            DiscordJson.Default.IReadOnlyListApplicationCommand,
            cancellationToken);

    /// <summary>
    /// Makes these the commands of one guild and removes all others there.
    /// <see href="https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-guild-application-commands"/>
    /// </summary>
    public Task<IReadOnlyList<ApplicationCommand>> OverwriteGuildCommandsAsync(
        Snowflake application, Snowflake guild, IReadOnlyList<ApplicationCommandRequest> commands, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Put("applications/{application}/guilds/{guild}/commands", application, guild))
            {
                Json = Json(commands, DiscordJson.Default.IReadOnlyListApplicationCommandRequest),
            },
            DiscordJson.Default.IReadOnlyListApplicationCommand,
            cancellationToken);
}
