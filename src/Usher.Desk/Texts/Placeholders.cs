using System.Text;

namespace Usher.Desk.Texts;

/// <summary>Fills the <c>{name}</c> places of a text.</summary>
internal static class Placeholders
{
    /// <summary>Fills the places in one pass: what is filled in is never looked at again, so nobody's words can name a place.</summary>
    /// <param name="text">The text; places without a value stay as they are.</param>
    /// <param name="values">The values, by name.</param>
    internal static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        if (values.IsEmpty || !text.Contains('{', StringComparison.Ordinal)) return text;
        var filled = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf('{') is var start and >= 0)
        {
            filled.Append(rest[..start]);
            rest = rest[start..];
            var end = rest.IndexOf('}');
            if (end > 0 && TryFind(values, rest[1..end], out var value))
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

    private static bool TryFind(ReadOnlySpan<(string Name, string Value)> values, ReadOnlySpan<char> name, out string value)
    {
        foreach (var candidate in values)
        {
            if (!name.SequenceEqual(candidate.Name)) continue;
            value = candidate.Value;
            return true;
        }
        value = "";
        return false;
    }
}
