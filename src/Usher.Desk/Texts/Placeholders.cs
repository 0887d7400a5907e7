using System.Globalization;
using System.Text;

namespace Usher.Desk.Texts;

/// <summary>Fills the <c>{name}</c> places of a text.</summary>
internal static class Placeholders
{
    /// <summary>Fills the places in one pass: what is filled in is never looked at again, so nobody's words can name a place.</summary>
    /// <param name="text">The text; places without a value stay as they are.</param>
    /// <param name="values">The values, by name.</param>
    /// <param name="isOne">
    /// Whether a number takes the singular: <c>{count|ticket|tickets}</c> is then the first of the two words. Without it such places are left alone.
    /// </param>
    internal static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values, Func<long, bool>? isOne = null)
    {
        if (values.IsEmpty || !text.Contains('{', StringComparison.Ordinal)) return text;
        var filled = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is var start and >= 0)
        {
            filled.Append(rest[..start]);
            rest = rest[start..];
            var end = rest.IndexOf('}');
            if (end > 0 && TryFind(values, rest[1..end], isOne, out var value))
            {
                filled.Append(value);
                rest = rest[(end + 1)..];
            }
            else
            {
                filled.Append('{');
                rest = rest[1..];
            }
        }
        return filled.Append(rest).ToString();
    }

    private static bool TryFind(ReadOnlySpan<(string Name, string Value)> values, ReadOnlySpan<char> place, Func<long, bool>? isOne, out ReadOnlySpan<char> value)
    {
        var words = isOne is null ? -1 : place.IndexOf('|');
        var name = words < 0 ? place : place[..words];
        foreach (var candidate in values)
        {
            if (!name.SequenceEqual(candidate.Name)) continue;
            value = words < 0 ? candidate.Value : WordFor(candidate.Value, place[(words + 1)..], isOne!);
            return true;
        }
        value = "";
        return false;
    }

    private static ReadOnlySpan<char> WordFor(string count, ReadOnlySpan<char> words, Func<long, bool> isOne)
    {
        var between = words.IndexOf('|');
        if (between < 0) return words;
        return long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && isOne(number) ? words[..between] : words[(between + 1)..];
    }
}
