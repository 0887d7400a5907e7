using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Json;

/// <summary>
/// Writes what Discord sends, field by field. Nothing is shared with the client's records: the two must not be wrong together.
/// Everything is called under the world's lock.
/// </summary>
internal sealed partial class Payloads(DiscordWorld world)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Runs a writing and gives its bytes.</summary>
    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = Interlocked.Exchange(ref _buffer, null) ?? new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        _buffer = buffer;
        return bytes;
    }

    /// <summary>Writes an array of things.</summary>
    public static void Array<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items) write(writer, item);
        writer.WriteEndArray();
    }

    /// <summary>Writes a named array of things.</summary>
    public static void Array<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WritePropertyName(name);
        Array(writer, items, write);
    }

    private static void Id(Utf8JsonWriter writer, string name, Snowflake? id)
    {
        if (id is { } value)
        {
            Span<char> digits = stackalloc char[20];
            value.Value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            writer.WriteString(name, digits[..length]);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Ids(Utf8JsonWriter writer, string name, IEnumerable<Snowflake> ids) =>
        Array(writer, name, ids, static (to, id) => to.WriteStringValue(id.ToString()));

    private static void Bits(Utf8JsonWriter writer, string name, Permissions permissions) =>
        writer.WriteString(name, ((ulong)permissions).ToString(CultureInfo.InvariantCulture));

    private static void Moment(Utf8JsonWriter writer, string name, DateTimeOffset? moment)
    {
        if (moment is { } value) writer.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture));
        else writer.WriteNull(name);
    }

    private static void Nulls(Utf8JsonWriter writer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names) writer.WriteNull(name);
    }

    private static void EmptyArrays(Utf8JsonWriter writer, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            writer.WriteStartArray(name);
            writer.WriteEndArray();
        }
    }
}
