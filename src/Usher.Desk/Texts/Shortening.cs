namespace Usher.Desk.Texts;

/// <summary>Makes words fit where Discord gives them a limit.</summary>
internal static class Shortening
{
    /// <summary>The text itself when it fits, else its beginning and an ellipsis; no character is cut in two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many characters (UTF-16) it may have; at least 1.</param>
    internal static string CutTo(this string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }
}
