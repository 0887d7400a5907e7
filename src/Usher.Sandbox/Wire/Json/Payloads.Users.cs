using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

internal sealed partial class Payloads
{
    public static void User(Utf8JsonWriter writer, UserState user)
    {
        writer.WriteStartObject();
        UserFields(writer, user);
        writer.WriteEndObject();
    }

    /// <summary>The user as it sees itself, with what only it may know.</summary>
    public static void OwnUser(Utf8JsonWriter writer, UserState user)
    {
        writer.WriteStartObject();
        UserFields(writer, user);
        writer.WriteBoolean("mfa_enabled", false);
        writer.WriteString("locale", user.Locale);
        writer.WriteBoolean("verified", true);
        writer.WriteNull("email");
        writer.WriteEndObject();
    }

    public static void Member(Utf8JsonWriter writer, MemberState member)
    {
        writer.WriteStartObject();
        MemberFields(writer, member);
        writer.WritePropertyName("user");
        User(writer, member.User);
        writer.WriteEndObject();
    }

    /// <summary>The member without the user, as it stands beside an author.</summary>
    public static void MemberAlone(Utf8JsonWriter writer, MemberState member)
    {
        writer.WriteStartObject();
        MemberFields(writer, member);
        writer.WriteEndObject();
    }

    /// <summary>The member as resolved data tells them: with what they may do there, without user, deaf and mute.
    /// <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure"/></summary>
    public static void ResolvedMember(Utf8JsonWriter writer, MemberState member, Permissions permissions)
    {
        writer.WriteStartObject();
        CommonMemberFields(writer, member);
        Bits(writer, "permissions", permissions);
        writer.WriteEndObject();
    }

    public static void Application(Utf8JsonWriter writer, ApplicationState application, int guilds)
    {
        writer.WriteStartObject();
        Id(writer, "id", application.Id);
        writer.WriteString("name", application.Name);
        Nulls(writer, "icon", "type", "interactions_endpoint_url", "role_connections_verification_url", "team");
        writer.WriteString("description", "");
        writer.WriteBoolean("bot_public", true);
        writer.WriteBoolean("bot_require_code_grant", false);
        writer.WriteString("verify_key", new string('0', 64));
        writer.WriteNumber("flags", ApplicationFlags(application));
        writer.WriteString("flags_new", ApplicationFlags(application).ToString(System.Globalization.CultureInfo.InvariantCulture));
        EmptyArrays(writer, "redirect_uris", "tags", "eligible_oauth2_scopes", "event_webhooks_types");
        writer.WriteNumber("approximate_guild_count", guilds);
        writer.WriteNumber("approximate_user_install_count", 0);
        writer.WriteNumber("approximate_user_authorization_count", 0);
        writer.WriteNumber("explicit_content_filter", 0);
        writer.WriteNumber("event_webhooks_status", 1);
        writer.WritePropertyName("owner");
        User(writer, application.Owner);
        writer.WritePropertyName("bot");
        User(writer, application.Bot);
        writer.WriteEndObject();
    }

    /// <summary>Which privileged intents an application has. <see href="https://discord.com/developers/docs/resources/application#application-object-application-flags"/></summary>
    public static int ApplicationFlags(ApplicationState application)
    {
        var flags = 0;
        if (application.PrivilegedIntents.HasFlag(Intents.GuildPresences)) flags |= 1 << 13;
        if (application.PrivilegedIntents.HasFlag(Intents.GuildMembers)) flags |= 1 << 15;
        if (application.PrivilegedIntents.HasFlag(Intents.MessageContent)) flags |= 1 << 19;
        return flags;
    }

    private static void UserFields(Utf8JsonWriter writer, UserState user)
    {
        Id(writer, "id", user.Id);
        writer.WriteString("username", user.Username);
        writer.WriteString("discriminator", user.IsBot ? "0042" : "0");
        writer.WriteString("global_name", user.GlobalName);
        Nulls(writer, "avatar", "avatar_decoration_data", "banner", "accent_color", "collectibles", "primary_guild");
        if (user.IsBot) writer.WriteBoolean("bot", true);
        writer.WriteNumber("public_flags", 0);
        writer.WriteNumber("flags", 0);
    }

    private static void MemberFields(Utf8JsonWriter writer, MemberState member)
    {
        CommonMemberFields(writer, member);
        writer.WriteBoolean("mute", false);
        writer.WriteBoolean("deaf", false);
    }

    private static void CommonMemberFields(Utf8JsonWriter writer, MemberState member)
    {
        writer.WriteString("nick", member.Nick);
        Ids(writer, "roles", member.RoleList.Select(role => role.Id));
        Moment(writer, "joined_at", member.JoinedAt);
        Moment(writer, "communication_disabled_until", member.TimedOutUntil);
        Nulls(writer, "avatar", "banner", "premium_since");
        writer.WriteBoolean("pending", false);
        writer.WriteNumber("flags", 0);
    }
}
