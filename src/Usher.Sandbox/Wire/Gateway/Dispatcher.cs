using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>
/// Tells each session what its intents and its bot's sight allow, as Discord does.
/// <see href="https://discord.com/developers/docs/events/gateway#list-of-intents"/>
/// </summary>
internal sealed partial class Dispatcher(DiscordWorld world, Payloads payloads, Func<IEnumerable<GatewaySession>> sessions)
{
    /// <summary>Tells an event of the world to whom it concerns. Under the world's lock.</summary>
    internal void Tell(WorldEvent happening)
    {
        switch (happening)
        {
            case MessageCreated e: TellMessage("MESSAGE_CREATE", e.Message); break;
            case MessageUpdated e: TellMessage("MESSAGE_UPDATE", e.Message); break;
            case MessageDeleted e: TellDeletion(e.Message); break;
            case MessagesDeleted e: TellDeletions(e.Channel, e.Messages); break;
            case InteractionCreated e: TellInteraction(e.Interaction); break;
            case ChannelCreated e: TellChannel("CHANNEL_CREATE", e.Channel); break;
            case ChannelUpdated e: TellChannelChange(e); break;
            case ChannelDeleted e: TellChannel("CHANNEL_DELETE", e.Channel); break;
            case ThreadCreated e: TellThreadCreated(e); break;
            case ThreadUpdated e: TellThread("THREAD_UPDATE", e.Thread); break;
            case ThreadDeleted e: TellThreadDeleted(e.Thread); break;
            case ThreadMembersChanged e: TellThreadMembers(e); break;
            case ThreadsShown e: TellThreadsShown(e); break;
            default: TellOfGuild(happening); break;
        }
    }

    private void TellMessage(string name, MessageState message)
    {
        // An ephemeral message is told to nobody: https://discord.com/developers/docs/resources/message#message-object-message-flags
        if (message.EphemeralFor is not null) return;
        foreach (var session in Listening(message.Channel, Intents.GuildMessages, Intents.DirectMessages))
        {
            var bot = session.Application.Bot;
            // https://discord.com/developers/docs/events/gateway#message-content-intent
            var told = message.Author == bot || session.Identity.Intents.HasFlag(Intents.MessageContent) || message.Channel.Guild is null || message.Mentions.Contains(bot);
            session.Dispatch(name, Payloads.Bytes(json => payloads.Message(json, message, new MessageView(session.Application, told, AsEvent: true))));
        }
    }

    private void TellDeletion(MessageState message)
    {
        if (message.EphemeralFor is not null) return;
        var data = Payloads.Bytes(json => WriteIds(json, ("id", message.Id), ("channel_id", message.Channel.Id), ("guild_id", message.Channel.Guild?.Id)));
        foreach (var session in Listening(message.Channel, Intents.GuildMessages, Intents.DirectMessages)) session.Dispatch("MESSAGE_DELETE", data);
    }

    private void TellDeletions(ChannelState channel, IReadOnlyList<MessageState> messages)
    {
        var data = Payloads.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            foreach (var message in messages) json.WriteStringValue(message.Id.ToString());
            json.WriteEndArray();
            json.WriteString("channel_id", channel.Id.ToString());
            if (channel.Guild is { } guild) json.WriteString("guild_id", guild.Id.ToString());
            json.WriteEndObject();
        });
        foreach (var session in Listening(channel, Intents.GuildMessages, Intents.DirectMessages)) session.Dispatch("MESSAGE_DELETE_BULK", data);
    }

    private void TellInteraction(InteractionState interaction)
    {
        var data = Payloads.Bytes(json => payloads.Interaction(json, interaction));
        foreach (var session in sessions().Where(s => s.Application == interaction.Application && s.Identity.Covers(interaction.Channel.Guild?.Id)))
            session.Dispatch("INTERACTION_CREATE", data);
    }

    // Sessions of bots that are in the guild (or the DM), see the channel and asked for that kind of event.
    private IEnumerable<GatewaySession> Listening(ChannelState channel, Intents inGuild, Intents inDirect) => sessions().Where(session =>
        session.Identity.Covers(channel.Guild?.Id)
        && session.Identity.Intents.HasFlag(channel.Guild is null ? inDirect : inGuild)
        && Sight.Sees(session.Application.Bot, channel, world.Now));

    private IEnumerable<GatewaySession> In(GuildState guild, Intents intents) => sessions().Where(session =>
        session.Identity.Covers(guild.Id) && session.Identity.Intents.HasFlag(intents) && guild.MemberIndex.ContainsKey(session.Application.Bot.Id));

    private static void WriteIds(Utf8JsonWriter json, params ReadOnlySpan<(string Name, Snowflake? Id)> ids)
    {
        json.WriteStartObject();
        foreach (var (name, id) in ids)
        {
            if (id is { } given) json.WriteString(name, given.ToString());
        }
        json.WriteEndObject();
    }
}
