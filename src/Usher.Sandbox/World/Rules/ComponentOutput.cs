using System.Buffers;
using System.Text.Json;
using Usher.Discord.Model;

namespace Usher.Sandbox.World.Rules;

/// <summary>
/// Turns components and embeds as they were sent into what Discord gives back: every component has an id, defaults are spelt out,
/// `attachment://` is a real address. <see href="https://discord.com/developers/docs/components/reference#anatomy-of-a-component"/>
/// </summary>
internal sealed class ComponentOutput(IReadOnlyList<AttachmentState> files, Func<AttachmentState, string> address, Func<Snowflake> newId)
{
    private readonly HashSet<int> _taken = [];
    private int _next = 1;

    public JsonElement Components(JsonElement raw)
    {
        if (raw.ValueKind != JsonValueKind.Array || raw.GetArrayLength() == 0) return default;
        foreach (var component in ComponentTree.Walk(raw))
        {
            if (component.TryGetProperty("id", out var id) && id.GetInt32() is > 0 and var number) _taken.Add(number);
        }
        return Rewrite(writer => List(writer, raw));
    }

    /// <summary>A modal as the person gets it, and by whose ids the answers come back.</summary>
    public static JsonElement Modal(JsonElement modal)
    {
        var components = new ComponentOutput([], _ => "", () => default).Components(modal.GetProperty("components"));
        return Rewrite(writer =>
        {
            writer.WriteStartObject();
            foreach (var field in modal.EnumerateObject().Where(field => field.Name != "components")) field.WriteTo(writer);
            writer.WritePropertyName("components");
            components.WriteTo(writer);
            writer.WriteEndObject();
        });
    }

