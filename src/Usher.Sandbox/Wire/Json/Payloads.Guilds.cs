using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Json;

internal sealed partial class Payloads
{
    /// <summary>A guild as REST gives it; GUILD_CREATE adds what is inside.</summary>
    public static void Guild(Utf8JsonWriter writer, GuildState guild, bool withCounts = false)
    {
        writer.WriteStartObject();
        GuildFields(writer, guild);
        if (withCounts)
        {
            writer.WriteNumber("approximate_member_count", guild.MemberIndex.Count);
            writer.WriteNumber("approximate_presence_count", guild.MemberIndex.Count);
        }
        writer.WriteEndObject();
    }

    /// <summary>GUILD_CREATE. Over the large threshold only the bot and who is in voice are listed; without GUILD_MEMBERS the same. <see href="https://discord.com/developers/docs/events/gateway-events#guild-create"/></summary>
    public void GuildCreate(Utf8JsonWriter writer, GuildState guild, ApplicationState viewer, Intents intents, int largeThreshold)
    {
        var large = guild.MemberIndex.Count > largeThreshold;
        var all = !large && intents.HasFlag(Intents.GuildMembers) && intents.HasFlag(Intents.GuildPresences);
        var members = all ? guild.MemberIndex.Values : guild.MemberIndex.Values.Where(member => member.User == viewer.Bot || guild.VoiceStates.ContainsKey(member.User.Id));
        writer.WriteStartObject();
        GuildFields(writer, guild);
        Moment(writer, "joined_at", guild.MemberIndex[viewer.Bot.Id].JoinedAt);
        writer.WriteBoolean("large", large);
        writer.WriteBoolean("unavailable", false);
        writer.WriteNumber("member_count", guild.MemberIndex.Count);
        Array(writer, "members", members, Member);
        Array(writer, "channels", guild.ChannelIndex.Values.Where(channel => Sight.Sees(viewer.Bot, channel, world.Now)), (to, channel) => Channel(to, channel, viewer.Bot, withGuild: false));
        Array(writer, "threads", guild.ActiveThreads.Values.Where(thread => Sight.Sees(viewer.Bot, thread, world.Now)), (to, thread) => Channel(to, thread, viewer.Bot));
        Array(writer, "voice_states", guild.VoiceStates, (to, state) => VoiceState(to, guild, state.Key, state.Value, withGuild: false));
        EmptyArrays(writer, "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds");
        writer.WriteEndObject();
    }

    public static void UnavailableGuild(Utf8JsonWriter writer, Snowflake guild, bool unavailable = true)
    {
        writer.WriteStartObject();
        Id(writer, "id", guild);
        if (unavailable) writer.WriteBoolean("unavailable", true);
        writer.WriteEndObject();
    }

    public static void PartialGuild(Utf8JsonWriter writer, GuildState guild, Permissions permissions)
    {
        writer.WriteStartObject();
        Id(writer, "id", guild.Id);
        writer.WriteString("name", guild.Name);
        Nulls(writer, "icon", "banner");
        writer.WriteBoolean("owner", false);
        Bits(writer, "permissions", permissions);
        EmptyArrays(writer, "features");
        writer.WriteEndObject();
    }

