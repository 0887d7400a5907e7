using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Objects;

// Messages and what hangs on them.
internal sealed partial class Shown
{
    /// <summary>https://discord.com/developers/docs/resources/message#message-object</summary>
    /// <param name="json">Where to.</param>
    /// <param name="message">Which.</param>
    /// <param name="viewer">Who looks: their own reactions are marked, and their nonce is told.</param>
    /// <param name="withContent">False without the message content intent: then what others wrote comes empty.</param>
    /// <param name="inEvent">In gateway events the guild and the author's membership stand beside.</param>
    /// <param name="withReferenced">Whether the message it replies to is told too (it then tells no further).</param>
    internal void Message(
        Utf8JsonWriter json, MessageState message, UserState? viewer = null, bool withContent = true, bool inEvent = false, bool withReferenced = true)
    {
        json.WriteStartObject();
        Id(json, "id", message.Id);
        Id(json, "channel_id", message.Channel.Id);
        json.WriteNumber("type", (int)message.Type);
        json.WritePropertyName("author");
        User(json, message.Author);
        json.WriteString("content", withContent ? message.Content : "");
        Time(json, "timestamp", message.CreatedAt);
        TimeOrNull(json, "edited_timestamp", message.EditedAt);
        json.WriteBoolean("tts", message.Tts);
        json.WriteBoolean("mention_everyone", message.MentionsEveryone);
        MentionsOf(json, message, inEvent);
        Ids(json, "mention_roles", message.MentionedRoles.Select(role => role.Id));
        Attachments(json, withContent ? message.Attachments : []);
        Raw(json, "embeds", withContent ? message.Embeds : default);
        Raw(json, "components", withContent ? message.Components : default);
        json.WriteNumber("flags", (long)message.Flags);
        json.WriteBoolean("pinned", message.Pinned);
        if (message.Nonce.ValueKind is JsonValueKind.String or JsonValueKind.Number && message.Author == viewer)
        {
            json.WritePropertyName("nonce");
            message.Nonce.WriteTo(json);
        }
        if (message.Application is { } application) Id(json, "application_id", application.Id);
        if (message.Interaction is { } interaction) InteractionMetadata(json, interaction);
        Reactions(json, message, viewer);
        Reference(json, message, viewer, withContent, withReferenced);
        if (message.StartedThread is { } thread)
        {
            json.WritePropertyName("thread");
            Channel(json, thread, viewer);
        }
        if (inEvent && message.Channel.Guild is { } guild)
        {
            Id(json, "guild_id", guild.Id);
            if (guild.MemberIndex.TryGetValue(message.Author.Id, out var member))
            {
                json.WritePropertyName("member");
                Member(json, member, withUser: false);
            }
        }
        json.WriteEndObject();
    }

    /// <summary>https://discord.com/developers/docs/resources/message#attachment-object</summary>
    internal void Attachment(Utf8JsonWriter json, AttachmentState file)
    {
        var address = $"{origin()}/cdn/attachments/{file.Channel}/{file.Id}/{Uri.EscapeDataString(file.Filename)}";
        json.WriteStartObject();
        Id(json, "id", file.Id);
        json.WriteString("filename", file.Filename);
        json.WriteNumber("size", file.Bytes.Length);
        json.WriteString("url", address);
        json.WriteString("proxy_url", address);
        if (file.ContentType is { } type) json.WriteString("content_type", type);
        if (file.Description is { } description) json.WriteString("description", description);
        if (file.Size is { } pixels)
        {
            json.WriteNumber("width", pixels.Width);
            json.WriteNumber("height", pixels.Height);
        }
        if (file.Ephemeral) json.WriteBoolean("ephemeral", true);
        json.WriteEndObject();
    }

    private static void MentionsOf(Utf8JsonWriter json, MessageState message, bool inEvent)
    {
        json.WriteStartArray("mentions");
        foreach (var user in message.Mentions)
        {
            json.WriteStartObject();
            UserFields(json, user);
            if (inEvent && message.Channel.Guild is { } guild && guild.MemberIndex.TryGetValue(user.Id, out var member))
            {
                json.WritePropertyName("member");
                Member(json, member, withUser: false);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Attachments(Utf8JsonWriter json, IReadOnlyList<AttachmentState> files)
    {
        json.WriteStartArray("attachments");
        foreach (var file in files) Attachment(json, file);
        json.WriteEndArray();
    }

    private static void Raw(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Array) value.WriteTo(json);
        else json.WriteRawValue("[]"u8);
    }

    private static void InteractionMetadata(Utf8JsonWriter json, InteractionState interaction)
    {
        json.WriteStartObject("interaction_metadata");
        Id(json, "id", interaction.Id);
        json.WriteNumber("type", interaction.Type);
        json.WritePropertyName("user");
        User(json, interaction.User);
        Owners(json, interaction);
        if (interaction.Type == 3 && interaction.Message is { } clicked) Id(json, "interacted_message_id", clicked.Id);
        if (interaction.Type == 5 && interaction.Opener is { } opener)
        {
            json.WriteStartObject("triggering_interaction_metadata");
            Id(json, "id", opener.Id);
            json.WriteNumber("type", opener.Type);
            json.WritePropertyName("user");
            User(json, opener.User);
            Owners(json, opener);
            if (opener.Type == 3 && opener.Message is { } under) Id(json, "interacted_message_id", under.Id);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Reactions(Utf8JsonWriter json, MessageState message, UserState? viewer)
    {
        if (message.Reactions.Count == 0) return;
        json.WriteStartArray("reactions");
        foreach (var reaction in message.Reactions)
        {
            json.WriteStartObject();
            json.WriteNumber("count", reaction.Users.Count);
            json.WriteStartObject("count_details");
            json.WriteNumber("burst", 0);
            json.WriteNumber("normal", reaction.Users.Count);
            json.WriteEndObject();
            json.WriteStartArray("burst_colors");
            json.WriteEndArray();
            json.WriteBoolean("me", viewer is not null && reaction.Users.Contains(viewer));
            json.WriteBoolean("me_burst", false);
            json.WriteStartObject("emoji");
            IdOrNull(json, "id", reaction.EmojiId);
            json.WriteString("name", reaction.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Reference(Utf8JsonWriter json, MessageState message, UserState? viewer, bool withContent, bool withReferenced)
    {
        if (message.Reference is not { } reference) return;
        json.WriteStartObject("message_reference");
        json.WriteNumber("type", 0);
        Id(json, "channel_id", reference.Channel.Id);
        if (reference.MessageId is { } id) Id(json, "message_id", id);
        if (reference.Channel.Guild is { } guild) Id(json, "guild_id", guild.Id);
        json.WriteEndObject();
        if (!withReferenced || message.Type != MessageType.Reply) return;
        json.WritePropertyName("referenced_message");
        var original = reference.MessageId is { } wanted ? reference.Channel.Log.Find(wanted) : null;
        if (original is null or { Deleted: true }) json.WriteNullValue();
        else Message(json, original, viewer, withContent, withReferenced: false);
    }
}