    public JsonElement Embeds(JsonElement raw)
    {
        if (raw.ValueKind != JsonValueKind.Array || raw.GetArrayLength() == 0) return default;
        return Rewrite(writer =>
        {
            writer.WriteStartArray();
            foreach (var embed in raw.EnumerateArray())
            {
                writer.WriteStartObject();
                writer.WriteString("type", "rich");
                foreach (var field in embed.EnumerateObject().Where(field => field.Name != "type" && field.Value.ValueKind != JsonValueKind.Null))
                {
                    if (field.Name is "image" or "thumbnail") EmbedMedia(writer, field);
                    else field.WriteTo(writer);
                }
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    private static JsonElement Rewrite(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private void List(Utf8JsonWriter writer, JsonElement components)
    {
        writer.WriteStartArray();
        foreach (var component in components.EnumerateArray()) One(writer, component);
        writer.WriteEndArray();
    }

    private void One(Utf8JsonWriter writer, JsonElement component)
    {
        var type = ComponentTree.TypeOf(component);
        writer.WriteStartObject();
        writer.WriteNumber("type", type);
        writer.WriteNumber("id", component.TryGetProperty("id", out var given) && given.GetInt32() is > 0 and var number ? number : NextFree());
        foreach (var field in component.EnumerateObject())
        {
            switch (field.Name)
            {
                case "type" or "id":
                    break;
                case "components":
                    writer.WritePropertyName("components");
                    List(writer, field.Value);
                    break;
                case "accessory" or "component":
                    writer.WritePropertyName(field.Name);
                    One(writer, field.Value);
                    break;
                case "media" or "file" when type is 11 or 13:
                    writer.WritePropertyName(field.Name);
                    Media(writer, field.Value);
                    break;
                case "items" when type == 12:
                    Gallery(writer, field.Value);
                    break;
                case "emoji" when field.Value.ValueKind == JsonValueKind.Object:
                    Emoji(writer, field.Value);
                    break;
                case "options" when field.Value.ValueKind == JsonValueKind.Array:
                    Options(writer, field.Value);
                    break;
                default:
                    if (field.Value.ValueKind != JsonValueKind.Null || field.Name == "accent_color") field.WriteTo(writer);
                    break;
            }
        }
        Defaults(writer, component, type);
        writer.WriteEndObject();
    }

    private void Defaults(Utf8JsonWriter writer, JsonElement component, int type)
    {
        switch (type)
        {
            case >= 3 and <= 8 and not 4:
                Number("min_values", 1);
                Number("max_values", 1);
                break;
            case 11:
                NullText("description");
                Flag("spoiler", false);
                break;
            case 13:
                Flag("spoiler", false);
                if (FileOf(component.GetProperty("file")) is { } file)
                {
                    if (!component.TryGetProperty("name", out _)) writer.WriteString("name", file.Filename);
                    if (!component.TryGetProperty("size", out _)) writer.WriteNumber("size", file.Bytes.Length);
                }
                break;
            case 14:
                Flag("divider", true);
                Number("spacing", 1);
                break;
            case 17:
                NullText("accent_color");
                Flag("spoiler", false);
                break;
        }

        void Number(string name, int value)
        {
            if (!component.TryGetProperty(name, out _)) writer.WriteNumber(name, value);
        }

        void Flag(string name, bool value)
        {
            if (!component.TryGetProperty(name, out _)) writer.WriteBoolean(name, value);
        }

        void NullText(string name)
        {
            if (!component.TryGetProperty(name, out var there) || (there.ValueKind == JsonValueKind.Null && name != "accent_color")) writer.WriteNull(name);
        }
    }

    private void Gallery(Utf8JsonWriter writer, JsonElement items)
    {
        writer.WriteStartArray("items");
        foreach (var item in items.EnumerateArray())
        {
            writer.WriteStartObject();
            writer.WritePropertyName("media");
            Media(writer, item.GetProperty("media"));
            writer.WriteString("description", ComponentTree.Text(item, "description"));
            writer.WriteBoolean("spoiler", item.TryGetProperty("spoiler", out var spoiler) && spoiler.ValueKind == JsonValueKind.True);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void Media(Utf8JsonWriter writer, JsonElement media)
    {
        var url = media.GetProperty("url").GetString()!;
        var file = FileOf(media);
        var real = file is null ? url : address(file);
        writer.WriteStartObject();
        writer.WriteString("id", newId().ToString());
        writer.WriteString("url", real);
        writer.WriteString("proxy_url", real);
        if (file is not null)
        {
            writer.WriteString("attachment_id", file.Id.ToString());
            writer.WriteString("content_type", file.ContentType);
            if (file.Size is { } size)
            {
                writer.WriteNumber("width", size.Width);
                writer.WriteNumber("height", size.Height);
            }
        }
        writer.WriteEndObject();
    }

    private void EmbedMedia(Utf8JsonWriter writer, JsonProperty field)
    {
        var url = ComponentTree.Text(field.Value, "url") ?? "";
        var file = FileOf(field.Value);
        writer.WriteStartObject(field.Name);
        writer.WriteString("url", file is null ? url : address(file));
        writer.WriteString("proxy_url", file is null ? url : address(file));
        writer.WriteNumber("width", file?.Size?.Width ?? 0);
        writer.WriteNumber("height", file?.Size?.Height ?? 0);
        writer.WriteEndObject();
    }

    /// <summary>An edited message names its files by the address it was given; a new one by `attachment://`.</summary>
    private AttachmentState? FileOf(JsonElement media)
    {
        var url = ComponentTree.Text(media, "url");
        return url is null ? null : files.FirstOrDefault(file => url == $"attachment://{file.Filename}" || url == address(file));
    }

    private static void Options(Utf8JsonWriter writer, JsonElement options)
    {
        writer.WriteStartArray("options");
        foreach (var option in options.EnumerateArray())
        {
            writer.WriteStartObject();
            foreach (var field in option.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
            {
                if (field.Name == "emoji") Emoji(writer, field.Value);
                else field.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Emoji(Utf8JsonWriter writer, JsonElement emoji)
    {
        writer.WriteStartObject("emoji");
        foreach (var field in emoji.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null)) field.WriteTo(writer);
        writer.WriteEndObject();
    }

    private int NextFree()
    {
        while (!_taken.Add(_next)) _next++;
        return _next;
    }
}
