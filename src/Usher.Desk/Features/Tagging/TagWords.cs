using System.Text;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Tagging;

/// <summary>Tags as people write them: parted by commas, with or without #.</summary>
internal static class TagWords
{
    internal const int Longest = 30;
    internal const int Most = 10;

    /// <summary>The tags of a text, each once whatever its case, in the order written.</summary>
    internal static ValueList<string> Read(string text) =>
        text.Split(',').Select(Clean).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToValueList();

    /// <summary>The tags as a card shows them. Between back-ticks nothing becomes a mention or a link.</summary>
    internal static string Show(ValueList<string> tags) => string.Join(' ', tags.Select(tag => $"`{tag}`"));

    internal static bool Has(this ValueList<string> tags, string tag) => tags.Any(there => there.Equals(tag, StringComparison.OrdinalIgnoreCase));

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!Rune.IsControl(rune) && rune.Value != '`' && !(rune.Value == '#' && clean.Length == 0))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString().TrimEnd();
    }
}
