using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Usher.Engine.Settings;

/// <summary>Understands the small notations of <c>usher.yml</c>: ids, durations, colours, emoji.</summary>
internal static partial class Written
{
    // The pictures that Unicode had before it gave them a place of their own: https://www.unicode.org/Public/emoji/latest/emoji-data.txt
    // (Emoji=Yes below U+1F000). Discord refuses other symbols, such as ★, in buttons.
    private static readonly SearchValues<char> OldEmoji = SearchValues.Create(
        "©®‼⁉™ℹ↔↕↖↗↘↙↩↪⌚⌛⌨⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺Ⓜ▪▫▶◀◻◼◽◾☀☁☂☃☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸☹☺♀♂♈♉♊♋♌♍♎♏♐♑♒♓♟♠♣♥♦♨♻♾♿"
        + "⚒⚓⚔⚕⚖⚗⚙⚛⚜⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰⛱⛲⛳⛴⛵⛷⛸⛹⛺⛽✂✅✈✉✊✋✌✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓❔❕❗❣❤➕➖➗➡➰➿⤴⤵⬅⬆⬇⬛⬜⭐⭕〰〽㊗㊙");

    /// <summary>A snowflake: 17 to 19 digits.</summary>
    /// <remarks>https://discord.com/developers/docs/reference#snowflakes</remarks>
    internal static bool TryId(string text, out ulong id)
    {
        id = 0;
        // Below 17 digits it would be from January 2015, when there was no Discord; above 63 bits from the year 2084.
        return text.Length is >= 17 and <= 19 && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id <= long.MaxValue;
    }

    /// <summary>A duration such as <c>10s</c>, <c>5m</c>, <c>1h30m</c> or <c>2d</c>.</summary>
    internal static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var match = DurationForm.Match(text);
        if (!match.Success || match.Length == 0) return false;
        duration = new TimeSpan(Part("d"), Part("h"), Part("m"), Part("s"));
        return true;

        int Part(string unit) => match.Groups[unit] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>A long time such as <c>10y</c> or <c>180d</c>; a year has 365 days and a quarter.</summary>
    internal static bool TryLongDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Length is < 2 or > 6 || text[^1] is not ('y' or 'd') || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        duration = text[^1] == 'y' ? TimeSpan.FromDays(365.25) * count : TimeSpan.FromDays(count);
        return true;
    }

    /// <summary>A number of bytes such as <c>500KB</c>, <c>25MB</c> or <c>10GB</c>; a kilobyte is 1024 bytes.</summary>
    internal static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        var match = SizeForm.Match(text);
        if (!match.Success) return false;
        var shift = 10 * (1 + "KMGT".IndexOf(char.ToUpperInvariant(match.Groups["unit"].ValueSpan[0]), StringComparison.Ordinal));
        bytes = long.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) << shift;
        return true;
    }

    /// <summary>A colour such as <c>#5865F2</c>.</summary>
    internal static bool TryColour(string text, out int colour)
    {
        colour = 0;
        return text.Length == 7 && text[0] == '#' && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out colour);
    }

    /// <summary>Whether it is one emoji: the character itself, or a guild's own as <c>&lt;:name:id&gt;</c>.</summary>
    /// <remarks>https://discord.com/developers/docs/reference#message-formatting</remarks>
    internal static bool IsEmoji(string text) => CustomEmoji.IsMatch(text) || IsEmojiCharacter(text);

    /// <summary>Whether anything of it can be seen: Discord refuses what is blank, also when the blanks are no spaces.</summary>
    internal static bool IsVisible(string text) => text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse)
        && rune.Value is not (0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0));

    private static bool IsEmojiCharacter(string text)
    {
        if (text.Length == 0 || new StringInfo(text).LengthInTextElements != 1) return false;
        // U+20E3 makes keycaps (3️⃣); what lies above U+1F000 is pictures, also those that are newer than this runtime's tables.
        return text.EnumerateRunes().Any(r => r.Value is 0x20E3 or >= 0x1F000 || (r.IsBmp && OldEmoji.Contains((char)r.Value)));
    }

    [GeneratedRegex("^(?:(?<d>[0-9]{1,4})d)?(?:(?<h>[0-9]{1,5})h)?(?:(?<m>[0-9]{1,6})m)?(?:(?<s>[0-9]{1,7})s)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DurationForm { get; }

    [GeneratedRegex("^(?<number>[0-9]{1,6}) ?(?<unit>[KMGTkmgt])[Bb]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SizeForm { get; }

    [GeneratedRegex("^<a?:[A-Za-z0-9_]{2,32}:[0-9]{17,19}>$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CustomEmoji { get; }
}
