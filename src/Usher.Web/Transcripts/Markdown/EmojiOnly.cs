using System.Text;

namespace Usher.Web.Transcripts.Markdown;

/// <summary>Discord shows a message of nothing but a few emoji large.</summary>
internal static class EmojiOnly
{
    private const int MostCharacters = 120;

    public static bool Matches(ReadOnlySpan<char> text)
    {
        if (text.Length > MostCharacters) return false;
        var any = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) continue;
            if (!IsEmoji(rune.Value)) return false;
            any = true;
        }

        return any;
    }

    // The blocks of pictographs, and what joins or varies them: zero-width joiner, variation selector, tags of flags.
    private static bool IsEmoji(int rune) =>
        rune is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or 0x200D or 0xFE0F or (>= 0xE0020 and <= 0xE007F);
}
