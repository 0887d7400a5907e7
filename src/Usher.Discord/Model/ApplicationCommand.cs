using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>Where a command appears. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-types"/></summary>
public enum ApplicationCommandType
{
    /// <summary>After a slash.</summary>
    ChatInput = 1,

    /// <summary>In a user's menu.</summary>
    User = 2,

    /// <summary>In a message's menu.</summary>
    Message = 3,

    /// <summary>The start of an activity.</summary>
    PrimaryEntryPoint = 4,
}

/// <summary>What an option takes. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-type"/></summary>
public enum ApplicationCommandOptionType
{
    /// <summary>A subcommand.</summary>
    SubCommand = 1,

    /// <summary>A group of subcommands.</summary>
    SubCommandGroup = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>A whole number of at most 53 bits.</summary>
    Integer = 4,

    /// <summary>Yes or no.</summary>
    Boolean = 5,

    /// <summary>A user.</summary>
    User = 6,

    /// <summary>A channel or category.</summary>
    Channel = 7,

    /// <summary>A role.</summary>
    Role = 8,

    /// <summary>A user or role.</summary>
    Mentionable = 9,

    /// <summary>A number.</summary>
    Number = 10,

    /// <summary>A file.</summary>
    Attachment = 11,
}

/// <summary>For whom an application is installed. <see href="https://discord.com/developers/docs/resources/application#application-object-application-integration-types"/></summary>
public enum ApplicationIntegrationType
{
    /// <summary>For a guild.</summary>
    GuildInstall = 0,

    /// <summary>For a user.</summary>
    UserInstall = 1,
}

/// <summary>A registered command. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object"/></summary>
public sealed record ApplicationCommand
{
    /// <summary>The command's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>Where it appears; after a slash when absent.</summary>
    public ApplicationCommandType? Type { get; init; }

    /// <summary>Whose command it is.</summary>
    public Snowflake ApplicationId { get; init; }

    /// <summary>The guild, when it is not global.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>The name, 1-32 characters.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The name in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>At most 100 characters; empty of menus.</summary>
    public string Description { get => field ?? ""; init; }

    /// <summary>The description in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>At most 25 options.</summary>
    public IReadOnlyList<ApplicationCommandOption>? Options { get; init; }

    /// <summary>What a member needs to be shown it, unless the guild decides otherwise; null is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public Permissions? DefaultMemberPermissions { get; init; }

    /// <summary>Age-restricted.</summary>
    public bool? Nsfw { get; init; }

    /// <summary>Installations it is for; global commands only.</summary>
    public IReadOnlyList<ApplicationIntegrationType>? IntegrationTypes { get; init; }

    /// <summary>Where it can be used; global commands only.</summary>
    public IReadOnlyList<InteractionContextType>? Contexts { get; init; }

    /// <summary>Grows with every change.</summary>
    public Snowflake Version { get; init; }
}

/// <summary>An option of a command. Required ones come first. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure"/></summary>
public sealed record ApplicationCommandOption
{
    /// <summary>What it takes.</summary>
    public required ApplicationCommandOptionType Type { get; init; }

    /// <summary>1-32 lower-case characters.</summary>
    public required string Name { get; init; }

    /// <summary>The name in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? NameLocalizations { get; init; }

    /// <summary>1-100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages, by locale.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool? Required { get; init; }

    /// <summary>At most 25 choices; not together with autocomplete.</summary>
    public IReadOnlyList<ApplicationCommandChoice>? Choices { get; init; }

    /// <summary>A subcommand's options.</summary>
    public IReadOnlyList<ApplicationCommandOption>? Options { get; init; }

    /// <summary>Kinds of channels to offer.</summary>
    public IReadOnlyList<ChannelType>? ChannelTypes { get; init; }

    /// <summary>The least number.</summary>
    public double? MinValue { get; init; }

    /// <summary>The greatest number.</summary>
    public double? MaxValue { get; init; }

    /// <summary>Fewest characters, 0-6000.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most characters, 1-6000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The application suggests while somebody types.</summary>
    public bool? Autocomplete { get; init; }
}

/// <summary>A choice of an option. <see href="https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure"/></summary>
/// <param name="Name">What people see, 1-100 characters.</param>
/// <param name="Value">What is sent: a text of at most 100 characters, or a number.</param>
/// <param name="NameLocalizations">The name in other languages, by locale.</param>
public sealed record ApplicationCommandChoice(string Name, JsonElement Value, IReadOnlyDictionary<string, string>? NameLocalizations = null)
{
    /// <summary>A choice of text.</summary>
    public static ApplicationCommandChoice Of(string name, string value, IReadOnlyDictionary<string, string>? names = null) =>
        new(name, JsonElement.Parse(System.Text.Json.Nodes.JsonValue.Create(value).ToJsonString()), names);
}
