using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Usher.Discord.Model;

namespace Usher.Discord.Json;

/// <summary>A snowflake is written as a string, since JavaScript's numbers are too short for it; a number is read as well.</summary>
public sealed class SnowflakeConverter : JsonConverter<Snowflake>
{
    private const int MostDigits = 20;

    /// <inheritdoc/>
    public override Snowflake Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => new(reader.GetUInt64()),
        JsonTokenType.String => ReadDigits(ref reader),
        _ => throw new JsonException($"A snowflake is a string of digits; found {reader.TokenType}."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Snowflake value, JsonSerializerOptions options)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        Utf8Formatter.TryFormat(value.Value, digits, out var length);
        writer.WriteStringValue(digits[..length]);
    }

    /// <inheritdoc/>
    public override Snowflake ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadDigits(ref reader);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, Snowflake value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString());

    private static Snowflake ReadDigits(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && !reader.ValueIsEscaped
            && Utf8Parser.TryParse(reader.ValueSpan, out ulong value, out var used) && used == reader.ValueSpan.Length)
            return new(value);
        return Snowflake.TryParse(reader.GetString(), out var parsed) ? parsed : throw new JsonException("A snowflake is a string of digits.");
    }
}
