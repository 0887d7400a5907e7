using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>Where and how to connect to the gateway. <see href="https://discord.com/developers/docs/events/gateway#get-gateway-bot"/></summary>
    public Task<GatewayBot> GetGatewayBotAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("gateway/bot")), DiscordJson.Default.GatewayBot, cancellationToken);

    /// <summary>The bot's own account. <see href="https://discord.com/developers/docs/resources/user#get-current-user"/></summary>
    public Task<User> GetCurrentUserAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("users/@me")), DiscordJson.Default.User, cancellationToken);

    /// <summary>The bot's application. <see href="https://discord.com/developers/docs/resources/application#get-current-application"/></summary>
    public Task<Application> GetCurrentApplicationAsync(CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("applications/@me")), DiscordJson.Default.Application, cancellationToken);

    /// <summary>
    /// The DM with a user, opened if it was not; always the same one, so that it is repeated after failures.
    /// <see href="https://discord.com/developers/docs/resources/user#create-dm"/>
    /// </summary>
    public Task<Channel> CreateDmAsync(Snowflake user, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Post("users/@me/channels")) { Json = Json(new(user), DiscordJson.Default.CreateDmRequest), IsRepeatable = true },
            DiscordJson.Default.Channel,
            cancellationToken);
}
