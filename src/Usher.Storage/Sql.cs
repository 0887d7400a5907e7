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
    private readonly List<(object? Value, bool IsText)> _values = new(formattedCount);

    public string Text => _text.ToString();

    /// <summary>How many values it has.</summary>
    public int Count => _values.Count;

    /// <summary>The guild that it names; null when it names none: then it concerns them all.</summary>
    public GuildId? Guild { get; private set; }

    /// <summary>The words that it seeks, as the database's own kind of search says them; null when it seeks none, or has them as a value.</summary>
    public string? Sought { get; set; }

    /// <summary>Whether its rows come in an index's order, and nothing else is to be tried: for a database that would think otherwise.</summary>
    public bool IsWalk { get; set; }

    public object? ValueAt(int parameter) => _values[parameter].Value;

    /// <summary>Whether it is text, null included; else it is a whole number.</summary>
    public bool IsText(int parameter) => _values[parameter].IsText;

    // Both databases know parameters by that name.
    public static string NameOf(int parameter) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${parameter + 1}");

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(SqlWords words) => AppendLiteral(words.Text);

    public void AppendFormatted(string? value) => Add(value, isText: true);

    public void AppendFormatted(long value) => Add(value);

    public void AppendFormatted(long? value) => Add(value);

    public void AppendFormatted(bool value) => Add(value ? 1L : 0L);

    public void AppendFormatted(DateTimeOffset value) => Add(value.ToUnixTimeMilliseconds());

    public void AppendFormatted(DateTimeOffset? value) => Add(value?.ToUnixTimeMilliseconds());

    // Both databases know signed integers alone: a snowflake keeps its bits.
    public void AppendFormatted(ulong value) => Add(unchecked((long)value));

    public void AppendFormatted(GuildId value)
    {
        Guild ??= value;
        AppendFormatted(value.Value);
    }

    public void AppendFormatted(UserId value) => AppendFormatted(value.Value);

    public void AppendFormatted(ChannelId value) => AppendFormatted(value.Value);

    public void AppendFormatted(MessageId value) => AppendFormatted(value.Value);

    public void AppendFormatted(UserId? value) => Add(value is { } id ? unchecked((long)id.Value) : null);

    public void AppendFormatted(ChannelId? value) => Add(value is { } id ? unchecked((long)id.Value) : null);

    private void Add(object? value, bool isText = false)
    {
        _text.Append(NameOf(_values.Count));
        _values.Add((value, isText));
    }
}
