namespace Usher.Discord.Model;

/// <summary>
/// A command to register; the whole set is written at once, and what is not in it is removed.
/// <see href="https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-guild-application-commands"/>
/// </summary>
public sealed record ApplicationCommandRequest
{
    /// <summary>The command, when known.</summary>
    public Snowflake? Id { get; init; }

    /// <summary>1-32 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The name in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>1-100 characters; none of menus.</summary>
    public string? Description { get; init; }

    /// <summary>The description in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>At most 25 options.</summary>
    public IReadOnlyList<ApplicationCommandOption>? Options { get; init; }

    /// <summary>What a member needs to be shown it; none is administrators alone.</summary>
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>Installations it is for; global commands only.</summary>
    public IReadOnlyList<ApplicationIntegrationType>? IntegrationTypes { get; init; }

    /// <summary>Where it can be used; global commands only.</summary>
    public IReadOnlyList<InteractionContextType>? Contexts { get; init; }

    /// <summary>Where it appears; after a slash when absent.</summary>
    public ApplicationCommandType? Type { get; init; }

    /// <summary>Age-restricted.</summary>
    public bool? Nsfw { get; init; }
}
