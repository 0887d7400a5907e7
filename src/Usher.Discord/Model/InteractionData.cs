using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Discord.Components;

namespace Usher.Discord.Model;

/// <summary>
/// What was used: a command has an id, name and options; a component a custom id and values; a modal a custom id and components.
/// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-data"/>
/// </summary>
public sealed record InteractionData
{
    /// <summary>The command.</summary>
    public Snowflake? Id { get; init; }

    /// <summary>The command's name.</summary>
    public string? Name { get; init; }

    /// <summary>The command's kind.</summary>
    public ApplicationCommandType? Type { get; init; }

    /// <summary>The guild the command is registered to, if to one.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>The user or message a context menu was opened on.</summary>
    public Snowflake? TargetId { get; init; }

    /// <summary>What was given to the command.</summary>
    public IReadOnlyList<InteractionDataOption>? Options { get; init; }

    /// <summary>The component's or modal's own identifier.</summary>
    public string? CustomId { get; init; }

    /// <summary>The component's kind.</summary>
    public ComponentType? ComponentType { get; init; }

    /// <summary>What was chosen in a select.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What was entered in a modal, as it was laid out.</summary>
    public IReadOnlyList<SubmittedComponent>? Components { get; init; }

    /// <summary>The things that ids above stand for.</summary>
    public ResolvedData? Resolved { get; init; }

    /// <summary>The entered component with this custom id, wherever it lies in the modal; null when there is none.</summary>
    public SubmittedComponent? Entered(string customId) => SubmittedComponent.Find(Components ?? [], customId);
}

/// <summary>A command's option as given, or a subcommand with options of its own. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure"/></summary>
public sealed record InteractionDataOption
{
    /// <summary>The option's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The option's kind.</summary>
    public ApplicationCommandOptionType Type { get; init; }

    /// <summary>The value: a text, a number or a boolean; ids are texts.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>A subcommand's options.</summary>
    public IReadOnlyList<InteractionDataOption>? Options { get; init; }

    /// <summary>True of the option being typed.</summary>
    public bool? Focused { get; init; }

    /// <summary>The value as text; null when it is none.</summary>
    [JsonIgnore]
    public string? Text => Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The value as an id; null when it is none.</summary>
    [JsonIgnore]
    public Snowflake? Id => Snowflake.TryParse(Text, out var id) ? id : null;

    /// <summary>The value as a whole number; null when it is none.</summary>
    [JsonIgnore]
    public long? Integer => Value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var integer) ? integer : null;

    /// <summary>The value as a boolean; null when it is none.</summary>
    [JsonIgnore]
    public bool? Boolean => Value?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
}

/// <summary>The things that an interaction's ids stand for. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure"/></summary>
public sealed record ResolvedData
{
    /// <summary>Users.</summary>
    public IReadOnlyDictionary<Snowflake, User>? Users { get; init; }

    /// <summary>Members, without their users.</summary>
    public IReadOnlyDictionary<Snowflake, GuildMember>? Members { get; init; }

    /// <summary>Roles.</summary>
    public IReadOnlyDictionary<Snowflake, Role>? Roles { get; init; }

    /// <summary>Channels, in part.</summary>
    public IReadOnlyDictionary<Snowflake, Channel>? Channels { get; init; }

    /// <summary>Messages.</summary>
    public IReadOnlyDictionary<Snowflake, Message>? Messages { get; init; }

    /// <summary>Uploaded files.</summary>
    public IReadOnlyDictionary<Snowflake, Attachment>? Attachments { get; init; }
}

/// <summary>
/// A component of a submitted modal with what was entered: a text or a boolean in <see cref="Value"/>, choices in <see cref="Values"/>, or others within.
/// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-component-interaction-response-structures"/>
/// </summary>
public sealed record SubmittedComponent
{
    /// <summary>The component's kind.</summary>
    public ComponentType Type { get; init; }

    /// <summary>The component's number in the modal.</summary>
    public int Id { get; init; }

    /// <summary>The component's own identifier; absent of labels, rows and text.</summary>
    public string? CustomId { get; init; }

    /// <summary>The text entered, the option chosen, or whether the box is ticked.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The options, users, roles, channels or files chosen.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>What stands in a label.</summary>
    public SubmittedComponent? Component { get; init; }

    /// <summary>What stands in a row, as older modals have.</summary>
    public IReadOnlyList<SubmittedComponent>? Components { get; init; }

    /// <summary>The text entered or the option chosen; null when there is none.</summary>
    [JsonIgnore]
    public string? Text => Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Whether a box is ticked.</summary>
    [JsonIgnore]
    public bool IsTicked => Value?.ValueKind == JsonValueKind.True;

    internal static SubmittedComponent? Find(IReadOnlyList<SubmittedComponent> among, string customId)
    {
        foreach (var component in among)
        {
            if (component.CustomId == customId) return component;
            if (component.Component is { } inner && Find([inner], customId) is { } labelled) return labelled;
            if (component.Components is { } row && Find(row, customId) is { } found) return found;
        }
        return null;
    }
}
