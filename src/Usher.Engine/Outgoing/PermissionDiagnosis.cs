using Usher.Desk.Effects;
using Usher.Desk.Settings;
using Usher.Desk.Values;
using Usher.Discord.Model;
using Usher.Discord.Rest;

namespace Usher.Engine.Outgoing;

/// <summary>What an effect needs of the bot's permissions, and where.</summary>
public sealed record PermissionNeeds(Snowflake? Channel, Permissions Needed);

/// <summary>What is missing, and the role that ought to have it.</summary>
public sealed record MissingPermissions(ValueList<string> Missing, RoleId? Role);

/// <summary>Finds, after Discord said no, which permission it meant: Discord itself does not tell.</summary>
/// <remarks>https://discord.com/developers/docs/topics/permissions</remarks>
public static class PermissionDiagnosis
{
    private const Permissions Writing = Permissions.ViewChannel | Permissions.SendMessages | Permissions.EmbedLinks;

    /// <summary>What an effect needs; null when nothing that a role could give.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="settings">Where panels stand.</param>
    public static PermissionNeeds? NeedsOf(Effect effect, DeskSettings settings) => effect switch
    {
        CreateThread create => Needs(create.Parent, Permissions.ViewChannel | Permissions.CreatePrivateThreads | Permissions.SendMessagesInThreads),
        CreateChannel create => Needs(create.Category, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.SendMessages | Permissions.ReadMessageHistory | Permissions.AttachFiles | Permissions.EmbedLinks),
        CreateCategory => Needs(null, Permissions.ViewChannel | Permissions.ManageChannels),
        MakeRoom make => Needs(make.Like, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.ManageRoles),
        RemoveCategory remove => Needs(remove.Category, Permissions.ViewChannel | Permissions.ManageChannels),
        PostCard { WithTranscript: true } post => Needs(post.In, Writing | Permissions.AttachFiles),
        PostCard post => Needs(post.In, Writing),
        PostPanel post => settings.Panel(post.Panel) is { } panel ? Needs(panel.Channel, Writing) : null,
        EditCard edit => Needs(edit.In, Permissions.ViewChannel),
        CloseThread close => Needs(close.Thread, Permissions.ViewChannel | Permissions.ManageThreads),
        ReopenThread reopen => Needs(reopen.Thread, Permissions.ViewChannel | Permissions.ManageThreads),
        DeleteChannel delete => Needs(delete.Channel, Permissions.ViewChannel | Permissions.ManageChannels),
        CreateVoiceChannel create => Needs(create.Category, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.Connect | Permissions.Speak),
        EndCall end => Needs(end.Channel, Permissions.ViewChannel | Permissions.Connect | Permissions.ManageChannels),
        MoveChannel move => Needs(move.Channel, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.ManageRoles),
        ShutChannel shut => Needs(shut.Channel, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.ManageRoles),
        RenameHome { Kind: HomeKind.Thread } rename => Needs(rename.Home, Permissions.ViewChannel | Permissions.ManageThreads),
        RenameHome rename => Needs(rename.Home, Permissions.ViewChannel | Permissions.ManageChannels),
        DeleteThread delete => Needs(delete.Thread, Permissions.ViewChannel | Permissions.ManageThreads),
        GuardChannel guard => Needs(guard.Channel, Permissions.ViewChannel | Permissions.ManageChannels | Permissions.ManageRoles),
        DeleteMessage delete => Needs(delete.In, Permissions.ViewChannel | Permissions.ManageMessages),
        ShowChannelTo show => Needs(show.Channel, Permissions.ViewChannel | Permissions.ManageRoles),
        HideChannelFrom hide => Needs(hide.Channel, Permissions.ViewChannel | Permissions.ManageRoles),
        RemoveThreadMember remove => Needs(remove.Thread, Permissions.ViewChannel | Permissions.ManageThreads),
        AddThreadMember add => Needs(add.Thread, Permissions.ViewChannel | Permissions.SendMessagesInThreads),
        _ => null,
    };

    /// <summary>Asks Discord for the guild, the channel and the bot's own membership, and computes what is missing.</summary>
    public static async Task<MissingPermissions> FindAsync(
        DiscordRest rest, Snowflake guildId, UserId self, PermissionNeeds needs, DateTimeOffset now, CancellationToken cancellation)
    {
        var guild = await rest.GetGuildAsync(guildId, cancellation);
        var member = await rest.GetGuildMemberAsync(guildId, new Snowflake(self.Value), cancellation);
        var own = guild.Roles.FirstOrDefault(role => role.Tags?.BotId?.Value == self.Value)
            ?? guild.Roles.Where(role => member.Roles.Contains(role.Id)).MaxBy(role => role.Position);
        var (has, inThread) = await HeldAsync(rest, guild, member, needs.Channel, now, cancellation);
        return new MissingPermissions(NamesOf(Where(needs.Needed, inThread) & ~has).ToValueList(), own is null ? null : new RoleId(own.Id.Value));
    }

    // In threads, writing has a permission of its own: https://discord.com/developers/docs/topics/threads#permissions
    private static Permissions Where(Permissions needed, bool inThread) =>
        inThread && needed.HasFlag(Permissions.SendMessages) ? (needed & ~Permissions.SendMessages) | Permissions.SendMessagesInThreads : needed;

    private static async Task<(Permissions Has, bool InThread)> HeldAsync(
        DiscordRest rest, Guild guild, GuildMember member, Snowflake? channelId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (channelId is not { } id) return (PermissionMath.Compute(guild, member, now), false);
        try
        {
            var channel = await rest.GetChannelAsync(id, cancellation);
            var parent = channel.IsThread && channel.ParentId is { } parentId ? await rest.GetChannelAsync(parentId, cancellation) : null;
            return (PermissionMath.Compute(guild, member, channel, parent, now), channel.IsThread);
        }
        catch (DiscordApiException refused) when (refused.Code is ErrorCode.MissingAccess)
        {
            // It cannot even be seen: seeing it is what is missing first.
            return (Permissions.None, false);
        }
    }

    private static PermissionNeeds Needs(ChannelId? channel, Permissions needed) => new(channel is { } id ? new Snowflake(id.Value) : null, needed);

    private static IEnumerable<string> NamesOf(Permissions permissions) =>
        Enum.GetValues<Permissions>()
            .Where(one => one != Permissions.None && ulong.IsPow2((ulong)one) && permissions.HasFlag(one))
            .Select(NameOf);

    // As Discord's own settings name them: «Manage Channels» for MANAGE_CHANNELS.
    private static string NameOf(Permissions one) => string.Concat(one.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? " " + c : c.ToString()));
}
