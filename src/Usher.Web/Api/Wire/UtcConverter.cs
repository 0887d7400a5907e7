using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usher.Web.Api.Wire;

/// <summary>Writes moments in UTC to the second: <c>2024-01-20T10:30:00Z</c>.</summary>
internal sealed class UtcConverter : JsonConverter<DateTimeOffset>
{
    internal const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
