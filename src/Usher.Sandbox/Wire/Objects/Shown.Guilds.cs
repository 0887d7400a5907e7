using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Objects;

// Guilds, as REST answers them and as the gateway tells them whole.
internal sealed partial class Shown
{
    /// <summary>https://discord.com/developers/docs/resources/guild#guild-object</summary>
    internal static void Guild(Utf8JsonWriter json, GuildState guild, bool withCounts = false)
    {
        json.WriteStartObject();
        GuildFields(json, guild);
        if (withCounts)
        {
            json.WriteNumber("approximate_member_count", guild.Members.Count);
            json.WriteNumber("approximate_presence_count", guild.Members.Count);
        }
        json.WriteEndObject();
    }

    /// <summary>
    /// The guild as GUILD_CREATE tells it: with its channels, the active threads that the bot sees, and members as the intents and the threshold allow.
    /// https://discord.com/developers/docs/events/gateway-events#guild-create
    /// </summary>
    internal void WholeGuild(Utf8JsonWriter json, GuildState guild, ApplicationState application, Intents intents, int largeThreshold)
    {
        var bot = application.Bot;
        json.WriteStartObject();
        GuildFields(json, guild);
        TimeOrNull(json, "joined_at", guild.MemberIndex.GetValueOrDefault(bot.Id)?.JoinedAt);
        json.WriteBoolean("large", guild.Members.Count > largeThreshold);
        json.WriteBoolean("unavailable", false);
        json.WriteNumber("member_count", guild.Members.Count);
        VoiceStates(json, guild);
        json.WriteStartArray("members");
        // Without the members intent only the bot itself is told.
        var told = intents.HasFlag(Intents.GuildMembers) && guild.Members.Count <= largeThreshold
            ? guild.Members
            : guild.Members.Where(member => member.User == bot);
        foreach (var member in told) Member(json, member);
        json.WriteEndArray();
        json.WriteStartArray("channels");
        foreach (var channel in guild.Channels.OrderBy(channel => channel.Id)) Channel(json, channel);
        json.WriteEndArray();
        json.WriteStartArray("threads");
        foreach (var thread in guild.Threads.Where(thread => Sight.Sees(bot, thread, world.Now))) Channel(json, thread, bot);
        json.WriteEndArray();
        foreach (var empty in (string[])["presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"])
        {
            json.WriteStartArray(empty);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>https://discord.com/developers/docs/resources/voice#voice-state-object</summary>
    internal static void VoiceState(Utf8JsonWriter json, GuildState guild, UserState user, ChannelState? channel)
    {
        json.WriteStartObject();
        Id(json, "guild_id", guild.Id);
        IdOrNull(json, "channel_id", channel?.Id);
        Id(json, "user_id", user.Id);
        if (guild.MemberIndex.TryGetValue(user.Id, out var member))
        {
            json.WritePropertyName("member");
            Member(json, member);
        }
        json.WriteString("session_id", $"voice{user.Id}");
        foreach (var flag in (string[])["deaf", "mute", "self_deaf", "self_mute", "self_video", "suppress"]) json.WriteBoolean(flag, false);
        json.WriteNull("request_to_speak_timestamp");
        json.WriteEndObject();
    }

    private void VoiceStates(Utf8JsonWriter json, GuildState guild)
    {
        json.WriteStartArray("voice_states");
        foreach (var (user, channel) in guild.VoiceStates)
        {
            if (world.FindUser(user) is { } person && world.FindChannel(channel) is { } voice) VoiceState(json, guild, person, voice);
        }
        json.WriteEndArray();
    }

    private static void GuildFields(Utf8JsonWriter json, GuildState guild)
    {
        Id(json, "id", guild.Id);
        json.WriteString("name", guild.Name);
        foreach (var unset in (string[])["icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id", "afk_channel_id", "system_channel_id",
            "widget_channel_id", "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data"])
            json.WriteNull(unset);
        json.WriteStartArray("features");
        json.WriteEndArray();
        Id(json, "owner_id", guild.Owner.Id);
        json.WriteString("region", "us-east");
        json.WriteNumber("afk_timeout", 300);
        json.WriteNumber("system_channel_flags", 0);
        json.WriteBoolean("widget_enabled", false);
        json.WriteNumber("verification_level", 1);
        json.WriteStartArray("roles");
        foreach (var role in guild.Roles.OrderBy(role => role.Position)) Role(json, role);
        json.WriteEndArray();
        json.WriteNumber("default_message_notifications", 1);
        json.WriteNumber("mfa_level", 0);
        json.WriteNumber("explicit_content_filter", 0);
        json.WriteNull("max_presences");
        json.WriteNumber("max_members", 500_000);
        json.WriteNumber("max_stage_video_channel_users", 50);
        json.WriteNumber("max_video_channel_users", 25);
        json.WriteNumber("premium_tier", 0);
        json.WriteNumber("premium_subscription_count", 0);
        json.WriteString("preferred_locale", guild.PreferredLocale);
        json.WriteBoolean("premium_progress_bar_enabled", false);
        json.WriteBoolean("nsfw", false);
        json.WriteNumber("nsfw_level", 0);
        json.WriteStartArray("emojis");
        foreach (var emoji in guild.Emojis.Values) Emoji(json, emoji);
        json.WriteEndArray();
        json.WriteStartArray("stickers");
        json.WriteEndArray();
    }

    private static void Emoji(Utf8JsonWriter json, EmojiState emoji)
    {
        json.WriteStartObject();
        Id(json, "id", emoji.Id);
        json.WriteString("name", emoji.Name);
        json.WriteStartArray("roles");
        json.WriteEndArray();
        json.WriteBoolean("require_colons", true);
        json.WriteBoolean("managed", false);
        json.WriteBoolean("animated", emoji.Animated);
        json.WriteBoolean("available", true);
        json.WriteEndObject();
    }
}
