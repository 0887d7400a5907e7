using System.Globalization;
using System.Text;
using Usher.Desk.Settings;
using Usher.Desk.Texts;

namespace Usher.Desk.Features.Opening;

/// <summary>Names threads and channels so that Discord takes the name and people know the ticket.</summary>
public static class HomeName
{
    // Neither a long department nor a long name may push the number out.
    private const int LongestWord = 40;

    /// <summary>How long a name can be.</summary>
    /// <remarks>https://discord.com/developers/docs/resources/channel#channel-object</remarks>
    public const int Longest = 100;

    /// <summary>The fewest random letters and digits that a template can ask for.</summary>
    public const int FewestRandom = 4;

    /// <summary>The most random letters and digits that a template can ask for.</summary>
    public const int MostRandom = 16;

    private const int UsualRandom = 6;

    /// <summary>How many random letters and digits a place of a template stands for: <c>random</c>, or <c>random:4</c> to <c>random:16</c>; null for any other.</summary>
    public static int? RandomLength(string place) => place switch
    {
        "random" => UsualRandom,
        _ when place.StartsWith("random:", StringComparison.Ordinal)
            && int.TryParse(place.AsSpan("random:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length is >= FewestRandom and <= MostRandom => length,
        _ => null,
    };

    /// <summary>The name by the department's template.</summary>
    /// <param name="department">The department.</param>
    /// <param name="number">The ticket's number.</param>
    /// <param name="opener">The opener's name.</param>
    /// <param name="letters">Letters and digits at random, as many as a template can ask for.</param>
    public static string For(Department department, long number, string opener, string letters)
    {
        List<(string, string)> places =
        [
            ("number", number.ToString("0000", CultureInfo.InvariantCulture)),
            ("department", Cut(department.Name, LongestWord)),
            ("opener", Cut(opener, LongestWord)),
            ("random", Cut(letters, UsualRandom)),
        ];
        for (var length = FewestRandom; length <= MostRandom; length++) places.Add((string.Create(CultureInfo.InvariantCulture, $"random:{length}"), Cut(letters, length)));
        var name = Placeholders.Fill(department.Naming, places.ToArray());
        var clean = Cleaned(department.Home.Kind, name);
        return clean.Length > 0 ? clean : $"ticket-{number.ToString("0000", CultureInfo.InvariantCulture)}";
    }

    /// <summary>What Discord takes of a name, at most 100 characters; empty when nothing.</summary>
    public static string Cleaned(HomeKind kind, string name) => kind == HomeKind.Channel ? ForChannel(name) : ForThread(name);

    /// <summary>What a channel's topic says, so that it is found again when Discord's answer to its making was lost.</summary>
    public static string Marker(long number) => $"Usher #{number.ToString("0000", CultureInfo.InvariantCulture)}";

    private static string ForThread(string name) => Cut(string.Concat(name.EnumerateRunes().Where(r => !Rune.IsControl(r))).Trim(), Longest).Trim();

    // Text channels are lower case, without spaces; letters of every script may stay.
    private static string ForChannel(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '_' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                text.Append(rune.ToString());
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        }
        return Cut(text.ToString().Trim('-'), Longest).Trim('-');
    }

    private static string Cut(string name, int most)
    {
        if (name.Length <= most) return name;
        var end = char.IsHighSurrogate(name[most - 1]) ? most - 1 : most;
        return name[..end];
    }
}
