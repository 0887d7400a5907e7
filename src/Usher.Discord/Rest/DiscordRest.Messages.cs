using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>
    /// Sends a message; pings nobody unless told. With an enforced nonce it is safe to repeat and is repeated.
    /// <see href="https://discord.com/developers/docs/resources/message#create-message"/>
    /// </summary>
    /// <exception cref="DiscordUnknownOutcomeException">Without an enforced nonce: the message may be there.</exception>
    public Task<Message> CreateMessageAsync(
        Snowflake channel, CreateMessageRequest request, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default)
    {
        var quiet = request with { AllowedMentions = request.AllowedMentions ?? AllowedMentions.None };
        return SendAsync(
            new(Route.Post("channels/{channel}/messages", channel))
            {
                Json = Json(quiet, DiscordJson.Default.CreateMessageRequest),
                Files = files ?? [],
                IsRepeatable = request is { Nonce: not null, EnforceNonce: true },
            },
            DiscordJson.Default.Message,
            cancellationToken);
    }

    /// <summary>
    /// Changes a message of the bot's own; what is absent stays. Files already there are kept only if <see cref="EditMessageRequest.Attachments"/> is absent or names them.
    /// <see href="https://discord.com/developers/docs/resources/message#edit-message"/>
    /// </summary>
    public Task<Message> EditMessageAsync(
        Snowflake channel, Snowflake message, EditMessageRequest request, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Patch("channels/{channel}/messages/{message}", channel, message)) { Json = Quiet(request), Files = files ?? [] },
            DiscordJson.Default.Message,
            cancellationToken);

    /// <summary>A message. <see href="https://discord.com/developers/docs/resources/message#get-channel-message"/></summary>
    public Task<Message> GetMessageAsync(Snowflake channel, Snowflake message, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("channels/{channel}/messages/{message}", channel, message)), DiscordJson.Default.Message, cancellationToken);

    /// <summary>
    /// A page of messages, the youngest first whichever way it is asked; at most one of the three bounds.
    /// <see href="https://discord.com/developers/docs/resources/message#get-channel-messages"/>
    /// </summary>
    /// <param name="channel">The channel or thread.</param>
    /// <param name="before">Older than this.</param>
    /// <param name="after">Younger than this, the oldest of those.</param>
    /// <param name="around">Beside this.</param>
    /// <param name="limit">1-100.</param>
    /// <param name="cancellationToken">Stops waiting and sending.</param>
    public Task<IReadOnlyList<Message>> GetMessagesAsync(
        Snowflake channel, Snowflake? before = null, Snowflake? after = null, Snowflake? around = null, int limit = 100, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Get("channels/{channel}/messages", channel).Asking(("before", before), ("after", after), ("around", around), ("limit", limit))),
            DiscordJson.Default.IReadOnlyListMessage,
            cancellationToken);

    /// <summary>Deletes a message. <see href="https://discord.com/developers/docs/resources/message#delete-message"/></summary>
    public Task DeleteMessageAsync(Snowflake channel, Snowflake message, string? reason = null, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Delete("channels/{channel}/messages/{message}", channel, message)) { Reason = reason }, cancellationToken);

    private static byte[] Quiet(EditMessageRequest request) =>
        Json(request with { AllowedMentions = request.AllowedMentions ?? AllowedMentions.None }, DiscordJson.Default.EditMessageRequest);
}
