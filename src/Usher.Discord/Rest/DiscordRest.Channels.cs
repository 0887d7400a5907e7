using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>A channel or thread. <see href="https://discord.com/developers/docs/resources/channel#get-channel"/></summary>
    public Task<Channel> GetChannelAsync(Snowflake channel, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("channels/{channel}", channel)), DiscordJson.Default.Channel, cancellationToken);

    /// <summary>
    /// Makes a channel. Not repeated after a failure in which it may have been made.
    /// <see href="https://discord.com/developers/docs/resources/guild#create-guild-channel"/>
    /// </summary>
    /// <exception cref="DiscordUnknownOutcomeException">The channel may be there.</exception>
    public Task<Channel> CreateChannelAsync(Snowflake guild, CreateChannelRequest request, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Post("guilds/{guild}/channels", guild)) { Json = Json(request, DiscordJson.Default.CreateChannelRequest), Reason = reason },
            DiscordJson.Default.Channel,
            cancellationToken);

    /// <summary>
    /// Changes a channel or thread. Names and topics of channels take a long limit after two changes in ten minutes.
    /// <see href="https://discord.com/developers/docs/resources/channel#modify-channel"/>
    /// </summary>
    public Task<Channel> ModifyChannelAsync(Snowflake channel, ModifyChannelRequest request, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Patch("channels/{channel}", channel)) { Json = Json(request, DiscordJson.Default.ModifyChannelRequest), Reason = reason },
            DiscordJson.Default.Channel,
            cancellationToken);

    /// <summary>Deletes a channel or thread, or closes a DM. <see href="https://discord.com/developers/docs/resources/channel#deleteclose-channel"/></summary>
    public Task DeleteChannelAsync(Snowflake channel, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Delete("channels/{channel}", channel)) { Reason = reason }, cancellationToken);

    /// <summary>Sets a role's or member's overwrite. <see href="https://discord.com/developers/docs/resources/channel#edit-channel-permissions"/></summary>
    public Task EditOverwriteAsync(Snowflake channel, Overwrite overwrite, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Put("channels/{channel}/permissions/{overwrite}", channel, overwrite.Id))
            {
                Json = Json(new(overwrite.Type, overwrite.Allow, overwrite.Deny), DiscordJson.Default.EditOverwriteRequest),
                Reason = reason,
            },
            cancellationToken);

    /// <summary>Takes a role's or member's overwrite away. <see href="https://discord.com/developers/docs/resources/channel#delete-channel-permission"/></summary>
    public Task DeleteOverwriteAsync(Snowflake channel, Snowflake roleOrUser, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Delete("channels/{channel}/permissions/{overwrite}", channel, roleOrUser)) { Reason = reason }, cancellationToken);
}
