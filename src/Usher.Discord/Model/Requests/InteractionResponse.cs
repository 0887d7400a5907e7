using System.Diagnostics.CodeAnalysis;
using Usher.Discord.Components;

namespace Usher.Discord.Model;

/// <summary>How an interaction is answered. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type"/></summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "Discord's numbers.")]
public enum InteractionResponseType
{
    /// <summary>To a ping.</summary>
    Pong = 1,

    /// <summary>With a message.</summary>
    ChannelMessageWithSource = 4,

    /// <summary>With a message that follows; the user sees that something is thought about.</summary>
    DeferredChannelMessageWithSource = 5,

    /// <summary>Later, by editing the component's message; the user sees nothing.</summary>
    DeferredUpdateMessage = 6,

    /// <summary>By editing the component's message.</summary>
    UpdateMessage = 7,

    /// <summary>With suggestions.</summary>
    ApplicationCommandAutocompleteResult = 8,

    /// <summary>With a modal; not possible for a submitted modal.</summary>
    Modal = 9,

    /// <summary>By starting the activity.</summary>
    LaunchActivity = 12,
}

/// <summary>The answer to an interaction, due within 3 seconds and given once. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object"/></summary>
/// <param name="Type">How.</param>
/// <param name="Data">A message, modal or suggestions.</param>
public sealed record InteractionResponse(InteractionResponseType Type, InteractionResponseData? Data = null)
{
    /// <summary>Answers with a message.</summary>
    public static InteractionResponse Reply(InteractionResponseData message) => new(InteractionResponseType.ChannelMessageWithSource, message);

    /// <summary>Answers with a message later; whether only the user sees it must be said now.</summary>
    public static InteractionResponse Defer(bool ephemeral) =>
        new(InteractionResponseType.DeferredChannelMessageWithSource, ephemeral ? new InteractionResponseData { Flags = MessageFlags.Ephemeral } : null);

    /// <summary>Edits the component's message.</summary>
    public static InteractionResponse Update(InteractionResponseData message) => new(InteractionResponseType.UpdateMessage, message);

    /// <summary>Edits the component's message later.</summary>
    public static InteractionResponse DeferUpdate() => new(InteractionResponseType.DeferredUpdateMessage);

    /// <summary>Shows a modal of 1-5 fields, checked.</summary>
    /// <exception cref="InvalidComponentsException">Discord would refuse it.</exception>
    public static InteractionResponse Modal(string customId, string title, IReadOnlyList<Component> components) =>
        new(
            InteractionResponseType.Modal,
            new InteractionResponseData { CustomId = customId, Title = title, Components = ComponentRules.ForModal(customId, title, components) });

    /// <summary>Suggests at most 25 choices.</summary>
    public static InteractionResponse Suggest(IReadOnlyList<ApplicationCommandChoice> choices) =>
        new(InteractionResponseType.ApplicationCommandAutocompleteResult, new InteractionResponseData { Choices = choices });
}

/// <summary>What an answer holds; a message, a modal or suggestions. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-data-structure"/></summary>
public sealed record InteractionResponseData
{
    /// <summary>Message: at most 2000 characters.</summary>
    public string? Content { get; init; }

    /// <summary>Message: read aloud.</summary>
    public bool? Tts { get; init; }

    /// <summary>Message: at most 10 embeds.</summary>
    public IReadOnlyList<Embed>? Embeds { get; init; }

    /// <summary>Message: who is pinged; nobody when absent.</summary>
    public AllowedMentions? AllowedMentions { get; init; }

    /// <summary>Message: ephemeral, components alone, silent, without embeds.</summary>
    public MessageFlags? Flags { get; init; }

    /// <summary>Message or modal: components.</summary>
    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>Message: what the uploaded files are called.</summary>
    public IReadOnlyList<AttachmentRequest>? Attachments { get; init; }

    /// <summary>Suggestions, at most 25.</summary>
    public IReadOnlyList<ApplicationCommandChoice>? Choices { get; init; }

    /// <summary>Modal: 1-100 characters.</summary>
    public string? CustomId { get; init; }

    /// <summary>Modal: at most 45 characters.</summary>
    public string? Title { get; init; }

    /// <summary>A message made of components alone, checked.</summary>
    /// <exception cref="InvalidComponentsException">Discord would refuse them.</exception>
    public static InteractionResponseData Of(bool ephemeral, params IReadOnlyList<Component> components) =>
        new() { Components = ComponentRules.ForMessage(components), Flags = MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : MessageFlags.None) };
}

/// <summary>What an answer brought about, when asked for. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object"/></summary>
/// <param name="Interaction">The interaction.</param>
/// <param name="Resource">What was made.</param>
public sealed record InteractionCallbackResponse(InteractionCallback Interaction, InteractionCallbackResource? Resource = null);

/// <summary>The answered interaction. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-object"/></summary>
/// <param name="Id">The interaction.</param>
/// <param name="Type">What kind it was.</param>
/// <param name="ResponseMessageId">The message made.</param>
/// <param name="ResponseMessageLoading">Whether it is still thought about.</param>
/// <param name="ResponseMessageEphemeral">Whether only the user sees it.</param>
public sealed record InteractionCallback(
    Snowflake Id, InteractionType Type, Snowflake? ResponseMessageId = null, bool? ResponseMessageLoading = null, bool? ResponseMessageEphemeral = null);

/// <summary>What an answer made. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-resource-object"/></summary>
/// <param name="Type">How it was answered.</param>
/// <param name="Message">The message made or edited.</param>
public sealed record InteractionCallbackResource(InteractionResponseType Type, Message? Message = null);
