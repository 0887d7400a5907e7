using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Objects;

// Users, members, roles.
internal sealed partial class Shown
{
    /// <summary>https://discord.com/developers/docs/resources/user#user-object</summary>
    internal static void User(Utf8JsonWriter json, UserState user)
    {
        json.WriteStartObject();
        UserFields(json, user);
        json.WriteEndObject();
    }

    internal static void UserFields(Utf8JsonWriter json, UserState user)
    {
        Id(json, "id", user.Id);
        json.WriteString("username", user.Username);
        json.WriteNull("avatar");
        json.WriteString("discriminator", user.IsBot ? "0001" : "0");
        json.WriteNumber("public_flags", 0);
        json.WriteNumber("flags", 0);
        if (user.IsBot) json.WriteBoolean("bot", true);
        json.WriteNull("banner");
        json.WriteNull("accent_color");
        json.WriteString("global_name", user.GlobalName);
        json.WriteNull("avatar_decoration_data");
        json.WriteNull("collectibles");
        json.WriteNull("primary_guild");
    }

    /// <summary>https://discord.com/developers/docs/resources/guild#guild-member-object</summary>
    /// <param name="json">Where to.</param>
    /// <param name="member">Who.</param>
    /// <param name="withUser">Whether the user is told too; in messages it stands beside.</param>
    /// <param name="permissions">In interactions: what they may do in the channel.</param>
    /// <param name="guild">In gateway events: the guild.</param>
    internal static void Member(Utf8JsonWriter json, MemberState member, bool withUser = true, Permissions? permissions = null, Snowflake? guild = null)
    {
        json.WriteStartObject();
        json.WriteNull("avatar");
        json.WriteNull("banner");
        TimeOrNull(json, "communication_disabled_until", member.TimedOutUntil);
        json.WriteNumber("flags", 0);
        Time(json, "joined_at", member.JoinedAt);
        json.WriteString("nick", member.Nick);
        json.WriteBoolean("pending", false);
        json.WriteNull("premium_since");
        Ids(json, "roles", member.Roles.Select(role => role.Id));
        json.WriteBoolean("mute", false);
        json.WriteBoolean("deaf", false);
        if (withUser)
        {
            json.WritePropertyName("user");
            User(json, member.User);
        }
        if (permissions is { } held) Bits(json, "permissions", held);
        if (guild is { } of) Id(json, "guild_id", of);
        json.WriteEndObject();
    }

    /// <summary>https://discord.com/developers/docs/topics/permissions#role-object</summary>
    internal static void Role(Utf8JsonWriter json, RoleState role)
    {
        json.WriteStartObject();
        Id(json, "id", role.Id);
        json.WriteString("name", role.Name);
        Bits(json, "permissions", role.Permissions);
        json.WriteNumber("position", role.Position);
        json.WriteNumber("color", role.Color);
        json.WriteStartObject("colors");
        json.WriteNumber("primary_color", role.Color);
        json.WriteNull("secondary_color");
        json.WriteNull("tertiary_color");
        json.WriteEndObject();
        json.WriteBoolean("hoist", role.Hoist);
        json.WriteBoolean("managed", role.ManagedBy is not null);
        json.WriteBoolean("mentionable", role.Mentionable);
        json.WriteNull("icon");
        json.WriteNull("unicode_emoji");
        json.WriteNumber("flags", 0);
        if (role.ManagedBy is { } application)
        {
            json.WriteStartObject("tags");
            Id(json, "bot_id", application.Bot.Id);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
