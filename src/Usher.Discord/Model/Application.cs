using System.Text.Json.Serialization;

namespace Usher.Discord.Model;

/// <summary>What the portal switched on. <see href="https://discord.com/developers/docs/resources/application#application-object-application-flags"/></summary>
[Flags]
public enum ApplicationFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>May ask for presences; granted by Discord.</summary>
    GatewayPresence = 1 << 12,

    /// <summary>May ask for presences, in fewer than 100 guilds.</summary>
    GatewayPresenceLimited = 1 << 13,

    /// <summary>May ask for members; granted by Discord.</summary>
    GatewayGuildMembers = 1 << 14,

    /// <summary>May ask for members, in fewer than 100 guilds.</summary>
    GatewayGuildMembersLimited = 1 << 15,

    /// <summary>May ask for content; granted by Discord.</summary>
    GatewayMessageContent = 1 << 18,

    /// <summary>May ask for content, in fewer than 100 guilds.</summary>
    GatewayMessageContentLimited = 1 << 19,

    /// <summary>Has global commands.</summary>
    ApplicationCommandBadge = 1 << 23,
}

/// <summary>An application, as far as a bot asks about itself. <see href="https://discord.com/developers/docs/resources/application#application-object"/></summary>
public sealed record Application
{
    /// <summary>The application's id.</summary>
    public required Snowflake Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The icon's hash.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Icon { get; init; }

    /// <summary>The description.</summary>
    public string Description { get => field ?? ""; init; }

    /// <summary>Whether others may add the bot.</summary>
    public bool BotPublic { get; init; }

    /// <summary>Whether adding it needs a code grant.</summary>
    public bool BotRequireCodeGrant { get; init; }

    /// <summary>The bot's account, in part.</summary>
    public User? Bot { get; init; }

    /// <summary>Who owns it, in part.</summary>
    public User? Owner { get; init; }

    /// <summary>The key that signs webhook interactions, hex.</summary>
    public string VerifyKey { get => field ?? ""; init; }

    /// <summary>What the portal switched on.</summary>
    public ApplicationFlags? Flags { get; init; }

    /// <summary>About how many guilds have it.</summary>
    public int? ApproximateGuildCount { get; init; }

    /// <summary>Where Discord sends interactions; while it is set they do not come through the gateway.</summary>
    public string? InteractionsEndpointUrl { get; init; }

    /// <summary>The intents among the privileged ones that the portal allows.</summary>
    [JsonIgnore]
    public Intents PrivilegedIntents =>
        When(ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited, Intents.GuildPresences)
        | When(ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited, Intents.GuildMembers)
        | When(ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited, Intents.MessageContent);

    private Intents When(ApplicationFlags either, Intents intent) => ((Flags ?? ApplicationFlags.None) & either) != ApplicationFlags.None ? intent : Intents.None;
}
