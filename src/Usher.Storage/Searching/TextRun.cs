using System.Text;

namespace Usher.Storage.Searching;

/// <summary>A stretch of a text without anything between its letters and digits, as search compares it: without case, accents and widths.</summary>
/// <param name="Folded">What is compared.</param>
/// <param name="Places">Where in the text each of its characters stands.</param>
/// <param name="End">Where in the text it ends.</param>
/// <param name="IsUnspaced">Whether it is of a script that puts nothing between its words, as Chinese and Japanese do.</param>
internal sealed record TextRun(string Folded, IReadOnlyList<int> Places, int End, bool IsUnspaced)
{
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';

    /// <summary>Where in the text a part of it stands.</summary>
    public (int Start, int Length) PlaceOf(int from, int length)
    {
        var end = from + length < Places.Count ? Places[from + length] : End;
        return (Places[from], end - Places[from]);
    }

    /// <summary>The stretches of a text, in order.</summary>
    public static IEnumerable<TextRun> In(string text)
    {
        var (folded, places, unspaced, end) = (new StringBuilder(), new List<int>(), false, 0);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            var said = Fold(rune);
            var isMark = said.Length == 0;
            var belongs = isMark || IsWord(said);
            var joins = isMark || IsUnspacedScript(said[0]) == unspaced;
            if (folded.Length > 0 && !(belongs && joins))
            {
                yield return new TextRun(folded.ToString(), places, end, unspaced);
                (folded, places) = (new StringBuilder(), []);
            }
            if (belongs && !isMark)
            {
                unspaced = IsUnspacedScript(said[0]);
                folded.Append(said);
                for (var i = 0; i < said.Length; i++) places.Add(at);
            }
            if (belongs && folded.Length > 0) end = at + length;
            at += length;
        }
        if (folded.Length > 0) yield return new TextRun(folded.ToString(), places, end, unspaced);
    }

    private static bool IsWord(string said)
    {
        Rune.DecodeFromUtf16(said, out var rune, out _);
        // Signs above, below and beside letters belong to them: Thai and Indian scripts write vowels so.
        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
    }

    // A letter as it is compared; empty for an accent that stands by itself.
    private static string Fold(Rune rune)
    {
        if (rune.IsAscii) return Ascii[rune.Value];
        switch (rune.Value)
        {
            case >= FirstMark and <= LastMark: return "";
            case 'ß' or 'ẞ': return "ss";
            case 'œ' or 'Œ': return "oe";
            case 'æ' or 'Æ': return "ae";
            case 'ø' or 'Ø': return "o";
            case 'ł' or 'Ł': return "l";
            case 'đ' or 'Đ': return "d";
        }
        var whole = rune.ToString();
        // Half of a pair without the other comes as this; nothing else is worth folding of it.
        if (rune == Rune.ReplacementChar) return whole;
        var bare = new StringBuilder(4);
        foreach (var letter in whole.Normalize(NormalizationForm.FormKD))
        {
            if (letter is < FirstMark or > LastMark) bare.Append(letter);
        }
        return bare.Length == 0 ? whole : bare.ToString().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    private static bool IsUnspacedScript(char letter) => letter is
        (>= '\u3005' and <= '\u3007') or (>= '\u3040' and <= '\u312F') or (>= '\u31A0' and <= '\u31BF') or (>= '\u31F0' and <= '\u31FF')
        or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uD840' and <= '\uD888')
        or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 128).Select(letter => ((char)letter).ToString().ToLowerInvariant())];
}
