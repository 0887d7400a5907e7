using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.Wire.Rest;

/// <summary>Reads a message to be created or edited. <see href="https://discord.com/developers/docs/resources/message#create-message"/></summary>
internal static class MessageForm
{
    private const MessageFlags Settable = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral;

    private static readonly string[] Known =
    [
        "content", "embeds", "components", "flags", "allowed_mentions", "attachments", "tts", "nonce", "enforce_nonce", "message_reference",
        // Webhook bodies may carry who posts; Discord ignores it of an interaction's answer.
        "thread_id",
    ];

    /// <summary>A new message. <paramref name="ephemeral"/> tells whether EPHEMERAL may be asked for (interactions alone).</summary>
    public static MessageDraft Read(JsonElement body, IReadOnlyList<UploadedFile> uploads, ChannelState channel, bool ephemeral = false, string path = "", bool mayBeEmpty = false)
    {
        var faults = new FormRefusal();
        var fields = new Fields(body, path, faults);
        fields.Only(Known);
        var flags = (MessageFlags)(fields.Number("flags", 0) ?? 0);
        if ((flags & ~Settable) != MessageFlags.None) throw new NotModelledException($"the message flags {(int)(flags & ~Settable)}");
        if (flags.HasFlag(MessageFlags.Ephemeral) && !ephemeral) flags &= ~MessageFlags.Ephemeral;
        var v2 = flags.HasFlag(MessageFlags.IsComponentsV2);
        var files = Files(fields, uploads, []).New;
        var names = files.Select(file => file.Filename).ToHashSet(StringComparer.Ordinal);
        var draft = new MessageDraft
        {
            Content = fields.Text("content", 0, Limits.ContentLength)?.Trim() ?? "",
            Embeds = fields.Raw("embeds"),
            Components = fields.Raw("components"),
            Files = files,
            Flags = flags,
            Mentions = Mentions(fields),
            ReplyTo = Reference(fields, channel),
            Nonce = Nonce(fields),
            EnforceNonce = fields.Flag("enforce_nonce") ?? false,
            Tts = fields.Flag("tts") ?? false,
        };
        EmbedForm.Check(fields);
        ComponentForm.CheckMessage(fields, v2, names, channel.Guild?.UnusableEmojis);
        CheckV2(fields, v2, draft);
        faults.ThrowIfAny();
        if (!mayBeEmpty && IsEmpty(draft)) throw DiscordRefusal.Bad(ErrorCode.EmptyMessage, "Cannot send an empty message");
        return draft;
    }

