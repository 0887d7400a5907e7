using System.Security.Cryptography;
using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

/// <summary>
/// All that Discord knows, and Discord's rules for changing it. One lock guards it; whoever reads more than one thing holds <see cref="Gate"/>.
/// What it refuses it refuses as Discord does, with <see cref="DiscordRefusal"/>.
/// </summary>
public sealed partial class DiscordWorld : IDisposable
{
    private readonly SnowflakeSource _ids;
    private readonly Dictionary<Snowflake, UserState> _users = [];
    private readonly Dictionary<Snowflake, ApplicationState> _applications = [];
    private readonly Dictionary<string, ApplicationState> _applicationsByToken = new(StringComparer.Ordinal);
    private readonly Dictionary<Snowflake, GuildState> _guilds = [];
    private readonly Dictionary<Snowflake, ChannelState> _channels = [];
    private readonly Dictionary<(Snowflake Person, Snowflake Other), ChannelState> _dms = [];
    private readonly Dictionary<Snowflake, AttachmentState> _attachments = [];
    private readonly Dictionary<string, InviteState> _invites = new(StringComparer.Ordinal);
    private readonly ITimer _archiver;
    private Action<WorldEvent>[] _watchers = [];

    internal DiscordWorld(TimeProvider time)
    {
        Time = time;
        _ids = new(time);
        _archiver = time.CreateTimer(_ => ArchiveSilentThreads(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>The lock of the whole world; it may be taken again by whoever holds it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The world's clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What members allowed applications.</summary>
    internal Authorizations Authorizations => field ??= new Authorizations(Time);

    /// <summary>Hears everything that happens, in order, told under <see cref="Gate"/>, until the returned thing is disposed.</summary>
    public IDisposable Watch(Action<WorldEvent> watcher)
    {
        lock (Gate) _watchers = [.. _watchers, watcher];
        return new Watching(this, watcher);
    }

    /// <summary>All users.</summary>
    public IReadOnlyCollection<UserState> Users => _users.Values;

    /// <summary>All applications.</summary>
    public IReadOnlyCollection<ApplicationState> Applications => _applications.Values;

    /// <summary>All guilds.</summary>
    public IReadOnlyCollection<GuildState> Guilds => _guilds.Values;

    /// <summary>Where files are fetched from, without a slash at the end; known once the box listens.</summary>
    public string CdnAddress { get; internal set; } = "http://localhost/cdn";

    /// <summary>The address of a file.</summary>
    public string AddressOf(AttachmentState file) => $"{CdnAddress}/attachments/{file.Channel}/{file.Id}/{Uri.EscapeDataString(file.Filename)}";

    internal DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The user, or null.</summary>
    public UserState? FindUser(Snowflake id) => _users.GetValueOrDefault(id);

    /// <summary>The channel, thread or DM, archived or not, or null.</summary>
    public ChannelState? FindChannel(Snowflake id) => _channels.GetValueOrDefault(id);

    /// <summary>The guild, or null.</summary>
    public GuildState? FindGuild(Snowflake id) => _guilds.GetValueOrDefault(id);

    /// <summary>The guild of that name; for tests and seeds.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public GuildState Guild(string name) =>
        _guilds.Values.FirstOrDefault(guild => guild.Name == name) ?? throw new KeyNotFoundException($"There is no guild “{name}”.");

    /// <summary>A file that was sent, or null.</summary>
    public AttachmentState? FindAttachment(Snowflake id)
    {
        lock (Gate) return _attachments.GetValueOrDefault(id);
    }

    /// <summary>All threads of a channel, archived ones among them.</summary>
    public IReadOnlyList<ChannelState> ThreadsOf(ChannelState channel)
    {
        lock (Gate) return channel.Children.Where(child => child.IsThread).OrderBy(thread => thread.Id).ToList();
    }

    /// <summary>Whether the user sees the channel now.</summary>
    public bool Sees(UserState user, ChannelState channel)
    {
        lock (Gate) return Sight.Sees(user, channel, Now);
    }

    /// <summary>What the user may do in a guild's channel; in a DM everything that exists there; nothing for who is no member.</summary>
    public Permissions PermissionsOf(UserState user, ChannelState channel)
    {
        lock (Gate)
        {
            if (channel.Guild is not { } guild) return channel.Recipients.Contains(user) ? Permissions.All : Permissions.None;
            return guild.MemberIndex.TryGetValue(user.Id, out var member) ? EffectivePermissions.In(channel, member, Now) : Permissions.None;
        }
    }

    /// <summary>What the user may do in the guild at large; nothing for who is no member.</summary>
    public Permissions PermissionsOf(UserState user, GuildState guild)
    {
        lock (Gate) return guild.MemberIndex.TryGetValue(user.Id, out var member) ? EffectivePermissions.InGuild(member) : Permissions.None;
    }

    /// <summary>Makes a person.</summary>
    public UserState AddUser(string username, string? globalName = null, Snowflake? id = null)
    {
        lock (Gate)
        {
            var user = new UserState(id ?? _ids.Next(), username, globalName, isBot: false);
            _users.Add(user.Id, user);
            return user;
        }
    }

    /// <summary>Makes an application with a bot; the bot's identifier is the application's.</summary>
    public ApplicationState AddApplication(string name, UserState owner, string? token = null, Snowflake? id = null)
    {
        lock (Gate)
        {
            var own = id ?? _ids.Next();
            var bot = new UserState(own, name, globalName: null, isBot: true);
            var application = new ApplicationState(own, name, token ?? NewSecret(40), bot, owner);
            _users.Add(bot.Id, bot);
            _applications.Add(own, application);
            _applicationsByToken.Add(application.Token, application);
            return application;
        }
    }

    /// <summary>Makes the token invalid, as the portal's “Reset Token” does, and returns the new one.</summary>
    public string ResetToken(ApplicationState application)
    {
        lock (Gate)
        {
            _applicationsByToken.Remove(application.Token);
            application.Token = NewSecret(40);
            _applicationsByToken.Add(application.Token, application);
            return application.Token;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archiver.Dispose();

    internal ApplicationState? FindApplicationByToken(string token) => _applicationsByToken.GetValueOrDefault(token);

    internal ApplicationState? FindApplication(Snowflake id) => _applications.GetValueOrDefault(id);

    internal InviteState? FindInvite(string code) => _invites.GetValueOrDefault(code);

    internal IReadOnlyList<InviteState> InvitesOf(GuildState guild) => _invites.Values.Where(invite => invite.Channel.Guild == guild).ToList();

    internal Snowflake NextId() => _ids.Next();

    internal static string NewSecret(int bytes) =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(bytes)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>An invitation's code, as Discord makes them: letters and digits alone.</summary>
    internal static string NewCode() => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 8);

    private void Tell(WorldEvent happening)
    {
        foreach (var watcher in _watchers) watcher(happening);
    }

    private void Demand(UserState user, ChannelState channel, Permissions needed)
    {
        if (!Sight.Sees(user, channel, Now)) throw DiscordRefusal.MissingAccess();
        if ((PermissionsOf(user, channel) & needed) != needed) throw DiscordRefusal.MissingPermissions();
    }

    private void Demand(UserState user, GuildState guild, Permissions needed)
    {
        if (!guild.MemberIndex.ContainsKey(user.Id)) throw DiscordRefusal.MissingAccess();
        if ((PermissionsOf(user, guild) & needed) != needed) throw DiscordRefusal.MissingPermissions();
    }

    private HashSet<ApplicationState> SeenBy(ChannelState channel) =>
        channel.Guild is { } guild ? guild.Applications.Where(app => Sight.Sees(app.Bot, channel, Now)).ToHashSet() : [];

    private void Log(GuildState guild, UserState user, int action, Snowflake? target, string? reason)
    {
        guild.AuditLog.Add(new(NextId(), user, action, target, reason));
        // Discord keeps 45 days; here a bound that a long benchmark cannot outgrow.
        if (guild.AuditLog.Count > 20_000) guild.AuditLog.RemoveRange(0, 10_000);
    }

    private sealed class Watching(DiscordWorld world, Action<WorldEvent> watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (world.Gate) world._watchers = world._watchers.Where(other => other != watcher).ToArray();
        }
    }
}
