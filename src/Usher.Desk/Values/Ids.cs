using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Usher.Desk.Values;

/// <summary>One of Discord's 64-bit ids, typed by what it names so that a user is never taken for a role.</summary>
/// <typeparam name="T">The id's own type.</typeparam>
public interface IDiscordId<T> where T : struct, IDiscordId<T>
{
    /// <summary>The snowflake itself.</summary>
    ulong Value { get; }

    /// <summary>Wraps a snowflake.</summary>
    static abstract T From(ulong value);
}

/// <summary>A guild (what people call a Discord server).</summary>
[JsonConverter(typeof(DiscordIdConverter<GuildId>))]
public readonly record struct GuildId(ulong Value) : IDiscordId<GuildId>
{
    /// <inheritdoc/>
    public static GuildId From(ulong value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A person or a bot.</summary>
[JsonConverter(typeof(DiscordIdConverter<UserId>))]
public readonly record struct UserId(ulong Value) : IDiscordId<UserId>
{
    /// <inheritdoc/>
    public static UserId From(ulong value) => new(value);

    /// <summary>How Discord writes a mention of this person.</summary>
    public string Mention => $"<@{this}>";

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A role of a guild.</summary>
[JsonConverter(typeof(DiscordIdConverter<RoleId>))]
public readonly record struct RoleId(ulong Value) : IDiscordId<RoleId>
{
    /// <inheritdoc/>
    public static RoleId From(ulong value) => new(value);

    /// <summary>How Discord writes a mention of this role.</summary>
    public string Mention => $"<@&{this}>";

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A channel, a thread or a channel category.</summary>
[JsonConverter(typeof(DiscordIdConverter<ChannelId>))]
public readonly record struct ChannelId(ulong Value) : IDiscordId<ChannelId>
{
    /// <inheritdoc/>
    public static ChannelId From(ulong value) => new(value);

    /// <summary>How Discord writes a link to this channel.</summary>
    public string Mention => $"<#{this}>";

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A message.</summary>
[JsonConverter(typeof(DiscordIdConverter<MessageId>))]
public readonly record struct MessageId(ulong Value) : IDiscordId<MessageId>
{
    /// <inheritdoc/>
    public static MessageId From(ulong value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

// Written as strings: a 64-bit number does not survive the JSON readers of other languages.
/// <summary>Writes an id as a string and reads it from digits or a number.</summary>
/// <typeparam name="T">The id's own type.</typeparam>
public sealed class DiscordIdConverter<T> : JsonConverter<T> where T : struct, IDiscordId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ulong id;
        var isOne = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetUInt64(out id),
            JsonTokenType.String => ulong.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out id),
            _ => (id = 0) != 0,
        };
        return isOne ? T.From(id) : throw new JsonException("An id was expected, as a number or as digits.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value.ToString(CultureInfo.InvariantCulture));
}
