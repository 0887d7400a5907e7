using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Discord.Model;

namespace Usher.Discord.Json;

/// <summary>Permissions travel as a decimal string. <see href="https://discord.com/developers/docs/topics/permissions"/></summary>
public sealed class PermissionsConverter : JsonConverter<Permissions>
{
    /// <inheritdoc/>
    public override Permissions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => (Permissions)reader.GetUInt64(),
        JsonTokenType.String when ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) => (Permissions)bits,
        _ => throw new JsonException("A permission set is a decimal number in a string."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Permissions value, JsonSerializerOptions options) =>
        writer.WriteStringValue(((ulong)value).ToString(CultureInfo.InvariantCulture));
}
