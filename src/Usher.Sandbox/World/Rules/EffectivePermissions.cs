using Usher.Discord.Model;

namespace Usher.Sandbox.World.Rules;

/// <summary>
/// What a member may do: roles first, then the channel's overwrites, then what Discord takes away in silence.
/// <see href="https://discord.com/developers/docs/topics/permissions#permission-overwrites"/>
/// </summary>
/// <remarks>Written apart from the client's own arithmetic on purpose: the two must not be wrong together.</remarks>
public static class EffectivePermissions
{
    private const Permissions WithSending = Permissions.MentionEveryone | Permissions.SendTtsMessages | Permissions.AttachFiles | Permissions.EmbedLinks;

    private const Permissions WhileTimedOut = Permissions.ViewChannel | Permissions.ReadMessageHistory;

    /// <summary>What the member may do in the guild at large.</summary>
    public static Permissions InGuild(MemberState member)
    {
        if (member.Guild.Owner == member.User) return Permissions.All;
        var granted = member.Guild.Everyone.Permissions;
        foreach (var role in member.RoleList) granted |= role.Permissions;
        return granted.HasFlag(Permissions.Administrator) ? Permissions.All : granted;
    }

    /// <summary>What the member may do in a channel; a thread has its parent's overwrites.</summary>
    public static Permissions In(ChannelState channel, MemberState member, DateTimeOffset now)
    {
        var inGuild = InGuild(member);
        if (inGuild == Permissions.All) return inGuild;

        var granted = Overwritten(inGuild, (channel.IsThread ? channel.Parent! : channel).OverwriteIndex, member);
        if (!granted.HasFlag(Permissions.ViewChannel)) return Permissions.None;
        var sending = channel.IsThread ? Permissions.SendMessagesInThreads : Permissions.SendMessages;
        if (!granted.HasFlag(sending)) granted &= ~WithSending;
        return member.TimedOutUntil > now ? granted & WhileTimedOut : granted;
    }

    private static Permissions Overwritten(Permissions granted, Dictionary<Snowflake, OverwriteState> overwrites, MemberState member)
    {
        if (overwrites.Count == 0) return granted;
        if (overwrites.TryGetValue(member.Guild.Id, out var everyone)) granted = (granted & ~everyone.Deny) | everyone.Allow;

        var (allow, deny) = (Permissions.None, Permissions.None);
        foreach (var role in member.RoleList)
        {
            if (!overwrites.TryGetValue(role.Id, out var overwrite)) continue;
            allow |= overwrite.Allow;
            deny |= overwrite.Deny;
        }
        granted = (granted & ~deny) | allow;
        return overwrites.TryGetValue(member.User.Id, out var own) ? (granted & ~own.Deny) | own.Allow : granted;
    }
}
