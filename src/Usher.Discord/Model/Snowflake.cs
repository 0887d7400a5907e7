using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Usher.Discord.Json;

namespace Usher.Discord.Model;

/// <summary>
/// Discord's identifier of anything: 64 bits, of which the upper 42 are milliseconds since 2015-01-01 UTC. Greater is younger.
/// <see href="https://discord.com/developers/docs/reference#snowflakes"/>
/// </summary>
/// <param name="Value">The number itself.</param>
[JsonConverter(typeof(SnowflakeConverter))]
public readonly record struct Snowflake(ulong Value) : IComparable<Snowflake>, ISpanParsable<Snowflake>, ISpanFormattable
{
    private const long EpochMilliseconds = 1_420_070_400_000;

    /// <summary>When the identified thing was made, to the millisecond.</summary>
    [JsonIgnore]
    public DateTimeOffset CreatedAt => DateTimeOffset.FromUnixTimeMilliseconds((long)(Value >> 22) + EpochMilliseconds);

    /// <summary>True when no identifier is held.</summary>
    [JsonIgnore]
    public bool IsEmpty => Value == 0;

    /// <summary>The smallest snowflake of a moment: what was made at or after it is not smaller. Serves as `after` and `before` in paging.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before 2015.</exception>
    public static Snowflake At(DateTimeOffset moment)
    {
        var milliseconds = moment.ToUnixTimeMilliseconds() - EpochMilliseconds;
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds, nameof(moment));
        return new((ulong)milliseconds << 22);
    }

    /// <inheritdoc/>
    public int CompareTo(Snowflake other) => Value.CompareTo(other.Value);

    /// <summary>The decimal digits, as Discord writes them.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten, default, CultureInfo.InvariantCulture);

    /// <summary>Reads decimal digits; nothing else is accepted.</summary>
    /// <exception cref="FormatException">The text is no snowflake.</exception>
    public static Snowflake Parse(string text) => Parse(text, null);

    /// <inheritdoc/>
    public static Snowflake Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static Snowflake Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("A snowflake is a decimal number of at most 20 digits.");

    /// <summary>Reads decimal digits; false when the text is anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Snowflake result) => TryParse(text, null, out result);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Snowflake result) => TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Snowflake result)
    {
        var parsed = ulong.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new(value);
        return parsed;
    }

    /// <summary>True when the left was made before the right.</summary>
    public static bool operator <(Snowflake left, Snowflake right) => left.Value < right.Value;

    /// <summary>True when the left was not made after the right.</summary>
    public static bool operator <=(Snowflake left, Snowflake right) => left.Value <= right.Value;

    /// <summary>True when the left was made after the right.</summary>
    public static bool operator >(Snowflake left, Snowflake right) => left.Value > right.Value;

    /// <summary>True when the left was not made before the right.</summary>
    public static bool operator >=(Snowflake left, Snowflake right) => left.Value >= right.Value;
}
