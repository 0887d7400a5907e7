using Usher.Discord.Json;
using Usher.Discord.Model;

namespace Usher.Discord.Rest;

public sealed partial class DiscordRest
{
    /// <summary>
    /// Answers an interaction, once and within 3 seconds; pings nobody unless told. Outside the global limit. Repeated when the connection failed: an answer
    /// that had arrived counts as given. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response"/>
    /// </summary>
    public Task RespondAsync(
        Snowflake interaction, string token, InteractionResponse response, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default) =>
        SendAsync(Response(interaction, token, response, files, withResponse: false), cancellationToken);

    /// <summary>
    /// Answers an interaction and tells what that made; null when a repeated answer turned out to have been given before.
    /// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#create-interaction-response"/>
    /// </summary>
    public Task<InteractionCallbackResponse?> RespondWithResultAsync(
        Snowflake interaction, string token, InteractionResponse response, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default) =>
        PersistAsync(Response(interaction, token, response, files, withResponse: true), DiscordJson.Default.InteractionCallbackResponse, cancellationToken);

    /// <summary>The message that answered an interaction. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#get-original-interaction-response"/></summary>
    public Task<Message> GetOriginalResponseAsync(Snowflake application, string token, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Get("webhooks/{application}/{token}/messages/@original", application, token)), DiscordJson.Default.Message, cancellationToken);

    /// <summary>
    /// Changes the message that answered an interaction, or gives a deferred one; within 15 minutes.
    /// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#edit-original-interaction-response"/>
    /// </summary>
    public Task<Message> EditOriginalResponseAsync(
        Snowflake application, string token, EditMessageRequest request, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Patch("webhooks/{application}/{token}/messages/@original", application, token)) { Json = Quiet(request), Files = files ?? [] },
            DiscordJson.Default.Message,
            cancellationToken);

    /// <summary>Deletes the message that answered an interaction. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#delete-original-interaction-response"/></summary>
    public Task DeleteOriginalResponseAsync(Snowflake application, string token, CancellationToken cancellationToken = default) =>
        SendAsync(new(Route.Delete("webhooks/{application}/{token}/messages/@original", application, token)), cancellationToken);

    /// <summary>
    /// Sends another message after the answer; within 15 minutes. Not repeated after a failure in which it may have been sent.
    /// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message"/>
    /// </summary>
    /// <exception cref="DiscordUnknownOutcomeException">The message may be there.</exception>
    public Task<Message> CreateFollowUpAsync(
        Snowflake application, string token, InteractionResponseData request, IReadOnlyList<UploadFile>? files = null, CancellationToken cancellationToken = default)
    {
        var quiet = request with { AllowedMentions = request.AllowedMentions ?? AllowedMentions.None };
        return SendAsync(
            new(Route.Post("webhooks/{application}/{token}", application, token))
            {
                Json = Json(quiet, DiscordJson.Default.InteractionResponseData),
                Files = files ?? [],
            },
            DiscordJson.Default.Message,
            cancellationToken);
    }

    /// <summary>Changes a message sent after the answer. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#edit-followup-message"/></summary>
    public Task<Message> EditFollowUpAsync(
        Snowflake application,
        string token,
        Snowflake message,
        EditMessageRequest request,
        IReadOnlyList<UploadFile>? files = null,
        CancellationToken cancellationToken = default) =>
        SendAsync(
            new(Route.Patch("webhooks/{application}/{token}/messages/{message}", application, token, message)) { Json = Quiet(request), Files = files ?? [] },
            DiscordJson.Default.Message,
            cancellationToken);

    private static DiscordRequest Response(Snowflake interaction, string token, InteractionResponse response, IReadOnlyList<UploadFile>? files, bool withResponse)
    {
        var isMessage = response.Type is InteractionResponseType.ChannelMessageWithSource or InteractionResponseType.UpdateMessage;
        var quiet = isMessage && response.Data is { AllowedMentions: null } data
            ? response with { Data = data with { AllowedMentions = AllowedMentions.None } }
            : response;
        return new(Route.Post("interactions/{interaction}/{token}/callback", interaction, token).Asking(("with_response", withResponse ? true : null)))
        {
            Json = Json(quiet, DiscordJson.Default.InteractionResponse),
            Files = files ?? [],
            IsRepeatable = true,
        };
    }
}
