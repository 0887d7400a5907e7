using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usher.Discord.Json;

/// <summary>A text that Discord may also give as a whole number, such as a message's nonce.</summary>
public sealed class TextOrNumberConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        JsonTokenType.Number => reader.GetUInt64().ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException($"Expected a text or a number; found {reader.TokenType}."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
