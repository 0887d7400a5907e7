using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>What somebody used. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type"/></summary>
public enum InteractionType
{
    /// <summary>Discord asks whether the endpoint lives; never through the gateway.</summary>
    Ping = 1,

    /// <summary>A command.</summary>
    ApplicationCommand = 2,

    /// <summary>A button or select.</summary>
    MessageComponent = 3,

    /// <summary>A command's option is being typed.</summary>
    ApplicationCommandAutocomplete = 4,

    /// <summary>A modal was submitted.</summary>
    ModalSubmit = 5,
}

/// <summary>Where an interaction can be used. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types"/></summary>
public enum InteractionContextType
{
    /// <summary>In a guild.</summary>
    Guild = 0,

    /// <summary>In the bot's DM.</summary>
    BotDm = 1,

    /// <summary>In DMs among others.</summary>
    PrivateChannel = 2,
}

/// <summary>
/// A click, a command or a submitted modal. To be answered within 3 seconds; its token then serves 15 minutes.
/// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"/>
/// </summary>
public sealed record Interaction
{
    /// <summary>The interaction's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The application it is for.</summary>
    public required Snowflake ApplicationId { get; init; }

    /// <summary>What kind.</summary>
    public required InteractionType Type { get; init; }

    /// <summary>What was used and entered; absent of a ping only.</summary>
    public InteractionData? Data { get; init; }

    /// <summary>The guild it came from.</summary>
    public Snowflake? GuildId { get; init; }

    /// <summary>The channel it came from, in part.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The channel it came from.</summary>
    public Snowflake? ChannelId { get; init; }

    /// <summary>Who, in a guild; with permissions in the channel.</summary>
    public GuildMember? Member { get; init; }

    /// <summary>Who, in a DM.</summary>
    public User? User { get; init; }

    /// <summary>The secret that answers it. Never to be logged.</summary>
    public required string Token { get; init; }

    /// <summary>Always 1.</summary>
    public int Version { get; init; }

    /// <summary>The message whose component was used.</summary>
    public Message? Message { get; init; }

    /// <summary>What the application may do there.</summary>
    public Permissions? AppPermissions { get; init; }

    /// <summary>The user's language.</summary>
    public string? Locale { get; init; }

    /// <summary>The guild's language.</summary>
    public string? GuildLocale { get; init; }

    /// <summary>For which installations: the key is the integration type, the value a guild, a user or <c>0</c>.</summary>
    public IReadOnlyDictionary<string, Snowflake>? AuthorizingIntegrationOwners { get; init; }

    /// <summary>Where it was used.</summary>
    public InteractionContextType? Context { get; init; }

    /// <summary>Bytes that an attached file may have.</summary>
    public long? AttachmentSizeLimit { get; init; }

    /// <summary>Who used it, in a guild or not.</summary>
    /// <exception cref="InvalidOperationException">Discord named nobody, as in a ping.</exception>
    [JsonIgnore]
    public User Invoker => Member?.User ?? User ?? throw new InvalidOperationException("The interaction names no user.");
}
