using System.Text.Json;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Objects;

// Interactions, as INTERACTION_CREATE tells them.
internal sealed partial class Shown
{
    private const int LargestUpload = 10 * 1024 * 1024;

    /// <summary>https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object</summary>
    internal void Interaction(Utf8JsonWriter json, InteractionState interaction)
    {
        var channel = interaction.Channel;
        json.WriteStartObject();
        Id(json, "id", interaction.Id);
        Id(json, "application_id", interaction.Application.Id);
        json.WriteNumber("type", interaction.Type);
        json.WritePropertyName("data");
        interaction.Data.WriteTo(json);
        json.WritePropertyName("channel");
        Channel(json, channel, interaction.User, permissions: world.PermissionsOf(interaction.User, channel));
        Id(json, "channel_id", channel.Id);
        if (channel.Guild is { } guild) InGuild(json, interaction, guild);
        else
        {
            json.WritePropertyName("user");
            User(json, interaction.User);
            json.WriteNumber("context", 1);
        }
        json.WriteString("token", interaction.Token);
        json.WriteNumber("version", 1);
        if (interaction.Message is { } message)
        {
            json.WritePropertyName("message");
            Message(json, message, interaction.Application.Bot);
        }
        Bits(json, "app_permissions", world.PermissionsOf(interaction.Application.Bot, channel));
        json.WriteString("locale", interaction.User.Locale);
        json.WriteStartArray("entitlements");
        json.WriteEndArray();
        Owners(json, interaction);
        json.WriteNumber("attachment_size_limit", LargestUpload);
        json.WriteEndObject();
    }

    private void InGuild(Utf8JsonWriter json, InteractionState interaction, GuildState guild)
    {
        Id(json, "guild_id", guild.Id);
        json.WriteStartObject("guild");
        Id(json, "id", guild.Id);
        json.WriteString("locale", guild.PreferredLocale);
        json.WriteStartArray("features");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("guild_locale", guild.PreferredLocale);
        json.WriteNumber("context", 0);
        if (guild.MemberIndex.TryGetValue(interaction.User.Id, out var member))
        {
            json.WritePropertyName("member");
            Member(json, member, permissions: world.PermissionsOf(interaction.User, interaction.Channel));
        }
    }

    // Installed to the guild: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
    private static void Owners(Utf8JsonWriter json, InteractionState interaction)
    {
        json.WriteStartObject("authorizing_integration_owners");
        json.WriteString("0", (interaction.Channel.Guild?.Id ?? default).ToString());
        json.WriteEndObject();
    }
}
