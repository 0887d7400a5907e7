using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Usher.Discord.Components;

namespace Usher.Discord.Json;

/// <summary>
/// Reads a component by its integer <c>type</c>, wherever in the object that stands, and keeps unknown kinds.
/// <see href="https://discord.com/developers/docs/components/reference#component-object-component-types"/>
/// </summary>
public sealed class ComponentConverter : JsonConverter<Component>
{
    /// <inheritdoc/>
    public override Component? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException($"A component is an object; found {reader.TokenType}.");
        return PeekType(reader) is { } type && KindOf(type) is { } kind
            ? (Component?)JsonSerializer.Deserialize(ref reader, kind)
            : new UnknownComponent(JsonElement.ParseValue(ref reader));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Component value, JsonSerializerOptions options)
    {
        if (value is UnknownComponent unknown) unknown.Raw.WriteTo(writer);
        else JsonSerializer.Serialize(writer, value, KindOf(value.Type)!);
    }

    private static ComponentType? PeekType(Utf8JsonReader ahead)
    {
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = ahead.ValueTextEquals("type"u8);
            ahead.Read();
            if (isType) return ahead.TokenType == JsonTokenType.Number && ahead.TryGetInt32(out var type) ? (ComponentType)type : null;
            ahead.Skip();
        }
        return null;
    }

    private static JsonTypeInfo? KindOf(ComponentType type) => type switch
    {
        ComponentType.ActionRow => DiscordJson.Default.ActionRow,
        ComponentType.Button => DiscordJson.Default.Button,
        ComponentType.StringSelect => DiscordJson.Default.StringSelect,
        ComponentType.TextInput => DiscordJson.Default.TextInput,
        ComponentType.UserSelect => DiscordJson.Default.UserSelect,
        ComponentType.RoleSelect => DiscordJson.Default.RoleSelect,
        ComponentType.MentionableSelect => DiscordJson.Default.MentionableSelect,
        ComponentType.ChannelSelect => DiscordJson.Default.ChannelSelect,
        ComponentType.Section => DiscordJson.Default.Section,
        ComponentType.TextDisplay => DiscordJson.Default.TextDisplay,
        ComponentType.Thumbnail => DiscordJson.Default.Thumbnail,
        ComponentType.MediaGallery => DiscordJson.Default.MediaGallery,
        ComponentType.File => DiscordJson.Default.FileComponent,
        ComponentType.Separator => DiscordJson.Default.Separator,
        ComponentType.Container => DiscordJson.Default.Container,
        ComponentType.Label => DiscordJson.Default.Label,
        ComponentType.FileUpload => DiscordJson.Default.FileUpload,
        ComponentType.RadioGroup => DiscordJson.Default.RadioGroup,
        ComponentType.CheckboxGroup => DiscordJson.Default.CheckboxGroup,
        ComponentType.Checkbox => DiscordJson.Default.Checkbox,
        _ => null,
    };
}
