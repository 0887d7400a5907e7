using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>A person or a bot, as Discord knows it. <see href="https://discord.com/developers/docs/resources/user#user-object"/></summary>
public sealed class UserState
{
    internal UserState(Snowflake id, string username, string? globalName, bool isBot)
    {
        Id = id;
        Username = username;
        GlobalName = globalName;
        IsBot = isBot;
    }

    /// <summary>Who it is.</summary>
    public Snowflake Id { get; }

    /// <summary>The name that is unique in Discord, lower case.</summary>
    public string Username { get; }

    /// <summary>The name shown where no nickname is set; bots have none.</summary>
    public string? GlobalName { get; }

    /// <summary>Whether an application speaks through it.</summary>
    public bool IsBot { get; }

    /// <summary>The language of the person's client, sent with each interaction. <see href="https://discord.com/developers/docs/reference#locales"/></summary>
    public string Locale { get; internal set; } = "en-US";

    /// <summary>Whether direct messages from members of shared guilds are refused (50007).</summary>
    public bool DmsClosed { get; internal set; }

    /// <summary>Whom the person has blocked; their direct messages are refused (50007).</summary>
    public ISet<Snowflake> Blocked { get; } = new HashSet<Snowflake>();

    /// <summary>What a bot shows of itself while one of its sessions lives; null for people, and for bots that are offline or said nothing.</summary>
    public PresenceState? Presence { get; internal set; }

    /// <summary>The guilds the user is in.</summary>
    public IReadOnlyCollection<GuildState> Guilds => GuildSet;

    internal HashSet<GuildState> GuildSet { get; } = [];

    /// <summary>What is shown of the user where no guild is.</summary>
    public string DisplayName => GlobalName ?? Username;
}

/// <summary>What a bot shows of itself. <see href="https://discord.com/developers/docs/events/gateway-events#update-presence"/></summary>
/// <param name="Status">Such as `online`.</param>
/// <param name="Line">What it does, as people read it: `Watching tickets`; null when nothing.</param>
public sealed record PresenceState(string Status, string? Line);

/// <summary>An application with its bot. <see href="https://discord.com/developers/docs/resources/application#application-object"/></summary>
public sealed class ApplicationState
{
    internal ApplicationState(Snowflake id, string name, string token, UserState bot, UserState owner)
    {
        Id = id;
        Name = name;
        Token = token;
        Bot = bot;
        Owner = owner;
    }

    /// <summary>The application's identifier; of modern applications also the bot user's.</summary>
    public Snowflake Id { get; }

    /// <summary>The name of it.</summary>
    public string Name { get; }

    /// <summary>What the bot shows with `Authorization: Bot …` and in its IDENTIFY.</summary>
    public string Token { get; internal set; }

    /// <summary>What the application shows when it exchanges a code for a token; the portal's «client secret».</summary>
    public string ClientSecret => Token + ".secret";

    /// <summary>Where members who sign in may be sent back to, as the portal has it.</summary>
    public List<string> RedirectUris { get; } = [];

    /// <summary>The user that acts for it.</summary>
    public UserState Bot { get; }

    /// <summary>Who made it.</summary>
    public UserState Owner { get; }

    /// <summary>
    /// The privileged intents that are switched on in the developer portal. Asking for another closes the gateway with 4014.
    /// <see href="https://discord.com/developers/docs/events/gateway#privileged-intents"/>
    /// </summary>
    public Intents PrivilegedIntents { get; set; } = Intents.GuildMembers | Intents.GuildPresences | Intents.MessageContent;

    /// <summary>The shards that GET /gateway/bot recommends.</summary>
    public int RecommendedShards { get; set; } = 1;

    /// <summary>How many IDENTIFYs are left today.</summary>
    public int SessionStartsLeft { get; set; } = 1000;

    internal Dictionary<Snowflake, CommandState> Commands { get; } = [];

    internal NonceMemory Nonces { get; } = new();
}
