using System.Globalization;
using System.Text;
using Usher.Desk.Values;

namespace Usher.Storage.Searching;

/// <summary>
/// What the index holds of a text: words, and pairs of neighbouring characters where a script puts nothing between its words. Both databases are given these ready-made, so
/// that both find the same; what stands beside them names the day and the people, so that one look into the index answers for all of that. In the index each begins with the guild and the period in which it was
/// said: the list of a word is then as long as a period, and not as the archive.
/// </summary>
internal static class SearchTokens
{
    /// <summary>The longest word that is told from others; what is longer is compared by its beginning.</summary>
    public const int Longest = 32;

    /// <summary>With what every token begins that is no word.</summary>
    public const char Mark = '~';

    /// <summary>With what the token of a ticket's opener begins; their id follows, which only the ticket knows.</summary>
    public const string Opener = "~o";

    /// <summary>With what the token of a ticket's department begins; its key follows in UTF-8, each byte as two digits: a key may hold what ends a token.</summary>
    public const string Department = "~e";

    // More lists than that take longer to put together than reading what they leave out.
    private const long MostDays = 45;

    // Some 25 days. The databases make the tokens of their indexes so (migration 36).
    private const int PeriodBits = 53;

    /// <summary>A period of the archive's order, which every token of an index begins with.</summary>
    public const long Period = 1L << PeriodBits;

    // Discord lets through 4000 characters of words, 6000 of embeds and 4000 of components: beyond these there is nothing that people wrote.
    private const int MostOfText = 16_000;

    /// <summary>The tokens of a text, each once, with spaces between them; empty when it has none.</summary>
    public static string Of(string text)
    {
        if (text.Length > MostOfText) text = text[..MostOfText];
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in TextRun.In(text))
        {
            if (run.IsUnspaced) tokens.UnionWith(PairsOf(run.Folded, withLast: true));
            else tokens.Add(Cut(run.Folded));
        }
        return string.Join(' ', tokens);
    }

    /// <summary>A word as the index has it.</summary>
    public static string Cut(string word)
    {
        if (word.Length <= Longest) return word;
        return char.IsHighSurrogate(word[Longest - 1]) ? word[..(Longest - 1)] : word[..Longest];
    }

    /// <summary>The pairs of neighbours in a stretch of characters.</summary>
    /// <param name="folded">The stretch.</param>
    /// <param name="withLast">And its last character alone: else a search for one character would find all but those at an end.</param>
    public static IEnumerable<string> PairsOf(string folded, bool withLast)
    {
        var letters = folded.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        for (var i = 0; i + 1 < letters.Count; i++) yield return letters[i] + letters[i + 1];
        if (withLast) yield return letters[^1];
    }

    /// <summary>What stands beside the words of what was said at a place of the archive's order: no words of people's can look so.</summary>
    public static string Beside(GuildId guild, UserId author, long place) => OfDay(guild, DayAt(place)) + " " + OfAuthor(author);

    public static string OfDay(GuildId guild, long day) => string.Create(CultureInfo.InvariantCulture, $"~d{day}~{guild}");

    public static string OfAuthor(UserId author) => "~a" + author;

    public static string OfOpener(UserId opener) => Opener + opener;

    public static string OfDepartment(string department) => Department + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(department));

    /// <summary>A minute of the archive's order.</summary>
    public static readonly long Minute = ArchivePlace.Of(DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(1)) - ArchivePlace.Of(DateTimeOffset.UnixEpoch.AddYears(50));

    /// <summary>A day of it.</summary>
    public static readonly long Day = Minute * 60 * 24;

    /// <summary>What every token begins with that stands in a stretch: one for each of the periods in it.</summary>
    public static IReadOnlyList<string> PeriodsOf(GuildId guild, Stretch stretch) => [.. Numbers(PeriodAt(stretch.Bottom), PeriodAt(stretch.Top - 1)).Select(period => OfPeriod(guild, period))];

    /// <summary>The tokens of which each thing in a stretch has one, and few things elsewhere, when it is short: its days.</summary>
    public static IReadOnlyList<string> DaysOf(GuildId guild, Stretch stretch)
    {
        if (DaysIn(stretch) > MostDays) return [];
        var days = Numbers(DayAt(stretch.Bottom), DayAt(stretch.Top - 1));
        return [.. days.SelectMany(day => PeriodsOf(guild, new Stretch(BeginningOfDay(day), BeginningOfDay(day + 1))).Select(period => period + OfDay(guild, day)))];
    }

    /// <summary>How far down one seeks who would seek in a stretch: not in too many periods at once, and down to the beginning of a day or period, since what is there besides is found with it.</summary>
    public static long BottomOf(Stretch stretch, int mostPeriods)
    {
        if (DaysIn(stretch) <= MostDays) return BeginningOfDay(DayAt(stretch.Bottom));
        return Math.Max(PeriodAt(stretch.Bottom), PeriodAt(stretch.Top - 1) - mostPeriods + 1) << PeriodBits;
    }

    /// <summary>Where the middle one of a stretch's periods begins; null when it has no two.</summary>
    public static long? MiddleOf(Stretch stretch)
    {
        var (first, last) = (PeriodAt(stretch.Bottom), PeriodAt(stretch.Top - 1));
        return first == last ? null : ((first + last + 1) / 2) << PeriodBits;
    }

    private static string OfPeriod(GuildId guild, long period) => string.Create(CultureInfo.InvariantCulture, $"~{guild}~{period}~");

    private static long PeriodAt(long place) => place >> PeriodBits;

    private static long DaysIn(Stretch stretch) => DayAt(stretch.Top - 1) - DayAt(stretch.Bottom) + 1;

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++) yield return number;
    }

    public static long DayAt(long place) => ArchivePlace.TimeOf(place).ToUnixTimeMilliseconds() / (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>The first place of a day.</summary>
    public static long BeginningOfDay(long day) => ArchivePlace.Of(DateTimeOffset.UnixEpoch.AddDays(day));
}

/// <summary>The order in which things were said: as Discord's ids are made, time first, so that what has no id of Discord's finds its place among them.</summary>
/// <remarks>https://discord.com/developers/docs/reference#snowflakes</remarks>
internal static class ArchivePlace
{
    private const int Bits = 22;
    private const long Within = (1L << Bits) - 1;
    private static readonly DateTimeOffset Epoch = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // The time that fits into such a place ends in 2084.
    private const long LastMillisecond = long.MaxValue >> Bits;

    /// <summary>The first place of a moment.</summary>
    public static long Of(DateTimeOffset at) => Math.Clamp((long)(at - Epoch).TotalMilliseconds, 0, LastMillisecond) << Bits;

    /// <summary>The place of a message.</summary>
    public static long Of(DateTimeOffset at, MessageId message) => Of(at) | unchecked((long)message.Value) & Within;

    /// <summary>When what stands there was said.</summary>
    public static DateTimeOffset TimeOf(long place) => Epoch.AddMilliseconds(Math.Max(place, 0) >> Bits);
}
