using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Cast;

/// <summary>The guild that the box starts with: «Harbour», its people and its bot. Ids are fixed and easy to read, so that settings can name them.</summary>
public sealed class Harbour
{
    /// <summary>The bot's token, so that an Usher elsewhere can log in.</summary>
    public const string BotToken = "harbour.usher.token";

    private const Permissions Everyone =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.ReadMessageHistory | Permissions.AddReactions | Permissions.AttachFiles
        | Permissions.EmbedLinks | Permissions.UseApplicationCommands | Permissions.Connect | Permissions.Speak | Permissions.SendMessagesInThreads
        | Permissions.CreatePublicThreads | Permissions.ChangeNickname;

    private const Permissions BotNeeds =
        Permissions.ViewChannel | Permissions.SendMessages | Permissions.SendMessagesInThreads | Permissions.CreatePrivateThreads | Permissions.ManageThreads
        | Permissions.ManageChannels | Permissions.ManageMessages | Permissions.ManageRoles | Permissions.ReadMessageHistory | Permissions.AttachFiles | Permissions.EmbedLinks
        | Permissions.MentionEveryone | Permissions.AddReactions | Permissions.UseExternalEmojis;

    private readonly DiscordWorld _world;

    private Harbour(DiscordWorld world)
    {
        _world = world;
        var erin = world.AddUser("erin", "Erin", Number(5));
        Guild = world.AddGuild("Harbour", erin, Number(100));
        world.EditRole(Guild.Everyone, permissions: Everyone);
        // Each role is made above the ones before it.
        Billing = world.AddRole(Guild, "Billing", Permissions.None, color: 0x2ECC71, id: Number(204));
        Support = world.AddRole(Guild, "Support", Permissions.None, color: 0x3498DB, id: Number(203));
        Manager = world.AddRole(Guild, "Manager", Permissions.ManageMessages, color: 0x9B59B6, id: Number(202));
        Administrator = world.AddRole(Guild, "Admin", Permissions.Administrator, color: 0xE67E22, id: Number(201));
        world.GiveRole(Guild.Members.Single(member => member.User == erin), Administrator);
        world.Join(Guild, world.AddUser("alice", "Alice", Number(1)));
        world.Join(Guild, world.AddUser("bob", "Bob", Number(2)), Support);
        world.Join(Guild, world.AddUser("carol", "Carol", Number(3)), Support, Billing);
        world.Join(Guild, world.AddUser("dana", "Dana", Number(4)), Manager);
        Bot = world.AddApplication("Usher", erin, BotToken, Number(900));
        world.Install(Bot, Guild, BotNeeds, Number(205));
        Welcome = world.AddChannel(Guild, "welcome", id: Number(301));
        Help = world.AddChannel(Guild, "help", id: Number(302));
        SupportChannel = world.AddChannel(Guild, "support", id: Number(303));
        General = world.AddChannel(Guild, "general", id: Number(304));
        StaffLog = world.AddChannel(Guild, "staff-log", id: Number(305));
        Tickets = world.AddChannel(Guild, "Tickets", ChannelType.GuildCategory, id: Number(306));
        Lounge = world.AddChannel(Guild, "Lounge", ChannelType.GuildVoice, id: Number(307));
        Arrange(world);
    }

    /// <summary>The guild.</summary>
    public GuildState Guild { get; }

    /// <summary>The bot.</summary>
    public ApplicationState Bot { get; }

    /// <summary>The administrators' role.</summary>
    public RoleState Administrator { get; }

    /// <summary>The managers' role.</summary>
    public RoleState Manager { get; }

    /// <summary>The support staff's role.</summary>
    public RoleState Support { get; }

    /// <summary>The billing staff's role.</summary>
    public RoleState Billing { get; }

    /// <summary>#welcome, where everybody reads.</summary>
    public ChannelState Welcome { get; }

    /// <summary>#help, where the panel stands.</summary>
    public ChannelState Help { get; }

    /// <summary>#support, whose private threads are tickets.</summary>
    public ChannelState SupportChannel { get; }

    /// <summary>#general, where people talk.</summary>
    public ChannelState General { get; }

    /// <summary>#staff-log, which only staff sees.</summary>
    public ChannelState StaffLog { get; }

    /// <summary>The channel category that holds ticket channels.</summary>
    public ChannelState Tickets { get; }

    /// <summary>A voice channel.</summary>
    public ChannelState Lounge { get; }

