using System.Text.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

internal sealed partial class Payloads
{
    /// <summary>INTERACTION_CREATE. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object"/></summary>
    public void Interaction(Utf8JsonWriter writer, InteractionState interaction)
    {
        var (channel, user) = (interaction.Channel, interaction.User);
        writer.WriteStartObject();
        Id(writer, "id", interaction.Id);
        Id(writer, "application_id", interaction.Application.Id);
        writer.WriteNumber("type", interaction.Type);
        writer.WriteString("token", interaction.Token);
        writer.WriteNumber("version", 1);
        writer.WritePropertyName("data");
        interaction.Data.WriteTo(writer);
        Id(writer, "channel_id", channel.Id);
        writer.WritePropertyName("channel");
        InteractionChannel(writer, channel, user);
        if (channel.Guild is { } guild)
        {
            Id(writer, "guild_id", guild.Id);
            writer.WriteStartObject("guild");
            Id(writer, "id", guild.Id);
            writer.WriteString("locale", guild.PreferredLocale);
            EmptyArrays(writer, "features");
            writer.WriteEndObject();
            writer.WriteString("guild_locale", guild.PreferredLocale);
            writer.WritePropertyName("member");
            InteractionMember(writer, guild.MemberIndex[user.Id], channel);
        }
        else
        {
            writer.WritePropertyName("user");
            User(writer, user);
        }
        writer.WriteString("locale", user.Locale);
        Bits(writer, "app_permissions", world.PermissionsOf(interaction.Application.Bot, channel));
        EmptyArrays(writer, "entitlements");
        Owners(writer, interaction);
        writer.WriteNumber("context", channel.IsDm ? 1 : 0);
        writer.WriteNumber("attachment_size_limit", 10 * 1024 * 1024);
        if (interaction.Message is { } message)
        {
            writer.WritePropertyName("message");
            Message(writer, message, new(interaction.Application));
        }
        writer.WriteEndObject();
    }

    /// <summary>The answer to a callback `with_response`. <see href="https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback"/></summary>
    public void CallbackResponse(Utf8JsonWriter writer, InteractionState interaction, int callbackType, MessageState? message)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("interaction");
        Id(writer, "id", interaction.Id);
        writer.WriteNumber("type", interaction.Type);
        if (message is not null)
        {
            Id(writer, "response_message_id", message.Id);
            writer.WriteBoolean("response_message_loading", message.IsLoading);
            writer.WriteBoolean("response_message_ephemeral", message.EphemeralFor is not null);
        }
        writer.WriteEndObject();
        writer.WriteStartObject("resource");
        writer.WriteNumber("type", callbackType);
        if (message is not null && callbackType is 4 or 5 or 7)
        {
            writer.WritePropertyName("message");
            Message(writer, message!, new(interaction.Application));
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void Command(Utf8JsonWriter writer, CommandState command)
    {
        writer.WriteStartObject();
        Id(writer, "id", command.Id);
        Id(writer, "application_id", command.ApplicationId);
        if (command.GuildId is { } guild) Id(writer, "guild_id", guild);
        Id(writer, "version", command.Version);
        writer.WriteNumber("type", command.Type);
        writer.WriteString("name", command.Name);
        writer.WriteString("default_member_permissions", command.DefaultMemberPermissions is { } needed ? ((ulong)needed).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        foreach (var field in command.Definition.EnumerateObject())
        {
            if (field.Name is "type" or "name" or "default_member_permissions" or "id" or "application_id" or "guild_id" or "version") continue;
            field.WriteTo(writer);
        }
        if (!command.Definition.TryGetProperty("description", out _)) writer.WriteString("description", "");
        if (!command.Definition.TryGetProperty("nsfw", out _)) writer.WriteBoolean("nsfw", false);
        writer.WriteEndObject();
    }

    /// <summary>A member as it stands in an interaction: with what the member may do in the channel.</summary>
    public void InteractionMember(Utf8JsonWriter writer, MemberState member, ChannelState channel, bool withUser = true)
    {
        writer.WriteStartObject();
        MemberFields(writer, member);
        Bits(writer, "permissions", world.PermissionsOf(member.User, channel));
        if (withUser)
        {
            writer.WritePropertyName("user");
            User(writer, member.User);
        }
        writer.WriteEndObject();
    }
}
