using System.Text.Json;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Objects;

/// <summary>
/// Writes the world's things as Discord writes them on the wire, every required field present. Called under the world's lock.
/// <see href="https://discord.com/developers/docs/reference"/>
/// </summary>
/// <param name="world">The world.</param>
/// <param name="origin">The box's own address, without a slash at its end: files are served below it.</param>
internal sealed partial class Shown(DiscordWorld world, Func<string> origin)
{
    /// <summary>Writes one thing into a byte array.</summary>
    internal static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one thing as an element.</summary>
    internal static JsonElement Element(Action<Utf8JsonWriter> write) => JsonDocument.Parse(Bytes(write)).RootElement;

    private static void Id(Utf8JsonWriter json, string name, Snowflake id) => json.WriteString(name, id.ToString());

    private static void IdOrNull(Utf8JsonWriter json, string name, Snowflake? id)
    {
        if (id is { } given) json.WriteString(name, given.ToString());
        else json.WriteNull(name);
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset at) =>
        json.WriteString(name, at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", System.Globalization.CultureInfo.InvariantCulture));

    private static void TimeOrNull(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } given) Time(json, name, given);
        else json.WriteNull(name);
    }

    private static void Bits(Utf8JsonWriter json, string name, Permissions permissions) =>
        json.WriteString(name, ((ulong)permissions).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static void Ids(Utf8JsonWriter json, string name, IEnumerable<Snowflake> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids) json.WriteStringValue(id.ToString());
        json.WriteEndArray();
    }
}
