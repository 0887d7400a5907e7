namespace Usher.Discord.Model;

/// <summary>
/// Who may do what where, as Discord computes it: roles, overwrites, then what follows by implication. Pure; the clock is for timeouts.
/// <see href="https://discord.com/developers/docs/topics/permissions#permission-overwrites"/>
/// </summary>
public static class PermissionMath
{
    private const Permissions WhileTimedOut = Permissions.ViewChannel | Permissions.ReadMessageHistory;

    private const Permissions NeedsSending =
        Permissions.MentionEveryone | Permissions.SendTtsMessages | Permissions.AttachFiles | Permissions.EmbedLinks
        | Permissions.SendVoiceMessages | Permissions.SendPolls;

    private const Permissions NeedsConnecting =
        Permissions.ManageChannels | Permissions.Speak | Permissions.Stream | Permissions.UseVad | Permissions.PrioritySpeaker | Permissions.MuteMembers
        | Permissions.DeafenMembers | Permissions.MoveMembers | Permissions.UseSoundboard | Permissions.UseExternalSounds | Permissions.RequestToSpeak
        | Permissions.SetVoiceChannelStatus | Permissions.UseEmbeddedActivities;

    /// <summary>What a member may do in the guild at large, before any channel's overwrites. An owner and an administrator may do everything.</summary>
    /// <exception cref="ArgumentException">The member has no user.</exception>
    public static Permissions Compute(Guild guild, GuildMember member, DateTimeOffset now)
    {
        var permissions = FromRoles(guild, member);
        return member.IsTimedOut(now) && permissions != Permissions.All ? permissions & WhileTimedOut : permissions;
    }

    /// <summary>
    /// What a member may do in a channel. A thread takes its parent's overwrites; there <see cref="Permissions.SendMessages"/> stands for
    /// <see cref="Permissions.SendMessagesInThreads"/>. Whether a member may see a private thread is asked of <see cref="CanSeeThread"/>.
    /// </summary>
    /// <param name="guild">The guild with its roles.</param>
    /// <param name="member">The member with its user.</param>
    /// <param name="channel">The channel or thread.</param>
    /// <param name="parent">The thread's parent; not used of a channel.</param>
    /// <param name="now">Whether a timeout still runs.</param>
    /// <exception cref="ArgumentException">The member has no user, or a thread came without its parent.</exception>
    public static Permissions Compute(Guild guild, GuildMember member, Channel channel, Channel? parent, DateTimeOffset now)
    {
        var permissions = FromRoles(guild, member);
        if (permissions == Permissions.All) return permissions;
        var home = !channel.IsThread ? channel : parent ?? throw new ArgumentException("A thread takes its permissions from its parent.", nameof(parent));
        permissions = Overwritten(permissions, home.PermissionOverwrites ?? [], guild.Id, UserOf(member), member.Roles);
        if (channel.IsThread) permissions = InThread(permissions);
        permissions = Implied(permissions, home.Type);
        return member.IsTimedOut(now) ? permissions & WhileTimedOut : permissions;
    }

    /// <summary>True when somebody with these permissions in the thread sees it: anybody who sees the parent, of a private one members and who manages threads.</summary>
    public static bool CanSeeThread(Permissions permissions, Channel thread, bool isThreadMember) =>
        permissions.HasFlag(Permissions.ViewChannel)
        && (thread.Type != ChannelType.PrivateThread || isThreadMember || permissions.HasFlag(Permissions.ManageThreads));

    /// <summary>
    /// Applies a channel's overwrites in Discord's order: @everyone, then all the roles together, then the member.
    /// <see href="https://discord.com/developers/docs/topics/permissions#permission-overwrites"/>
    /// </summary>
    public static Permissions Overwritten(
        Permissions permissions, IReadOnlyList<Overwrite> overwrites, Snowflake guild, Snowflake user, IReadOnlyList<Snowflake> roles)
    {
        Permissions roleAllow = Permissions.None, roleDeny = Permissions.None;
        Overwrite? everyone = null, own = null;
        foreach (var overwrite in overwrites)
        {
            if (overwrite.Type == OverwriteType.Member)
            {
                if (overwrite.Id == user) own = overwrite;
            }
            else if (overwrite.Id == guild)
            {
                everyone = overwrite;
            }
            else if (roles.Contains(overwrite.Id))
            {
                roleAllow |= overwrite.Allow;
                roleDeny |= overwrite.Deny;
            }
        }
        permissions = Apply(permissions, everyone?.Allow, everyone?.Deny);
        permissions = Apply(permissions, roleAllow, roleDeny);
        return Apply(permissions, own?.Allow, own?.Deny);
    }

    private static Permissions Apply(Permissions permissions, Permissions? allow, Permissions? deny) =>
        (permissions & ~(deny ?? Permissions.None)) | (allow ?? Permissions.None);

    private static Permissions FromRoles(Guild guild, GuildMember member)
    {
        if (guild.OwnerId == UserOf(member)) return Permissions.All;
        var permissions = Permissions.None;
        foreach (var role in guild.Roles)
        {
            if (role.Id == guild.Id || member.Roles.Contains(role.Id)) permissions |= role.Permissions;
        }
        return permissions.HasFlag(Permissions.Administrator) ? Permissions.All : permissions;
    }

    private static Permissions InThread(Permissions permissions) =>
        permissions.HasFlag(Permissions.SendMessagesInThreads) ? permissions | Permissions.SendMessages : permissions & ~Permissions.SendMessages;

    // https://discord.com/developers/docs/topics/permissions#implicit-permissions
    private static Permissions Implied(Permissions permissions, ChannelType type)
    {
        if (!permissions.HasFlag(Permissions.ViewChannel)) return Permissions.None;
        if (!permissions.HasFlag(Permissions.SendMessages)) permissions &= ~NeedsSending;
        var isVoice = type is ChannelType.GuildVoice or ChannelType.GuildStageVoice;
        return isVoice && !permissions.HasFlag(Permissions.Connect) ? permissions & ~NeedsConnecting : permissions;
    }

    private static Snowflake UserOf(GuildMember member) => member.User?.Id ?? throw new ArgumentException("The member names no user.", nameof(member));
}
