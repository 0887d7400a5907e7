using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

/// <summary>How a message is shown.</summary>
/// <param name="Viewer">To whom: a bot, or a person on the page.</param>
/// <param name="WithContent">Whether it may read text, embeds, files and components.</param>
/// <param name="AsEvent">Whether guild, member and nonce stand beside it, as in MESSAGE_CREATE.</param>
internal readonly record struct MessageView(UserState Viewer, bool WithContent = true, bool AsEvent = false)
{
    public MessageView(ApplicationState viewer, bool WithContent = true, bool AsEvent = false) : this(viewer.Bot, WithContent, AsEvent) { }
}

internal sealed partial class Payloads
{
    public void Message(Utf8JsonWriter writer, MessageState message, MessageView view, bool withReferenced = true)
    {
        var content = view.WithContent;
        writer.WriteStartObject();
        Id(writer, "id", message.Id);
        Id(writer, "channel_id", message.Channel.Id);
        writer.WriteNumber("type", (int)message.Type);
        writer.WriteString("content", content ? message.Content : "");
        Moment(writer, "timestamp", message.CreatedAt);
        Moment(writer, "edited_timestamp", message.EditedAt);
        writer.WriteNumber("flags", (int)message.Flags);
        writer.WriteBoolean("tts", message.Tts);
        writer.WriteBoolean("pinned", message.Pinned);
        writer.WriteBoolean("mention_everyone", message.MentionsEveryone);
        writer.WritePropertyName("author");
        User(writer, message.Author);
        Array(writer, "mentions", message.Mentions, (to, user) => Mentioned(to, user, message, view.AsEvent));
        Ids(writer, "mention_roles", message.MentionedRoles.Select(role => role.Id));
        Array(writer, "attachments", content ? message.Attachments : [], Attachment);
        Elements(writer, "embeds", content ? message.Embeds : default);
        Elements(writer, "components", content ? message.Components : default);
        if (message.Application is { } application && message.Interaction is not null)
        {
            Id(writer, "application_id", application.Id);
            Id(writer, "webhook_id", application.Id);
        }
        if (message.Interaction is { } interaction)
        {
            writer.WritePropertyName("interaction_metadata");
            InteractionMetadata(writer, interaction, message);
        }
        Relations(writer, message, view, withReferenced);
        if (view.AsEvent) EventFields(writer, message);
        if (message.Nonce.ValueKind is JsonValueKind.String or JsonValueKind.Number && message.Author == view.Viewer)
        {
            writer.WritePropertyName("nonce");
            message.Nonce.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    public void Attachment(Utf8JsonWriter writer, AttachmentState file)
    {
        var url = world.AddressOf(file);
        writer.WriteStartObject();
        Id(writer, "id", file.Id);
        writer.WriteString("filename", file.Filename);
        writer.WriteNumber("size", file.Bytes.Length);
        writer.WriteString("url", url);
        writer.WriteString("proxy_url", url);
        if (file.ContentType is not null) writer.WriteString("content_type", file.ContentType);
        if (file.Description is not null) writer.WriteString("description", file.Description);
        if (file.Size is { } size)
        {
            writer.WriteNumber("width", size.Width);
            writer.WriteNumber("height", size.Height);
        }
        if (file.Ephemeral) writer.WriteBoolean("ephemeral", true);
        writer.WriteEndObject();
    }

    private void Relations(Utf8JsonWriter writer, MessageState message, MessageView view, bool withReferenced)
    {
        if (message.Reference is { } reference)
        {
            writer.WriteStartObject("message_reference");
            writer.WriteNumber("type", 0);
            Id(writer, "channel_id", reference.Channel.Id);
            if (reference.MessageId is { } referenced) Id(writer, "message_id", referenced);
            if (reference.Channel.Guild is { } guild) Id(writer, "guild_id", guild.Id);
            writer.WriteEndObject();
            if (withReferenced && reference.MessageId is { } id && message.Type is MessageType.Reply or MessageType.ThreadStarterMessage or MessageType.ContextMenuCommand)
            {
                writer.WritePropertyName("referenced_message");
                if (reference.Channel.Log.Find(reference.MessageId ?? default) is { } original) Message(writer, original, view with { AsEvent = false }, withReferenced: false);
                else writer.WriteNullValue();
            }
        }
        if (message.StartedThread is { Deleted: false } thread)
        {
            writer.WritePropertyName("thread");
            Channel(writer, thread, view.Viewer);
        }
        if (message.ReactionList.Count > 0) Array(writer, "reactions", message.ReactionList, (to, reaction) => Reaction(to, reaction, view.Viewer));
    }

    private static void EventFields(Utf8JsonWriter writer, MessageState message)
    {
        writer.WriteNumber("channel_type", (int)message.Channel.Type);
        if (message.Channel.Guild is not { } guild || message.EphemeralFor is not null) return;
        Id(writer, "guild_id", guild.Id);
        if (message.Interaction is null && guild.MemberIndex.TryGetValue(message.Author.Id, out var member))
        {
            writer.WritePropertyName("member");
            MemberAlone(writer, member);
        }
    }

    private static void Mentioned(Utf8JsonWriter writer, UserState user, MessageState message, bool asEvent)
    {
        writer.WriteStartObject();
        UserFields(writer, user);
        if (asEvent && message.Channel.Guild is { } guild && guild.MemberIndex.TryGetValue(user.Id, out var member))
        {
            writer.WritePropertyName("member");
            MemberAlone(writer, member);
        }
        writer.WriteEndObject();
    }

    private static void Reaction(Utf8JsonWriter writer, ReactionState reaction, UserState viewer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("count", reaction.Users.Count);
        writer.WriteStartObject("count_details");
        writer.WriteNumber("burst", 0);
        writer.WriteNumber("normal", reaction.Users.Count);
        writer.WriteEndObject();
        EmptyArrays(writer, "burst_colors");
        writer.WriteBoolean("me", reaction.Users.Contains(viewer));
        writer.WriteBoolean("me_burst", false);
        EmojiOf(writer, reaction.Name, reaction.EmojiId);
        writer.WriteEndObject();
    }

    private static void EmojiOf(Utf8JsonWriter writer, string name, Snowflake? id)
    {
        writer.WriteStartObject("emoji");
        Id(writer, "id", id);
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }

    private static void Elements(Utf8JsonWriter writer, string name, JsonElement elements)
    {
        if (elements.ValueKind != JsonValueKind.Array)
        {
            EmptyArrays(writer, name);
            return;
        }
        writer.WritePropertyName(name);
        elements.WriteTo(writer);
    }

    private static void InteractionMetadata(Utf8JsonWriter writer, InteractionState interaction, MessageState? message)
    {
        writer.WriteStartObject();
        Id(writer, "id", interaction.Id);
        writer.WriteNumber("type", interaction.Type);
        writer.WritePropertyName("user");
        User(writer, interaction.User);
        Owners(writer, interaction);
        if (message is not null && interaction.Original is { } original && original != message) Id(writer, "original_response_message_id", original.Id);
        if (interaction.Type == 3 && interaction.Message is { } interacted) Id(writer, "interacted_message_id", interacted.Id);
        if (interaction.Opener is { } opener)
        {
            writer.WritePropertyName("triggering_interaction_metadata");
            InteractionMetadata(writer, opener, null);
        }
        writer.WriteEndObject();
    }

    private static void Owners(Utf8JsonWriter writer, InteractionState interaction)
    {
        writer.WriteStartObject("authorizing_integration_owners");
        writer.WriteString("0", interaction.Channel.Guild?.Id.ToString() ?? "0");
        writer.WriteEndObject();
    }
}
