using System.Runtime.CompilerServices;
using System.Text;
using Usher.Desk.Values;

namespace Usher.Storage;

/// <summary>
/// A statement written as an interpolated string: what stands in braces becomes a parameter, never text, so that nothing can be
/// injected and the text stays the same from call to call, by which a connection finds it prepared.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Sql(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + formattedCount * 4);
    private readonly List<object> _values = new(formattedCount);

    public string Text => _text.ToString();

    public IReadOnlyList<object> Values => _values;

    public static string NameOf(int parameter) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@p{parameter}");

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? value) => Add(value);

    public void AppendFormatted(long value) => Add(value);

    public void AppendFormatted(long? value) => Add(value);

    public void AppendFormatted(bool value) => Add(value ? 1L : 0L);

    public void AppendFormatted(DateTimeOffset value) => Add(value.ToUnixTimeMilliseconds());

    public void AppendFormatted(DateTimeOffset? value) => Add(value?.ToUnixTimeMilliseconds());

    // Both databases know signed integers alone: a snowflake keeps its bits.
    public void AppendFormatted(ulong value) => Add(unchecked((long)value));

    public void AppendFormatted(GuildId value) => AppendFormatted(value.Value);

    public void AppendFormatted(UserId value) => AppendFormatted(value.Value);

    public void AppendFormatted(ChannelId value) => AppendFormatted(value.Value);

    public void AppendFormatted(MessageId value) => AppendFormatted(value.Value);

    public void AppendFormatted(UserId? value) => Add(value is { } id ? unchecked((long)id.Value) : null);

    public void AppendFormatted(ChannelId? value) => Add(value is { } id ? unchecked((long)id.Value) : null);

    private void Add(object? value)
    {
        _text.Append(NameOf(_values.Count));
        _values.Add(value ?? DBNull.Value);
    }
}
