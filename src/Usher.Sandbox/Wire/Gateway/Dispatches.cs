using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>Which event of Discord's tells whom what happened. <see href="https://discord.com/developers/docs/events/gateway#list-of-intents"/></summary>
internal sealed class Dispatches(DiscordWorld world, Payloads payloads, GatewayHub hub)
{
    public void Of(WorldEvent happening)
    {
        switch (happening)
        {
            case MessageCreated created: Message("MESSAGE_CREATE", created.Message); break;
            case MessageUpdated updated: Message("MESSAGE_UPDATE", updated.Message); break;
            case MessageDeleted deleted: Deleted(deleted.Message); break;
            case MessagesDeleted deleted: DeletedBulk(deleted); break;
            case InteractionCreated created: Interaction(created.Interaction); break;
            case ReactionChanged changed: Reaction(changed); break;
            case TypingStarted typing: Typing(typing); break;
            case PinsUpdated pins: Pins(pins.Channel); break;
            case ChannelCreated created: Channel("CHANNEL_CREATE", created.Channel, null); break;
            case ChannelUpdated updated: Channel("CHANNEL_UPDATE", updated.Channel, updated.SawBefore); break;
            case ChannelDeleted deleted: Channel("CHANNEL_DELETE", deleted.Channel, null); break;
            case ThreadCreated created: ThreadCreated(created); break;
            case ThreadUpdated updated: ThreadUpdated(updated); break;
            case ThreadDeleted deleted: ThreadDeleted(deleted.Thread); break;
            case ThreadMembersChanged changed: ThreadMembers(changed); break;
            case ThreadsShown shown: ThreadsShown(shown); break;
            case GuildJoined joined: GuildJoined(joined); break;
            case GuildLeft left: Of(left.Application, left.Guild, Intents.Guilds, "GUILD_DELETE", writer => Payloads.UnavailableGuild(writer, left.Guild.Id, left.Unavailable)); break;
            case GuildUpdated updated: All(updated.Guild, Intents.Guilds, "GUILD_UPDATE", writer => Payloads.Guild(writer, updated.Guild)); break;
            case RoleCreated created: Role("GUILD_ROLE_CREATE", created.Role); break;
            case RoleUpdated updated: Role("GUILD_ROLE_UPDATE", updated.Role); break;
            case RoleDeleted deleted: All(deleted.Role.Guild, Intents.Guilds, "GUILD_ROLE_DELETE", writer => Payloads.RoleDeleted(writer, deleted.Role)); break;
            case MemberJoined joined: All(joined.Member.Guild, Intents.GuildMembers, "GUILD_MEMBER_ADD", writer => Payloads.MemberEvent(writer, joined.Member)); break;
            case MemberLeft left: All(left.Guild, Intents.GuildMembers, "GUILD_MEMBER_REMOVE", writer => Payloads.MemberRemoved(writer, left.Guild, left.User)); break;
            case MemberUpdated updated: MemberUpdated(updated.Member); break;
            case VoiceChanged voice: All(voice.Guild, Intents.GuildVoiceStates, "VOICE_STATE_UPDATE", writer => Payloads.VoiceState(writer, voice.Guild, voice.User.Id, voice.Channel?.Id)); break;
            case InviteCreated invite: All(invite.Invite.Channel.Guild!, Intents.GuildInvites, "INVITE_CREATE", writer => Payloads.Invite(writer, invite.Invite)); break;
        }
    }

    private void Message(string name, MessageState message)
    {
        if (message.EphemeralFor is not null)
        {
            foreach (var session in Whispering(message)) Send(session, name, writer => payloads.Message(writer, message, new(session.Application, AsEvent: true)));
            return;
        }
        foreach (var session in Watching(message.Channel, Intents.GuildMessages, Intents.DirectMessages))
        {
            var application = session.Application;
            var reads = session.Intents.HasFlag(Intents.MessageContent) || MessageSight.MayAlwaysRead(message, application);
            Send(session, name, writer => payloads.Message(writer, message, new(application, reads, AsEvent: true)));
        }
    }

