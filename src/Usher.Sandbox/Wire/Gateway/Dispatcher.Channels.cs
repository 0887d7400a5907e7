using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Gateway;

// Channels and threads. https://discord.com/developers/docs/topics/threads#gateway-events
internal sealed partial class Dispatcher
{
    private void TellChannel(string name, ChannelState channel)
    {
        // A DM channel is told by no event to bots: https://discord.com/developers/docs/events/gateway-events#channel-create
        if (channel.Guild is not { } guild) return;
        foreach (var session in In(guild, Intents.Guilds).Where(s => name == "CHANNEL_DELETE" || Sight.Sees(s.Application.Bot, channel, world.Now)))
            session.Dispatch(name, ChannelFor(session, channel));
    }

    // To a bot a channel that it does not see does not exist: losing or gaining sight of one looks like its end or its making.
    private void TellChannelChange(ChannelUpdated e)
    {
        if (e.Channel.Guild is not { } guild) return;
        foreach (var session in In(guild, Intents.Guilds))
        {
            var (saw, sees) = (e.SawBefore.Contains(session.Application), Sight.Sees(session.Application.Bot, e.Channel, world.Now));
            if (saw && sees) session.Dispatch("CHANNEL_UPDATE", ChannelFor(session, e.Channel));
            else if (saw) session.Dispatch("CHANNEL_DELETE", ChannelFor(session, e.Channel));
            else if (sees) session.Dispatch("CHANNEL_CREATE", ChannelFor(session, e.Channel));
        }
    }

    private byte[] ChannelFor(GatewaySession session, ChannelState channel) =>
        Payloads.Bytes(json => payloads.Channel(json, channel, session.Application.Bot));

    private void TellThreadCreated(ThreadCreated e)
    {
        if (e.Thread.Guild is not { } guild) return;
        foreach (var session in In(guild, Intents.Guilds))
        {
            var bot = session.Application.Bot;
            if (e.AddedOnly is { } added ? !added.Contains(bot.Id) : !Sight.Sees(bot, e.Thread, world.Now)) continue;
            session.Dispatch("THREAD_CREATE", Payloads.Bytes(json => payloads.Channel(json, e.Thread, bot, newlyCreated: e.Newly ? true : null)));
        }
    }

    private void TellThread(string name, ChannelState thread)
    {
        if (thread.Guild is not { } guild) return;
        foreach (var session in In(guild, Intents.Guilds).Where(s => Sight.Sees(s.Application.Bot, thread, world.Now)))
            session.Dispatch(name, Payloads.Bytes(json => payloads.Channel(json, thread, session.Application.Bot)));
    }

    private void TellThreadDeleted(ChannelState thread)
    {
        if (thread.Guild is not { } guild) return;
        var data = Payloads.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", thread.Id.ToString());
            json.WriteString("guild_id", guild.Id.ToString());
            if (thread.Parent is { } parent) json.WriteString("parent_id", parent.Id.ToString());
            json.WriteNumber("type", (int)thread.Type);
            json.WriteEndObject();
        });
        foreach (var session in In(guild, Intents.Guilds)) session.Dispatch("THREAD_DELETE", data);
    }

    // Without the members intent a bot is told only of itself.
    private void TellThreadMembers(ThreadMembersChanged e)
    {
        if (e.Thread.Guild is not { } guild) return;
        foreach (var session in In(guild, Intents.Guilds))
        {
            var bot = session.Application.Bot;
            var removedItself = e.Removed.Contains(bot.Id);
            if (!removedItself && !Sight.Sees(bot, e.Thread, world.Now)) continue;
            var all = session.Identity.Intents.HasFlag(Intents.GuildMembers);
            var added = e.Added.Where(user => all || user == bot).ToList();
            var removed = e.Removed.Where(user => all || user == bot.Id).ToList();
            if (added.Count + removed.Count == 0) continue;
            session.Dispatch("THREAD_MEMBERS_UPDATE", ThreadMembers(e.Thread, guild, added, removed));
        }
    }

    private byte[] ThreadMembers(ChannelState thread, GuildState guild, List<UserState> added, List<Snowflake> removed) => Payloads.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", thread.Id.ToString());
        json.WriteString("guild_id", guild.Id.ToString());
        json.WriteNumber("member_count", Math.Min(50, thread.Thread!.Members.Count));
        json.WriteStartArray("added_members");
        foreach (var user in added)
            Payloads.ThreadMember(json, thread, user.Id, guild.MemberIndex.GetValueOrDefault(user.Id));
        json.WriteEndArray();
        json.WriteStartArray("removed_member_ids");
        foreach (var user in removed) json.WriteStringValue(user.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private void TellThreadsShown(ThreadsShown e)
    {
        foreach (var session in In(e.Guild, Intents.Guilds).Where(s => s.Application == e.Application))
        {
            var bot = session.Application.Bot;
            var threads = e.Guild.Threads.Where(thread => thread.Parent is { } parent && e.Channels.Contains(parent) && Sight.Sees(bot, thread, world.Now)).ToList();
            session.Dispatch("THREAD_LIST_SYNC", Payloads.Bytes(json =>
            {
                json.WriteStartObject();
                json.WriteString("guild_id", e.Guild.Id.ToString());
                json.WriteStartArray("channel_ids");
                foreach (var channel in e.Channels) json.WriteStringValue(channel.Id.ToString());
                json.WriteEndArray();
                json.WriteStartArray("threads");
                foreach (var thread in threads) payloads.Channel(json, thread, bot);
                json.WriteEndArray();
                json.WriteStartArray("members");
                foreach (var thread in threads)
                {
                    if (thread.Thread!.Members.ContainsKey(bot.Id)) Payloads.ThreadMember(json, thread, bot.Id, member: null);
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }));
        }
    }
}
