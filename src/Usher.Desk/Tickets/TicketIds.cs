using System.Globalization;

namespace Usher.Desk.Tickets;

/// <summary>
/// Tickets as programs call them: <c>TKT</c> and six letters or digits. Up to 999999 it is the number that people read; from there on the first of the six is a letter.
/// Whoever guesses one learns nothing: what they may not see is answered as what does not exist.
/// </summary>
public static class TicketIds
{
    private const string Prefix = "TKT";
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const long Plain = 1_000_000;
    private const int Letters = 26;
    private const long Behind = 60_466_176; // 36 to the fifth: what five letters or digits can say

    /// <summary>The last number that has an id.</summary>
    public const long Last = Plain + Letters * Behind - 1;

    /// <summary>A ticket's id.</summary>
    public static string Of(Ticket ticket) => Of(ticket.Number);

    /// <summary>The id of the ticket of that number.</summary>
    public static string Of(long number)
    {
        if (number < Plain) return Prefix + number.ToString("000000", CultureInfo.InvariantCulture);
        var rest = number - Plain;
        Span<char> letters = stackalloc char[6];
        for (var place = 5; place > 0; place--, rest /= 36) letters[place] = Digits[(int)(rest % 36)];
        letters[0] = Digits[10 + (int)rest];
        return string.Concat(Prefix, letters);
    }

    /// <summary>The number that an id, in any case, or a bare number stands for; null when it is neither.</summary>
    public static long? NumberOf(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return NumberIn(text);
        if (text.Length != Prefix.Length + 6) return null;
        var letters = text.AsSpan(Prefix.Length);
        if (char.IsAsciiDigit(letters[0])) return NumberIn(letters);
        if (!char.IsAsciiLetter(letters[0])) return null;
        long value = char.ToUpperInvariant(letters[0]) - 'A';
        foreach (var letter in letters[1..])
        {
            var digit = char.IsAscii(letter) ? Digits.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal) : -1;
            if (digit < 0) return null;
            value = value * 36 + digit;
        }
        return Plain + value;
    }

    private static long? NumberIn(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
