using System.Text.Json.Serialization;
using Usher.Discord.Components;

namespace Usher.Discord.Model;

/// <summary>
/// A message to send. Content, embeds, components or files must be there; with <see cref="MessageFlags.IsComponentsV2"/> only components and files.
/// <see href="https://discord.com/developers/docs/resources/message#create-message"/>
/// </summary>
public sealed record CreateMessageRequest
{
    /// <summary>At most 2000 characters.</summary>
    public string? Content { get; init; }

    /// <summary>At most 25 characters by which the message is recognised.</summary>
    public string? Nonce { get; init; }

    /// <summary>A second message with the nonce within a few minutes is not made; the first is returned. Makes repeating safe.</summary>
    public bool? EnforceNonce { get; init; }

    /// <summary>Read aloud.</summary>
    public bool? Tts { get; init; }

    /// <summary>At most 10 embeds.</summary>
    public IReadOnlyList<Embed>? Embeds { get; init; }

    /// <summary>Who is pinged; nobody when absent.</summary>
    public AllowedMentions? AllowedMentions { get; init; }

    /// <summary>The message answered or forwarded.</summary>
    public MessageReference? MessageReference { get; init; }

    /// <summary>Components.</summary>
    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>What the uploaded files are called and say.</summary>
    public IReadOnlyList<AttachmentRequest>? Attachments { get; init; }

    /// <summary>What is special about it.</summary>
    public MessageFlags? Flags { get; init; }

    /// <summary>A message made of components alone, checked.</summary>
    /// <exception cref="InvalidComponentsException">Discord would refuse them.</exception>
    public static CreateMessageRequest Of(params IReadOnlyList<Component> components) =>
        new() { Components = ComponentRules.ForMessage(components), Flags = MessageFlags.IsComponentsV2 };
}

/// <summary>A change of a message: what is absent stays. <see href="https://discord.com/developers/docs/resources/message#edit-message"/></summary>
public sealed record EditMessageRequest
{
    /// <summary>The text; null clears it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string?> Content { get; init; }

    /// <summary>The embeds; empty clears them.</summary>
    public IReadOnlyList<Embed>? Embeds { get; init; }

    /// <summary>Suppress embeds, or turn into components; nothing else can be changed.</summary>
    public MessageFlags? Flags { get; init; }

    /// <summary>Who is pinged by what is new; nobody when absent.</summary>
    public AllowedMentions? AllowedMentions { get; init; }

    /// <summary>The components; empty clears them.</summary>
    public IReadOnlyList<Component>? Components { get; init; }

    /// <summary>The files to keep (by id) and to add; those not named are removed.</summary>
    public IReadOnlyList<AttachmentRequest>? Attachments { get; init; }
}

/// <summary>What a file of a request is called. <see href="https://discord.com/developers/docs/resources/message#attachment-object-attachment-request-structure"/></summary>
/// <param name="Id">The place among the uploaded files, from 0; of a file that is kept its id.</param>
/// <param name="Filename">The name.</param>
/// <param name="Description">Alternative text, at most 1024 characters.</param>
/// <param name="IsSpoiler">Blurred until clicked.</param>
public sealed record AttachmentRequest(Snowflake Id, string? Filename = null, string? Description = null, bool? IsSpoiler = null);
