using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Objects;

// Channels, threads, direct messages.
internal sealed partial class Shown
{
    /// <summary>https://discord.com/developers/docs/resources/channel#channel-object</summary>
    /// <param name="json">Where to.</param>
    /// <param name="channel">Which.</param>
    /// <param name="viewer">Whose thread membership is told; null for nobody's.</param>
    /// <param name="newly">In THREAD_CREATE: whether it was just started.</param>
    /// <param name="permissions">In interactions: what the invoker may do there.</param>
    internal static void Channel(Utf8JsonWriter json, ChannelState channel, UserState? viewer = null, bool newly = false, Permissions? permissions = null)
    {
        json.WriteStartObject();
        Id(json, "id", channel.Id);
        json.WriteNumber("type", (int)channel.Type);
        json.WriteNumber("flags", channel.Flags);
        IdOrNull(json, "last_message_id", channel.LastMessageId);
        if (channel.TakesMessages) TimeOrNull(json, "last_pin_timestamp", channel.LastPinAt);
        if (channel.Guild is not { } guild) Recipients(json, channel, viewer);
        else
        {
            Id(json, "guild_id", guild.Id);
            json.WriteString("name", channel.Name);
            IdOrNull(json, "parent_id", channel.Parent?.Id);
            json.WriteNumber("rate_limit_per_user", channel.RateLimitPerUser);
            if (channel.Thread is { } thread) Thread(json, channel, thread, viewer, newly);
            else Place(json, channel);
        }
        if (permissions is { } held) Bits(json, "permissions", held);
        json.WriteEndObject();
    }

    /// <summary>https://discord.com/developers/docs/resources/channel#thread-member-object</summary>
    internal static void ThreadMember(Utf8JsonWriter json, ChannelState thread, Snowflake user, DateTimeOffset joinedAt, MemberState? member = null)
    {
        json.WriteStartObject();
        Id(json, "id", thread.Id);
        Id(json, "user_id", user);
        Time(json, "join_timestamp", joinedAt);
        json.WriteNumber("flags", 1);
        if (member is not null)
        {
            json.WritePropertyName("member");
            Member(json, member);
        }
        json.WriteEndObject();
    }

    private static void Recipients(Utf8JsonWriter json, ChannelState channel, UserState? viewer)
    {
        json.WriteStartArray("recipients");
        foreach (var other in channel.Recipients.Where(user => user != viewer)) User(json, other);
        json.WriteEndArray();
    }

    private static void Place(Utf8JsonWriter json, ChannelState channel)
    {
        json.WriteNumber("position", channel.Position);
        json.WriteBoolean("nsfw", channel.Nsfw);
        json.WriteStartArray("permission_overwrites");
        foreach (var overwrite in channel.Overwrites)
        {
            json.WriteStartObject();
            Id(json, "id", overwrite.Id);
            json.WriteNumber("type", overwrite.IsMember ? 1 : 0);
            Bits(json, "allow", overwrite.Allow);
            Bits(json, "deny", overwrite.Deny);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (channel.Type is ChannelType.GuildText or ChannelType.GuildAnnouncement or ChannelType.GuildForum) json.WriteString("topic", channel.Topic);
        if (channel.DefaultAutoArchiveDuration is { } minutes) json.WriteNumber("default_auto_archive_duration", minutes);
        if (channel.Type is ChannelType.GuildVoice or ChannelType.GuildStageVoice)
        {
            json.WriteNumber("bitrate", channel.Bitrate ?? 64000);
            json.WriteNumber("user_limit", channel.UserLimit ?? 0);
            json.WriteNull("rtc_region");
        }
        if (channel.Type == ChannelType.GuildForum) Tags(json, channel);
    }

    private static void Tags(Utf8JsonWriter json, ChannelState channel)
    {
        json.WriteStartArray("available_tags");
        foreach (var tag in channel.AvailableTags)
        {
            json.WriteStartObject();
            Id(json, "id", tag.Id);
            json.WriteString("name", tag.Name);
            json.WriteBoolean("moderated", tag.Moderated);
            json.WriteNull("emoji_id");
            json.WriteNull("emoji_name");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Thread(Utf8JsonWriter json, ChannelState channel, World.ThreadState thread, UserState? viewer, bool newly)
    {
        Id(json, "owner_id", thread.Owner.Id);
        json.WriteStartObject("thread_metadata");
        json.WriteBoolean("archived", thread.Archived);
        Time(json, "archive_timestamp", thread.ArchiveTimestamp);
        json.WriteNumber("auto_archive_duration", thread.AutoArchiveDuration);
        json.WriteBoolean("locked", thread.Locked);
        Time(json, "create_timestamp", thread.CreatedAt);
        if (channel.Type == ChannelType.PrivateThread) json.WriteBoolean("invitable", thread.Invitable);
        json.WriteEndObject();
        json.WriteNumber("message_count", thread.MessageCount);
        // Discord itself stops counting at 50.
        json.WriteNumber("member_count", Math.Min(50, thread.Members.Count));
        json.WriteNumber("total_message_sent", thread.TotalMessageSent);
        if (channel.Parent?.Type == ChannelType.GuildForum) Ids(json, "applied_tags", thread.AppliedTags);
        if (newly) json.WriteBoolean("newly_created", true);
        if (viewer is not null && thread.Members.TryGetValue(viewer.Id, out var joinedAt))
        {
            json.WritePropertyName("member");
            ThreadMember(json, channel, viewer.Id, joinedAt);
        }
    }
}
