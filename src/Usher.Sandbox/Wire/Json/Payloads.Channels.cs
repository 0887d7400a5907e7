using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

internal sealed partial class Payloads
{
    /// <summary>A channel, thread or DM; <paramref name="viewer"/> is given its own membership of a thread.</summary>
    public void Channel(Utf8JsonWriter writer, ChannelState channel, UserState viewer, bool withGuild = true, bool? newlyCreated = null)
    {
        writer.WriteStartObject();
        Id(writer, "id", channel.Id);
        writer.WriteNumber("type", (int)channel.Type);
        writer.WriteNumber("flags", channel.Flags);
        if (channel.IsDm)
        {
            Id(writer, "last_message_id", channel.LastMessageId);
            Array(writer, "recipients", channel.Recipients.Where(user => user != viewer), User);
            writer.WriteEndObject();
            return;
        }
        if (withGuild) Id(writer, "guild_id", channel.Guild!.Id);
        writer.WriteString("name", channel.Name);
        Id(writer, "parent_id", channel.Parent?.Id);
        if (channel.IsThread) ThreadFields(writer, channel, viewer, newlyCreated);
        else ChannelFields(writer, channel);
        writer.WriteEndObject();
    }

    public static void ThreadMember(Utf8JsonWriter writer, ChannelState thread, Snowflake user, MemberState? member)
    {
        writer.WriteStartObject();
        Id(writer, "id", thread.Id);
        Id(writer, "user_id", user);
        Moment(writer, "join_timestamp", thread.Thread!.MemberIndex.GetValueOrDefault(user));
        writer.WriteNumber("flags", 0);
        if (member is not null)
        {
            writer.WritePropertyName("member");
            Member(writer, member);
        }
        writer.WriteEndObject();
    }

    /// <summary>The channel as it stands within an interaction: with what the person may do there.</summary>
    public void InteractionChannel(Utf8JsonWriter writer, ChannelState channel, UserState person)
    {
        if (channel.IsDm)
        {
            Channel(writer, channel, person);
            return;
        }
        writer.WriteStartObject();
        Id(writer, "id", channel.Id);
        writer.WriteNumber("type", (int)channel.Type);
        writer.WriteNumber("flags", channel.Flags);
        Id(writer, "guild_id", channel.Guild!.Id);
        writer.WriteString("name", channel.Name);
        Id(writer, "parent_id", channel.Parent?.Id);
        Bits(writer, "permissions", world.PermissionsOf(person, channel));
        if (channel.IsThread) ThreadFields(writer, channel, person, null, withMember: false);
        else ChannelFields(writer, channel, withOverwrites: false);
        writer.WriteEndObject();
    }

    private static void ChannelFields(Utf8JsonWriter writer, ChannelState channel, bool withOverwrites = true)
    {
        writer.WriteNumber("position", channel.Position);
        writer.WriteBoolean("nsfw", channel.Nsfw);
        if (withOverwrites) Array(writer, "permission_overwrites", channel.OverwriteIndex.Values, Overwrite);
        if (channel.Type == ChannelType.GuildCategory) return;
        writer.WriteString("topic", channel.Topic);
        Id(writer, "last_message_id", channel.LastMessageId);
        writer.WriteNumber("rate_limit_per_user", channel.RateLimitPerUser);
        if (channel.LastPinAt is { } pinned) Moment(writer, "last_pin_timestamp", pinned);
        if (channel.DefaultAutoArchiveDuration is { } duration) writer.WriteNumber("default_auto_archive_duration", duration);
        if (channel.DefaultThreadRateLimit is { } limit) writer.WriteNumber("default_thread_rate_limit_per_user", limit);
        if (channel.Type is ChannelType.GuildVoice or ChannelType.GuildStageVoice)
        {
            writer.WriteNumber("bitrate", channel.Bitrate ?? 64_000);
            writer.WriteNumber("user_limit", channel.UserLimit ?? 0);
            writer.WriteNull("rtc_region");
        }
        if (channel.Type is ChannelType.GuildForum or ChannelType.GuildMedia)
        {
            Array(writer, "available_tags", channel.AvailableTags, ForumTag);
            Nulls(writer, "default_reaction_emoji", "default_sort_order");
            writer.WriteNumber("default_forum_layout", 0);
        }
    }

    private static void ThreadFields(Utf8JsonWriter writer, ChannelState channel, UserState viewer, bool? newlyCreated, bool withMember = true)
    {
        var thread = channel.Thread!;
        Id(writer, "owner_id", thread.Owner.Id);
        Id(writer, "last_message_id", channel.LastMessageId);
        writer.WriteNumber("rate_limit_per_user", channel.RateLimitPerUser);
        if (channel.LastPinAt is { } pinned) Moment(writer, "last_pin_timestamp", pinned);
        writer.WriteNumber("message_count", thread.MessageCount);
        writer.WriteNumber("member_count", Math.Min(thread.MemberIndex.Count, 50));
        writer.WriteNumber("total_message_sent", thread.TotalMessageSent);
        if (channel.Parent!.Type is ChannelType.GuildForum or ChannelType.GuildMedia) Ids(writer, "applied_tags", thread.AppliedTags);
        writer.WriteStartObject("thread_metadata");
        writer.WriteBoolean("archived", thread.Archived);
        writer.WriteBoolean("locked", thread.Locked);
        writer.WriteNumber("auto_archive_duration", thread.AutoArchiveDuration);
        Moment(writer, "archive_timestamp", thread.ArchiveTimestamp);
        Moment(writer, "create_timestamp", thread.CreatedAt);
        if (channel.Type == ChannelType.PrivateThread) writer.WriteBoolean("invitable", thread.Invitable);
        writer.WriteEndObject();
        if (withMember && thread.MemberIndex.ContainsKey(viewer.Id))
        {
            writer.WritePropertyName("member");
            ThreadMember(writer, channel, viewer.Id, null);
        }
        if (newlyCreated is { } newly) writer.WriteBoolean("newly_created", newly);
    }

    private static void Overwrite(Utf8JsonWriter writer, OverwriteState overwrite)
    {
        writer.WriteStartObject();
        Id(writer, "id", overwrite.Id);
        writer.WriteNumber("type", overwrite.IsMember ? 1 : 0);
        Bits(writer, "allow", overwrite.Allow);
        Bits(writer, "deny", overwrite.Deny);
        writer.WriteEndObject();
    }

    private static void ForumTag(Utf8JsonWriter writer, ForumTagState tag)
    {
        writer.WriteStartObject();
        Id(writer, "id", tag.Id);
        writer.WriteString("name", tag.Name);
        writer.WriteBoolean("moderated", tag.Moderated);
        Nulls(writer, "emoji_id", "emoji_name");
        writer.WriteEndObject();
    }
}
