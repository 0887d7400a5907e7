using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

// Guilds, members, roles, and what is said of them in passing.
internal sealed partial class Dispatcher
{
    /// <summary>Tells a session a guild whole.</summary>
    internal void TellWhole(GatewaySession session, GuildState guild) => session.Dispatch(
        "GUILD_CREATE",
        Payloads.Bytes(json => payloads.GuildCreate(json, guild, session.Application, session.Identity.Intents, session.Identity.LargeThreshold)));

    private void TellOfGuild(WorldEvent happening)
    {
        switch (happening)
        {
            case GuildJoined e:
                foreach (var session in In(e.Guild, Intents.Guilds).Where(s => s.Application == e.Application)) TellWhole(session, e.Guild);
                break;
            case GuildUpdated e:
                Send(e.Guild, Intents.Guilds, "GUILD_UPDATE", json => Payloads.Guild(json, e.Guild));
                break;
            case GuildLeft e:
                TellGuildLeft(e);
                break;
            case MemberJoined e:
                Send(e.Member.Guild, Intents.GuildMembers, "GUILD_MEMBER_ADD", json => Payloads.MemberEvent(json, e.Member));
                break;
            case MemberUpdated e:
                Send(e.Member.Guild, Intents.GuildMembers, "GUILD_MEMBER_UPDATE", json => Payloads.MemberEvent(json, e.Member));
                break;
            case MemberLeft e:
                Send(e.Guild, Intents.GuildMembers, "GUILD_MEMBER_REMOVE", json => Beside(json, e.Guild, "user", () => Payloads.User(json, e.User)));
                break;
            case RoleCreated e:
                Send(e.Role.Guild, Intents.Guilds, "GUILD_ROLE_CREATE", json => Beside(json, e.Role.Guild, "role", () => Payloads.Role(json, e.Role)));
                break;
            case RoleUpdated e:
                Send(e.Role.Guild, Intents.Guilds, "GUILD_ROLE_UPDATE", json => Beside(json, e.Role.Guild, "role", () => Payloads.Role(json, e.Role)));
                break;
            case RoleDeleted e:
                Send(e.Role.Guild, Intents.Guilds, "GUILD_ROLE_DELETE", json => WriteIds(json, ("guild_id", e.Role.Guild.Id), ("role_id", e.Role.Id)));
                break;
            case VoiceChanged e:
                Send(e.Guild, Intents.GuildVoiceStates, "VOICE_STATE_UPDATE", json => Payloads.VoiceState(json, e.Guild, e.User.Id, e.Channel?.Id));
                break;
            default:
                TellOfChannelLife(happening);
                break;
        }
    }

    private void TellOfChannelLife(WorldEvent happening)
    {
        switch (happening)
        {
            case ReactionChanged e:
                var reaction = Payloads.Bytes(json => WriteReaction(json, e));
                foreach (var session in Listening(e.Message.Channel, Intents.GuildMessageReactions, Intents.DirectMessageReactions))
                    session.Dispatch(e.Added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", reaction);
                break;
            case TypingStarted e:
                var typing = Payloads.Bytes(json => WriteTyping(json, e));
                foreach (var session in Listening(e.Channel, Intents.GuildMessageTyping, Intents.DirectMessageTyping)) session.Dispatch("TYPING_START", typing);
                break;
            case PinsUpdated e:
                var pins = Payloads.Bytes(json => WriteIds(json, ("channel_id", e.Channel.Id), ("guild_id", e.Channel.Guild?.Id)));
                foreach (var session in Listening(e.Channel, Intents.Guilds, Intents.DirectMessages)) session.Dispatch("CHANNEL_PINS_UPDATE", pins);
                break;
        }
    }

    private void TellGuildLeft(GuildLeft e)
    {
        var data = Payloads.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", e.Guild.Id.ToString());
            // Absent when the bot was removed: https://discord.com/developers/docs/events/gateway-events#guild-delete
            if (e.Unavailable) json.WriteBoolean("unavailable", true);
            json.WriteEndObject();
        });
        foreach (var session in sessions().Where(s => s.Application == e.Application && s.Identity.Covers(e.Guild.Id) && s.Identity.Intents.HasFlag(Intents.Guilds)))
            session.Dispatch("GUILD_DELETE", data);
    }

    private void Send(GuildState guild, Intents intents, string name, Action<Utf8JsonWriter> write)
    {
        byte[]? data = null;
        foreach (var session in In(guild, intents)) session.Dispatch(name, data ??= Payloads.Bytes(write));
    }

    private static void Beside(Utf8JsonWriter json, GuildState guild, string name, Action write)
    {
        json.WriteStartObject();
        json.WriteString("guild_id", guild.Id.ToString());
        json.WritePropertyName(name);
        write();
        json.WriteEndObject();
    }

    private static void WriteReaction(Utf8JsonWriter json, ReactionChanged e)
    {
        json.WriteStartObject();
        json.WriteString("user_id", e.User.Id.ToString());
        json.WriteString("channel_id", e.Message.Channel.Id.ToString());
        json.WriteString("message_id", e.Message.Id.ToString());
        if (e.Message.Channel.Guild is { } guild) json.WriteString("guild_id", guild.Id.ToString());
        json.WriteStartObject("emoji");
        json.WriteString("id", e.EmojiId?.ToString());
        json.WriteString("name", e.Name);
        json.WriteEndObject();
        json.WriteBoolean("burst", false);
        json.WriteNumber("type", 0);
        if (e.Added) json.WriteString("message_author_id", e.Message.Author.Id.ToString());
        json.WriteEndObject();
    }

    private static void WriteTyping(Utf8JsonWriter json, TypingStarted e)
    {
        json.WriteStartObject();
        json.WriteString("channel_id", e.Channel.Id.ToString());
        json.WriteString("user_id", e.User.Id.ToString());
        json.WriteNumber("timestamp", e.At.ToUnixTimeSeconds());
        if (e.Channel.Guild is { } guild)
        {
            json.WriteString("guild_id", guild.Id.ToString());
            if (guild.MemberIndex.TryGetValue(e.User.Id, out var member))
            {
                json.WritePropertyName("member");
                Payloads.Member(json, member);
            }
        }
        json.WriteEndObject();
    }
}