    /// <summary>An edit of a message. IS_COMPONENTS_V2 can be added, with content and embeds taken away, and never removed.</summary>
    public static MessageEdit ReadEdit(JsonElement body, IReadOnlyList<UploadedFile> uploads, MessageState message, string path = "")
    {
        var faults = new FormRefusal();
        var fields = new Fields(body, path, faults);
        fields.Only(Known);
        var flags = fields.Number("flags", 0) is { } bits ? (MessageFlags)bits : (MessageFlags?)null;
        var wasV2 = message.Flags.HasFlag(MessageFlags.IsComponentsV2);
        var v2 = wasV2 || flags?.HasFlag(MessageFlags.IsComponentsV2) == true;
        var (fresh, kept) = Files(fields, uploads, message.Attachments);
        var staying = message.Attachments.Where(file => kept is null || kept.Contains(file.Id));
        var names = fresh.Select(file => file.Filename).Concat(staying.Select(file => file.Filename)).ToHashSet(StringComparer.Ordinal);
        EmbedForm.Check(fields);
        ComponentForm.CheckMessage(fields, v2, names, message.Channel.Guild?.UnusableEmojis);
        var edit = new MessageEdit
        {
            Content = fields.Has("content") ? new(true, fields.Text("content", 0, Limits.ContentLength)) : default,
            Embeds = fields.Has("embeds") ? new(true, fields.Raw("embeds")) : default,
            Components = fields.Has("components") ? new(true, fields.Raw("components")) : default,
            Flags = flags is null && !v2 ? null : (flags ?? message.Flags) | (v2 ? MessageFlags.IsComponentsV2 : MessageFlags.None),
            Mentions = fields.Has("allowed_mentions") ? Mentions(fields) : null,
            KeptFiles = kept,
            Files = fresh,
        };
        if (v2)
        {
            if (!string.IsNullOrEmpty(edit.Content.IsSet ? edit.Content.Value : message.Content)) ForbiddenInV2(fields, "content");
            var embeds = edit.Embeds.IsSet ? edit.Embeds.Value : message.Embeds;
            if (Count(embeds) > 0) ForbiddenInV2(fields, "embeds");
            if (Count(edit.Components.IsSet ? edit.Components.Value : message.Components) == 0) faults.Add(fields.At("components"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        faults.ThrowIfAny();
        var after = new MessageDraft
        {
            Content = edit.Content.IsSet ? edit.Content.Value ?? "" : message.Content,
            Embeds = edit.Embeds.IsSet ? edit.Embeds.Value : message.Embeds,
            Components = edit.Components.IsSet ? edit.Components.Value : message.Components,
        };
        if (IsEmpty(after) && fresh.Count == 0 && !staying.Any()) throw DiscordRefusal.Bad(ErrorCode.EmptyMessage, "Cannot send an empty message");
        return edit;
    }

    private static void CheckV2(Fields fields, bool v2, MessageDraft draft)
    {
        if (!v2) return;
        if (draft.Content.Length > 0) ForbiddenInV2(fields, "content");
        if (Count(draft.Embeds) > 0) ForbiddenInV2(fields, "embeds");
        if (Count(draft.Components) == 0) fields.Faults.Add(fields.At("components"), "BASE_TYPE_REQUIRED", "This field is required");
    }

    private static void ForbiddenInV2(Fields fields, string name) =>
        fields.Faults.Add(fields.At(name), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", $"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");

    private static bool IsEmpty(MessageDraft draft) =>
        draft.Content.Length == 0 && Count(draft.Embeds) == 0 && Count(draft.Components) == 0 && draft.Files.Count == 0;

    private static int Count(JsonElement list) => list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;

    private static MentionFilter Mentions(Fields fields)
    {
        if (fields.Raw("allowed_mentions").ValueKind == JsonValueKind.Undefined) return MentionFilter.All;
        var allowed = fields.Inner("allowed_mentions");
        allowed.Only("parse", "users", "roles", "replied_user");
        var parse = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (element, path) in allowed.List("parse"))
        {
            if (element.ValueKind == JsonValueKind.String && element.GetString() is "users" or "roles" or "everyone") parse.Add(element.GetString()!);
            else allowed.Faults.Add(path, "BASE_TYPE_CHOICES", "Value must be one of {'everyone', 'roles', 'users'}.");
        }
        var users = allowed.Ids("users", 100).ToHashSet();
        var roles = allowed.Ids("roles", 100).ToHashSet();
        foreach (var (name, ids) in new[] { ("users", users), ("roles", roles) })
        {
            if (parse.Contains(name) && ids.Count > 0) allowed.Faults.Add(allowed.At("parse"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", $"parse:[\"{name}\"] and {name}: [ids...] are mutually exclusive.");
        }
        return new(parse.Contains("users"), parse.Contains("roles"), parse.Contains("everyone"), users, roles, allowed.Flag("replied_user") ?? false);
    }

    private static JsonElement Nonce(Fields fields)
    {
        var nonce = fields.Raw("nonce");
        if (nonce.ValueKind == JsonValueKind.String && Fields.LengthOf(nonce.GetString()!) > Limits.NonceLength)
            fields.Faults.Add(fields.At("nonce"), "NONCE_TYPE_TOO_LONG", $"Must be {Limits.NonceLength} or fewer in length.");
        else if (nonce.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.String or JsonValueKind.Number))
            fields.Faults.Add(fields.At("nonce"), "STRING_TYPE_CONVERT", "Could not interpret value as string.");
        return nonce.ValueKind == JsonValueKind.Undefined ? nonce : nonce.Clone();
    }

    private static MessageState? Reference(Fields fields, ChannelState channel)
    {
        if (fields.Raw("message_reference").ValueKind == JsonValueKind.Undefined) return null;
        var reference = fields.Inner("message_reference");
        reference.Only("type", "message_id", "channel_id", "guild_id", "fail_if_not_exists");
        if (reference.Number("type") is > 0) throw new NotModelledException("forwarding a message");
        if (reference.Id("message_id", required: true) is not { } id) return null;
        if (channel.Log.Find(id) is { } message) return message;
        if (reference.Flag("fail_if_not_exists") ?? true) reference.Faults.Add(fields.At("message_reference"), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message");
        return null;
    }

    /// <summary>The uploads with what `attachments` says of them, and, of an edit, the older files that stay.</summary>
    private static (IReadOnlyList<NewFile> New, IReadOnlySet<Snowflake>? Kept) Files(Fields fields, IReadOnlyList<UploadedFile> uploads, IReadOnlyList<AttachmentState> there)
    {
        var descriptions = new Dictionary<int, (string? Name, string? Description)>();
        HashSet<Snowflake>? kept = fields.Has("attachments") ? [] : null;
        foreach (var (element, path) in fields.List("attachments", 0, Limits.Attachments))
        {
            var entry = new Fields(element, path, fields.Faults);
            if (entry.Id("id", required: true) is not { } id) continue;
            if (there.Any(file => file.Id == id)) kept!.Add(id);
            else if (id.Value < 100 && uploads.Any(file => file.Index == (int)id.Value))
                descriptions[(int)id.Value] = (entry.Text("filename", 1, 260), entry.Text("description", 0, 1024));
            else fields.Faults.Add(path, "ATTACHMENT_NOT_FOUND", "Attachment data not found");
        }
        if (uploads.Count + (kept?.Count ?? there.Count) > Limits.Attachments)
            throw DiscordRefusal.Bad(ErrorCode.MaximumAttachments, "Maximum number of attachments in a message reached (10)");
        var fresh = uploads.Select(file =>
        {
            var said = descriptions.GetValueOrDefault(file.Index);
            return new NewFile(said.Name ?? file.Filename, file.ContentType, file.Bytes, said.Description);
        });
        return (fresh.ToList(), kept);
    }
}