    private void Deleted(MessageState message)
    {
        var sessions = message.EphemeralFor is null ? Watching(message.Channel, Intents.GuildMessages, Intents.DirectMessages) : Whispering(message);
        foreach (var session in sessions) Send(session, "MESSAGE_DELETE", writer => Payloads.MessageDeleted(writer, message));
    }

    /// <summary>
    /// An ephemeral message goes past the guild: only to the bot that sent it, with the DIRECT_MESSAGES intent, and names no guild.
    /// <see href="https://discord.com/developers/docs/events/gateway-events#messages"/>
    /// </summary>
    private IEnumerable<GatewaySession> Whispering(MessageState message)
    {
        if (message.Application is not { } application) return [];
        return hub.SessionsOf(application).Where(session => (message.Channel.Guild is { } guild ? session.Owns(guild) : session.Shard == 0) && session.Intents.HasFlag(Intents.DirectMessages));
    }

    private void DeletedBulk(MessagesDeleted deleted)
    {
        foreach (var session in Watching(deleted.Channel, Intents.GuildMessages, Intents.DirectMessages))
            Send(session, "MESSAGE_DELETE_BULK", writer => Payloads.MessagesDeleted(writer, deleted.Channel, deleted.Messages));
    }

    /// <summary>Needs no intent, and no sight of the channel either: the person chose the application.</summary>
    private void Interaction(InteractionState interaction)
    {
        foreach (var session in hub.SessionsOf(interaction.Application).Where(session => interaction.Channel.Guild is { } guild ? session.Owns(guild) : session.Shard == 0))
            Send(session, "INTERACTION_CREATE", writer => payloads.Interaction(writer, interaction));
    }