    public static void Role(Utf8JsonWriter writer, RoleState role)
    {
        writer.WriteStartObject();
        Id(writer, "id", role.Id);
        writer.WriteString("name", role.Name);
        Bits(writer, "permissions", role.Permissions);
        writer.WriteNumber("position", role.Position);
        writer.WriteNumber("color", role.Color);
        writer.WriteStartObject("colors");
        writer.WriteNumber("primary_color", role.Color);
        Nulls(writer, "secondary_color", "tertiary_color");
        writer.WriteEndObject();
        writer.WriteBoolean("hoist", role.Hoist);
        writer.WriteBoolean("managed", role.ManagedBy is not null);
        writer.WriteBoolean("mentionable", role.Mentionable);
        Nulls(writer, "icon", "unicode_emoji");
        writer.WriteNumber("flags", 0);
        if (role.ManagedBy is { } application)
        {
            writer.WriteStartObject("tags");
            Id(writer, "bot_id", application.Bot.Id);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    public static void Emoji(Utf8JsonWriter writer, EmojiState emoji)
    {
        writer.WriteStartObject();
        Id(writer, "id", emoji.Id);
        writer.WriteString("name", emoji.Name);
        EmptyArrays(writer, "roles");
        writer.WriteBoolean("require_colons", true);
        writer.WriteBoolean("managed", false);
        writer.WriteBoolean("animated", emoji.Animated);
        writer.WriteBoolean("available", true);
        writer.WriteEndObject();
    }

    public static void VoiceState(Utf8JsonWriter writer, GuildState guild, Snowflake user, Snowflake? channel, bool withGuild = true)
    {
        writer.WriteStartObject();
        if (withGuild) Id(writer, "guild_id", guild.Id);
        Id(writer, "channel_id", channel);
        Id(writer, "user_id", user);
        if (withGuild && guild.MemberIndex.TryGetValue(user, out var member))
        {
            writer.WritePropertyName("member");
            Member(writer, member);
        }
        writer.WriteString("session_id", $"voice-{user}");
        foreach (var name in (ReadOnlySpan<string>)["deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress"]) writer.WriteBoolean(name, false);
        writer.WriteNull("request_to_speak_timestamp");
        writer.WriteEndObject();
    }

    public static void Invite(Utf8JsonWriter writer, InviteState invite)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type", 0);
        writer.WriteString("code", invite.Code);
        writer.WritePropertyName("inviter");
        User(writer, invite.Inviter);
        writer.WriteNumber("max_age", invite.MaxAge);
        Moment(writer, "created_at", invite.CreatedAt);
        Moment(writer, "expires_at", invite.MaxAge == 0 ? null : invite.CreatedAt + TimeSpan.FromSeconds(invite.MaxAge));
        writer.WriteNumber("flags", 0);
        writer.WriteStartObject("guild");
        var guild = invite.Channel.Guild!;
        Id(writer, "id", guild.Id);
        writer.WriteString("name", guild.Name);
        Nulls(writer, "splash", "banner", "description", "icon", "vanity_url_code");
        EmptyArrays(writer, "features");
        writer.WriteNumber("verification_level", 0);
        writer.WriteNumber("nsfw_level", 0);
        writer.WriteBoolean("nsfw", false);
        writer.WriteNumber("premium_subscription_count", 0);
        writer.WriteEndObject();
        Id(writer, "guild_id", guild.Id);
        writer.WriteStartObject("channel");
        Id(writer, "id", invite.Channel.Id);
        writer.WriteString("name", invite.Channel.Name);
        writer.WriteNumber("type", (int)invite.Channel.Type);
        writer.WriteEndObject();
        writer.WriteNumber("uses", invite.Uses);
        writer.WriteNumber("max_uses", invite.MaxUses);
        writer.WriteBoolean("temporary", invite.Temporary);
        writer.WriteEndObject();
    }

    public static void AuditLogEntry(Utf8JsonWriter writer, AuditLogEntryState entry)
    {
        writer.WriteStartObject();
        Id(writer, "id", entry.Id);
        Id(writer, "user_id", entry.User.Id);
        writer.WriteString("target_id", entry.Target?.ToString());
        writer.WriteNumber("action_type", entry.Action);
        if (entry.Reason is not null) writer.WriteString("reason", entry.Reason);
        writer.WriteEndObject();
    }

    private static void GuildFields(Utf8JsonWriter writer, GuildState guild)
    {
        Id(writer, "id", guild.Id);
        writer.WriteString("name", guild.Name);
        Id(writer, "owner_id", guild.Owner.Id);
        writer.WriteString("preferred_locale", guild.PreferredLocale);
        Nulls(writer, "icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id", "afk_channel_id", "system_channel_id",
            "widget_channel_id", "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data", "max_presences");
        writer.WriteString("region", "deprecated");
        writer.WriteNumber("afk_timeout", 300);
        writer.WriteNumber("system_channel_flags", 0);
        writer.WriteBoolean("widget_enabled", false);
        writer.WriteNumber("verification_level", 1);
        writer.WriteNumber("default_message_notifications", 1);
        writer.WriteNumber("mfa_level", 0);
        writer.WriteNumber("explicit_content_filter", 0);
        writer.WriteNumber("max_members", 25_000_000);
        writer.WriteNumber("max_stage_video_channel_users", 50);
        writer.WriteNumber("max_video_channel_users", 25);
        writer.WriteNumber("premium_tier", 0);
        writer.WriteNumber("premium_subscription_count", 0);
        writer.WriteBoolean("premium_progress_bar_enabled", false);
        writer.WriteBoolean("nsfw", false);
        writer.WriteNumber("nsfw_level", 0);
        EmptyArrays(writer, "features", "stickers");
        Array(writer, "roles", guild.RoleIndex.Values, Role);
        Array(writer, "emojis", guild.Emojis.Values, Emoji);
    }
}
