using System.Globalization;
using System.Text;

namespace Usher.Benchmarks.Filling;

/// <summary>
/// Words that nobody ever said, as often as words are said: the most common one a hundred thousand times as often as the rarest (Zipf). What people write to a
/// desk is of that kind, and a search is fast or slow by how common its words are.
/// </summary>
internal static class Vocabulary
{
    /// <summary>How many different words there are.</summary>
    internal const int Count = 100_000;

    private const int CharactersOfChinese = 2_000;
    private const int FirstChinese = 0x4E00;

    private static readonly string[] Onsets = ["b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "qu", "r", "s", "st", "t", "tr", "v", "w", "z"];
    private static readonly string[] Cores = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "é", "ão"];
    private static readonly string[] Ends = ["", "n", "r", "s", "t", "l", "m"];
    private static readonly string[] Words = [.. Enumerable.Range(0, Count).Select(Make)];

    /// <summary>The word of a rank, from 0: the lower, the more common.</summary>
    internal static string Word(int rank) => Words[rank];

    /// <summary>A rank by how often it is said.</summary>
    internal static int Rank(Random random) => (int)Math.Min(Math.Exp(random.NextDouble() * Math.Log(Count + 1.0)) - 1, Count - 1);

    /// <summary>Two neighbouring characters as they stand in what is said in Chinese here.</summary>
    internal static string Pair(int rank) => string.Create(CultureInfo.InvariantCulture, $"{Character(rank)}{Character(rank + 1)}");

    /// <summary>A sentence.</summary>
    internal static void Say(Random random, StringBuilder into)
    {
        if (random.Next(20) == 0)
        {
            for (var at = random.Next(4, 30); at > 0; at -= 2) into.Append(Pair((int)(Math.Pow(random.NextDouble(), 3) * (CharactersOfChinese - 1))));
            return;
        }
        var length = 3 + (int)(-Math.Log(1 - random.NextDouble()) * 12);
        for (var word = 0; word < length; word++) into.Append(word == 0 ? "" : " ").Append(Word(Rank(random)));
    }

    private static char Character(int rank) => (char)(FirstChinese + rank % CharactersOfChinese);

    // Each number is written with syllables as with digits, so that no two are the same.
    private static string Make(int rank)
    {
        var word = new StringBuilder();
        for (var left = rank + 1; left > 0; left /= Onsets.Length * Cores.Length)
        {
            var syllable = left % (Onsets.Length * Cores.Length);
            word.Append(Onsets[syllable / Cores.Length]).Append(Cores[syllable % Cores.Length]);
        }
        return word.Append(Ends[rank % Ends.Length]).ToString();
    }
}
