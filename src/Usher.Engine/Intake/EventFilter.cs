using Usher.Desk.Values;
using Usher.Discord.Gateway;
using Usher.Engine.Guilds;

namespace Usher.Engine.Intake;

/// <summary>Decides by a glance which events are read at all. Most of what a busy guild says concerns no ticket.</summary>
public sealed class EventFilter(GuildDirectory guilds, KnownHomes homes)
{
    /// <summary>Whether an event is wanted.</summary>
    public bool Wants(in GatewayPeek peek)
    {
        switch (peek.Name)
        {
            case "INTERACTION_CREATE" or "GUILD_CREATE":
                return true;
            case "MESSAGE_CREATE":
                return homes.MayContain(peek.ChannelId.Value) || MayBeTyped(peek);
            case "MESSAGE_UPDATE" or "MESSAGE_DELETE" or "MESSAGE_DELETE_BULK":
                return homes.MayContain(peek.ChannelId.Value);
            case "CHANNEL_CREATE" or "THREAD_CREATE":
                homes.Suspect(peek.GuildId.Value, peek.Id.Value);
                return guilds.SettingsOf(new GuildId(peek.GuildId.Value)) is not null;
            case "VOICE_STATE_UPDATE":
                return homes.CallsOf(new GuildId(peek.GuildId.Value)).Any();
            case "THREAD_MEMBERS_UPDATE":
                return homes.MayContain(peek.Id.Value);
            case "GUILD_DELETE":
                return guilds.SettingsOf(new GuildId(peek.Id.Value)) is not null;
            case "CHANNEL_UPDATE" or "CHANNEL_DELETE" or "THREAD_DELETE" or "GUILD_ROLE_CREATE" or "GUILD_ROLE_UPDATE" or "GUILD_ROLE_DELETE"
                or "GUILD_MEMBER_ADD" or "GUILD_MEMBER_REMOVE":
                return guilds.SettingsOf(new GuildId(peek.GuildId.Value)) is not null;
            default:
                return false;
        }
    }

    private bool MayBeTyped(in GatewayPeek peek) =>
        guilds.SettingsOf(new GuildId(peek.GuildId.Value)) is { } settings && peek.ContentBeginsWith(settings.Prefix);
}
