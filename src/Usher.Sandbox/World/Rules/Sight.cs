using Usher.Discord.Model;

namespace Usher.Sandbox.World.Rules;

/// <summary>Who sees what. <see href="https://discord.com/developers/docs/topics/threads#permissions"/></summary>
public static class Sight
{
    /// <summary>Whether the user sees the channel; a private thread is seen by its members and by those who manage threads.</summary>
    public static bool Sees(UserState user, ChannelState channel, DateTimeOffset now)
    {
        if (channel.Guild is not { } guild) return channel.Recipients.Contains(user);
        if (!guild.MemberIndex.TryGetValue(user.Id, out var member)) return false;
        var permissions = EffectivePermissions.In(channel, member, now);
        if (!permissions.HasFlag(Permissions.ViewChannel)) return false;
        return channel.Type != ChannelType.PrivateThread
            || channel.Thread!.MemberIndex.ContainsKey(user.Id)
            || permissions.HasFlag(Permissions.ManageThreads);
    }

    /// <summary>Whether the user sees the message: not the ephemeral ones of others.</summary>
    public static bool Sees(UserState user, MessageState message, DateTimeOffset now) =>
        (message.EphemeralFor is null || message.EphemeralFor == user || message.Author == user) && Sees(user, message.Channel, now);
}
