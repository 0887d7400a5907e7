using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.Wire.Gateway;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

/// <summary>The payloads that only the gateway has. <see href="https://discord.com/developers/docs/events/gateway-events"/></summary>
internal sealed partial class Payloads
{
    public void Ready(Utf8JsonWriter writer, GatewaySession session, IEnumerable<GuildState> guilds, string resumeAddress)
    {
        writer.WriteStartObject();
        writer.WriteNumber("v", 10);
        writer.WritePropertyName("user");
        OwnUser(writer, session.Application.Bot);
        Array(writer, "guilds", guilds, static (to, guild) => UnavailableGuild(to, guild.Id));
        writer.WriteString("session_id", session.Id);
        writer.WriteString("resume_gateway_url", resumeAddress);
        writer.WriteStartArray("shard");
        writer.WriteNumberValue(session.Shard);
        writer.WriteNumberValue(session.Shards);
        writer.WriteEndArray();
        writer.WriteStartObject("application");
        Id(writer, "id", session.Application.Id);
        writer.WriteNumber("flags", ApplicationFlags(session.Application));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void MessageDeleted(Utf8JsonWriter writer, MessageState message)
    {
        writer.WriteStartObject();
        Id(writer, "id", message.Id);
        if (message.EphemeralFor is null) Place(writer, message.Channel);
        else Id(writer, "channel_id", message.Channel.Id);
        writer.WriteEndObject();
    }

    public static void MessagesDeleted(Utf8JsonWriter writer, ChannelState channel, IReadOnlyList<MessageState> messages)
    {
        writer.WriteStartObject();
        Ids(writer, "ids", messages.Select(message => message.Id));
        Place(writer, channel);
        writer.WriteEndObject();
    }

    public static void ReactionChange(Utf8JsonWriter writer, ReactionChanged change)
    {
        writer.WriteStartObject();
        Id(writer, "user_id", change.User.Id);
        Id(writer, "message_id", change.Message.Id);
        Place(writer, change.Message.Channel);
        EmojiOf(writer, change.Name, change.EmojiId);
        writer.WriteBoolean("burst", false);
        writer.WriteNumber("type", 0);
        if (change.Added)
        {
            Id(writer, "message_author_id", change.Message.Author.Id);
            if (change.Message.Channel.Guild?.MemberIndex.GetValueOrDefault(change.User.Id) is { } member)
            {
                writer.WritePropertyName("member");
                Member(writer, member);
            }
        }
        writer.WriteEndObject();
    }

    public static void Typing(Utf8JsonWriter writer, TypingStarted typing)
    {
        writer.WriteStartObject();
        Place(writer, typing.Channel);
        Id(writer, "user_id", typing.User.Id);
        writer.WriteNumber("timestamp", typing.At.ToUnixTimeSeconds());
        if (typing.Channel.Guild?.MemberIndex.GetValueOrDefault(typing.User.Id) is { } member)
        {
            writer.WritePropertyName("member");
            Member(writer, member);
        }
        writer.WriteEndObject();
    }

    public static void Pins(Utf8JsonWriter writer, ChannelState channel)
    {
        writer.WriteStartObject();
        Place(writer, channel);
        Moment(writer, "last_pin_timestamp", channel.LastPinAt);
        writer.WriteEndObject();
    }

    public static void ThreadDeleted(Utf8JsonWriter writer, ChannelState thread)
    {
        writer.WriteStartObject();
        Id(writer, "id", thread.Id);
        Id(writer, "guild_id", thread.Guild!.Id);
        Id(writer, "parent_id", thread.Parent?.Id);
        writer.WriteNumber("type", (int)thread.Type);
        writer.WriteEndObject();
    }

    public static void OwnThreadMember(Utf8JsonWriter writer, ChannelState thread, Snowflake user)
    {
        writer.WriteStartObject();
        Id(writer, "id", thread.Id);
        Id(writer, "user_id", user);
        Id(writer, "guild_id", thread.Guild!.Id);
        Moment(writer, "join_timestamp", thread.Thread!.MemberIndex[user]);
        writer.WriteNumber("flags", 0);
        writer.WriteEndObject();
    }

    public static void ThreadMembers(Utf8JsonWriter writer, ChannelState thread, IReadOnlyList<UserState> added, IReadOnlyList<Snowflake> removed)
    {
        writer.WriteStartObject();
        Id(writer, "id", thread.Id);
        Id(writer, "guild_id", thread.Guild!.Id);
        writer.WriteNumber("member_count", Math.Min(50, thread.Thread!.MemberIndex.Count));
        if (added.Count > 0)
        {
            Array(writer, "added_members", added, (to, user) =>
            {
                to.WriteStartObject();
                Id(to, "id", thread.Id);
                Id(to, "user_id", user.Id);
                Moment(to, "join_timestamp", thread.Thread.MemberIndex.GetValueOrDefault(user.Id));
                to.WriteNumber("flags", 0);
                if (thread.Guild.MemberIndex.TryGetValue(user.Id, out var member))
                {
                    to.WritePropertyName("member");
                    Member(to, member);
                }
                to.WriteNull("presence");
                to.WriteEndObject();
            });
        }
        if (removed.Count > 0) Ids(writer, "removed_member_ids", removed);
        writer.WriteEndObject();
    }

    public void ThreadListSync(Utf8JsonWriter writer, ThreadsShown shown, IReadOnlyList<ChannelState> threads)
    {
        var bot = shown.Application.Bot;
        writer.WriteStartObject();
        Id(writer, "guild_id", shown.Guild.Id);
        Ids(writer, "channel_ids", shown.Channels.Select(channel => channel.Id));
        Array(writer, "threads", threads, (to, thread) => Channel(to, thread, bot));
        Array(writer, "members", threads.Where(thread => thread.Thread!.MemberIndex.ContainsKey(bot.Id)), (to, thread) => ThreadMember(to, thread, bot.Id, null));
        writer.WriteEndObject();
    }

    /// <summary>A member with the guild beside it.</summary>
    public static void MemberEvent(Utf8JsonWriter writer, MemberState member)
    {
        writer.WriteStartObject();
        Id(writer, "guild_id", member.Guild.Id);
        MemberFields(writer, member);
        writer.WritePropertyName("user");
        User(writer, member.User);
        writer.WriteEndObject();
    }

    public static void MemberRemoved(Utf8JsonWriter writer, GuildState guild, UserState user)
    {
        writer.WriteStartObject();
        Id(writer, "guild_id", guild.Id);
        writer.WritePropertyName("user");
        User(writer, user);
        writer.WriteEndObject();
    }

    public static void MembersChunk(Utf8JsonWriter writer, GuildState guild, IReadOnlyList<MemberState> members, int index, int count, IReadOnlyList<Snowflake> notFound, string? nonce)
    {
        writer.WriteStartObject();
        Id(writer, "guild_id", guild.Id);
        Array(writer, "members", members, Member);
        writer.WriteNumber("chunk_index", index);
        writer.WriteNumber("chunk_count", count);
        if (notFound.Count > 0) Ids(writer, "not_found", notFound);
        if (nonce is not null) writer.WriteString("nonce", nonce);
        writer.WriteEndObject();
    }

    public static void GuildRole(Utf8JsonWriter writer, RoleState role)
    {
        writer.WriteStartObject();
        Id(writer, "guild_id", role.Guild.Id);
        writer.WritePropertyName("role");
        Role(writer, role);
        writer.WriteEndObject();
    }

    public static void RoleDeleted(Utf8JsonWriter writer, RoleState role)
    {
        writer.WriteStartObject();
        Id(writer, "guild_id", role.Guild.Id);
        Id(writer, "role_id", role.Id);
        writer.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter writer, ChannelState channel)
    {
        Id(writer, "channel_id", channel.Id);
        if (channel.Guild is { } guild) Id(writer, "guild_id", guild.Id);
    }
}
