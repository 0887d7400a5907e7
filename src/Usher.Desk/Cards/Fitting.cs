using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Cards;

/// <summary>
/// Makes a card's words fit in one message. Settings and people write most of them, and a message that Discord refuses for
/// its length would be missing altogether: better a card with an ellipsis.
/// </summary>
internal static class Fitting
{
    /// <summary>How many characters all words of a message may have together.</summary>
    /// <remarks>https://discord.com/developers/docs/components/reference#text-display</remarks>
    internal const int MostCharacters = 4000;

    /// <summary>The parts without empty words, the longest words shortened until all fit.</summary>
    internal static ValueList<CardPart> Of(ValueList<CardPart> parts)
    {
        if (parts.Count > 1 && parts.Any(IsEmpty)) parts = parts.Where(part => !IsEmpty(part)).ToValueList();
        var excess = parts.Sum(Length) - MostCharacters;
        while (excess > 0)
        {
            var fitted = parts.ToArray();
            var at = Array.IndexOf(fitted, fitted.MaxBy(Length));
            var words = (Words)fitted[at];
            var shorter = new Words(words.Markdown.CutTo(Math.Max(1, words.Markdown.Length - excess)));
            excess -= words.Markdown.Length - shorter.Markdown.Length;
            fitted[at] = shorter;
            parts = fitted.ToValueList();
        }
        return parts;
    }

    private static int Length(CardPart part) => part is Words words ? words.Markdown.Length : 0;

    private static bool IsEmpty(CardPart part) => part is Words words && string.IsNullOrWhiteSpace(words.Markdown);
}