    /// <summary>The names under which settings speak of these ids: <c>GUILD</c>, <c>SUPPORT_ROLE</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Names => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GUILD"] = Guild.Id.ToString(),
        ["ADMIN_ROLE"] = Administrator.Id.ToString(),
        ["MANAGER_ROLE"] = Manager.Id.ToString(),
        ["SUPPORT_ROLE"] = Support.Id.ToString(),
        ["BILLING_ROLE"] = Billing.Id.ToString(),
        ["HELP_CHANNEL"] = Help.Id.ToString(),
        ["SUPPORT_CHANNEL"] = SupportChannel.Id.ToString(),
        ["LOG_CHANNEL"] = StaffLog.Id.ToString(),
        ["TICKETS_CATEGORY"] = Tickets.Id.ToString(),
    };

    /// <summary>Builds it in a world.</summary>
    public static Harbour Build(DiscordWorld world)
    {
        lock (world.Gate) return new Harbour(world);
    }

    /// <summary>Furnishes it anew before a bot logs in: its own staff roles and its channels but #general and the voice channel make room for others.</summary>
    /// <returns>The names under which settings speak of what is there now, <c>GUILD</c> among them.</returns>
    public IReadOnlyDictionary<string, string> Furnish(Scenery scenery)
    {
        lock (_world.Gate)
        {
            foreach (var channel in (ChannelState[])[Welcome, Help, SupportChannel, StaffLog, Tickets]) _world.DeleteChannel(channel);
            foreach (var role in (RoleState[])[Billing, Support, Manager]) _world.DeleteRole(role);
            _world.Rename(Guild, scenery.Guild, scenery.Locale);
            foreach (var user in _world.Users.Where(user => !user.IsBot)) user.Locale = scenery.Locale;
            var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["GUILD"] = Guild.Id.ToString() };
            // The first is the highest, as in Discord's own list.
            var roles = scenery.Roles.Reverse().ToDictionary(role => role.Key, role => Add(role));
            foreach (var (key, role) in roles) names[key] = role.Id.ToString();
            foreach (var channel in scenery.Channels) names[channel.Key] = Add(channel, roles.Values).Id.ToString();
            foreach (var emoji in scenery.Emojis) _world.AddEmoji(Guild, emoji.Name, emoji.Id, emoji.Picture);
            return names;
        }
    }

    private RoleState Add(SceneRole scene)
    {
        var role = _world.AddRole(Guild, scene.Name, Permissions.None, color: scene.Colour, id: scene.Id);
        role.Hoist = true;
        foreach (var member in Guild.Members.Where(member => scene.Members.Contains(member.User.DisplayName))) _world.GiveRole(member, role);
        return role;
    }

    private ChannelState Add(SceneChannel scene, IEnumerable<RoleState> staff)
    {
        var channel = _world.AddChannel(Guild, scene.Name, scene.IsCategory ? ChannelType.GuildCategory : ChannelType.GuildText, id: scene.Id);
        var own = Guild.Roles.Single(role => role.ManagedBy == Bot);
        var closed = scene.Audience == SceneAudience.Staff ? Permissions.ViewChannel : Permissions.SendMessages;
        if (scene.Audience == SceneAudience.Everyone) return channel;
        _world.SetOverwrite(channel, Guild.Id, isMember: false, Permissions.None, closed);
        foreach (var role in scene.Audience == SceneAudience.Staff ? staff.Append(own) : [own])
            _world.SetOverwrite(channel, role.Id, isMember: false, closed, Permissions.None);
        return channel;
    }

    private void Arrange(DiscordWorld world)
    {
        Administrator.Hoist = Manager.Hoist = Support.Hoist = true;
        Welcome.Topic = "Start here";
        Help.Topic = "Press a button and somebody answers";
        General.Topic = "Talk about anything that is not a ticket";
        StaffLog.Topic = "What the desk did, for staff";
        world.SetOverwrite(StaffLog, Guild.Id, isMember: false, Permissions.None, Permissions.ViewChannel);
        foreach (var role in (RoleState[])[Manager, Support, Billing, Guild.Roles.Single(r => r.ManagedBy == Bot)])
            world.SetOverwrite(StaffLog, role.Id, isMember: false, Permissions.ViewChannel, Permissions.None);
        // People read the panel; only the bot writes there.
        foreach (var quiet in (ChannelState[])[Welcome, Help])
        {
            world.SetOverwrite(quiet, Guild.Id, isMember: false, Permissions.None, Permissions.SendMessages);
            world.SetOverwrite(quiet, Guild.Roles.Single(r => r.ManagedBy == Bot).Id, isMember: false, Permissions.SendMessages, Permissions.None);
        }
    }

    private static Snowflake Number(ulong number) => new(100_000_000_000_000_000 + number);
}