    private void Reaction(ReactionChanged change)
    {
        foreach (var session in Watching(change.Message.Channel, Intents.GuildMessageReactions, Intents.DirectMessageReactions))
            Send(session, change.Added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", writer => Payloads.ReactionChange(writer, change));
    }

    private void Typing(TypingStarted typing)
    {
        foreach (var session in Watching(typing.Channel, Intents.GuildMessageTyping, Intents.DirectMessageTyping))
            Send(session, "TYPING_START", writer => Payloads.Typing(writer, typing));
    }

    private void Pins(ChannelState channel)
    {
        foreach (var session in Watching(channel, Intents.Guilds, Intents.DirectMessages)) Send(session, "CHANNEL_PINS_UPDATE", writer => Payloads.Pins(writer, channel));
    }

    private void Channel(string name, ChannelState channel, IReadOnlySet<ApplicationState>? sawBefore)
    {
        foreach (var session in In(channel.Guild!, Intents.Guilds))
        {
            if (sawBefore?.Contains(session.Application) == true || Sight.Sees(session.Application.Bot, channel, world.Now))
                Send(session, name, writer => payloads.Channel(writer, channel, session.Application.Bot));
        }
    }

    private void ThreadCreated(ThreadCreated created)
    {
        foreach (var session in Watching(created.Thread, Intents.Guilds, Intents.None))
        {
            if (created.AddedOnly is { } only && !only.Contains(session.Application.Bot.Id)) continue;
            Send(session, "THREAD_CREATE", writer => payloads.Channel(writer, created.Thread, session.Application.Bot, newlyCreated: created.Newly ? true : null));
        }
    }

    private void ThreadUpdated(ThreadUpdated updated)
    {
        foreach (var session in Watching(updated.Thread, Intents.Guilds, Intents.None))
        {
            Send(session, "THREAD_UPDATE", writer => payloads.Channel(writer, updated.Thread, session.Application.Bot));
            if (updated.Unarchived && updated.Thread.Thread!.MemberIndex.ContainsKey(session.Application.Bot.Id))
                Send(session, "THREAD_MEMBER_UPDATE", writer => Payloads.OwnThreadMember(writer, updated.Thread, session.Application.Bot.Id));
        }
    }

    private void ThreadDeleted(ChannelState thread)
    {
        foreach (var session in Watching(thread, Intents.Guilds, Intents.None)) Send(session, "THREAD_DELETE", writer => Payloads.ThreadDeleted(writer, thread));
    }

    /// <summary>Of others only with the GUILD_MEMBERS intent; of the bot itself always, even when it was removed and sees no more.</summary>
    private void ThreadMembers(ThreadMembersChanged change)
    {
        foreach (var session in In(change.Thread.Guild!, Intents.Guilds))
        {
            var bot = session.Application.Bot;
            var removedSelf = change.Removed.Contains(bot.Id);
            if (!removedSelf && !Sight.Sees(bot, change.Thread, world.Now)) continue;
            var all = session.Intents.HasFlag(Intents.GuildMembers);
            var added = all ? change.Added : change.Added.Where(user => user == bot).ToList();
            var removed = all ? change.Removed : change.Removed.Where(id => id == bot.Id).ToList();
            if (added.Count + removed.Count > 0) Send(session, "THREAD_MEMBERS_UPDATE", writer => Payloads.ThreadMembers(writer, change.Thread, added, removed));
        }
    }

    private void ThreadsShown(ThreadsShown shown)
    {
        var parents = shown.Channels.ToHashSet();
        var bot = shown.Application.Bot;
        var threads = shown.Guild.ActiveThreads.Values.Where(thread => parents.Contains(thread.Parent!) && Sight.Sees(bot, thread, world.Now)).ToList();
        Of(shown.Application, shown.Guild, Intents.Guilds, "THREAD_LIST_SYNC", writer => payloads.ThreadListSync(writer, shown, threads));
    }

    private void GuildJoined(GuildJoined joined)
    {
        foreach (var session in hub.SessionsOf(joined.Application).Where(session => session.Owns(joined.Guild) && session.Intents.HasFlag(Intents.Guilds)))
            Send(session, "GUILD_CREATE", writer => payloads.GuildCreate(writer, joined.Guild, joined.Application, session.Intents, session.LargeThreshold));
    }

    /// <summary>A bot hears of its own membership without the intent.</summary>
    private void MemberUpdated(MemberState member)
    {
        foreach (var session in In(member.Guild, Intents.None))
        {
            if (session.Intents.HasFlag(Intents.GuildMembers) || session.Application.Bot == member.User)
                Send(session, "GUILD_MEMBER_UPDATE", writer => Payloads.MemberEvent(writer, member));
        }
    }

    private void Role(string name, RoleState role) => All(role.Guild, Intents.Guilds, name, writer => Payloads.GuildRole(writer, role));

    private void All(GuildState guild, Intents needed, string name, Action<Utf8JsonWriter> write)
    {
        foreach (var session in In(guild, needed)) Send(session, name, write);
    }

    private void Of(ApplicationState application, GuildState guild, Intents needed, string name, Action<Utf8JsonWriter> write)
    {
        foreach (var session in hub.SessionsOf(application).Where(session => session.Owns(guild) && session.Intents.HasFlag(needed))) Send(session, name, write);
    }

    private IEnumerable<GatewaySession> In(GuildState guild, Intents needed)
    {
        if (guild.Unavailable) return [];
        return guild.Applications.SelectMany(hub.SessionsOf).Where(session => session.Owns(guild) && session.Intents.HasFlag(needed));
    }

    /// <summary>Those who see the channel and asked for its events; a DM is shard 0's.</summary>
    private IEnumerable<GatewaySession> Watching(ChannelState channel, Intents inGuild, Intents inDm)
    {
        if (channel.Guild is { } guild) return In(guild, inGuild).Where(session => Sight.Sees(session.Application.Bot, channel, world.Now));
        return channel.Recipients.Select(world.ApplicationOf).OfType<ApplicationState>().SelectMany(hub.SessionsOf)
            .Where(session => session.Shard == 0 && session.Intents.HasFlag(inDm));
    }

    private void Send(GatewaySession session, string name, Action<Utf8JsonWriter> write) => hub.Dispatch(session, name, Payloads.Bytes(write));
}
