namespace Usher.Storage.Searching;

/// <summary>A word that is sought.</summary>
/// <param name="Text">The word as the index has it.</param>
/// <param name="IsBeginning">Whether longer words that begin so are meant too.</param>
/// <param name="IsPair">Whether it is two characters of a script without spaces.</param>
internal sealed record SearchTerm(string Text, bool IsBeginning, bool IsPair)
{
    /// <summary>What its word and its other forms have in common in the guild's language; null where that is not known.</summary>
    public string? Stem { get; init; }

    /// <summary>Other tokens that will do as well.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Whether it is no word, but stands beside the words.</summary>
    public bool IsBeside => Text[0] == SearchTokens.Mark;

    /// <summary>What stands beside the words of a text, such as its author, sought like one of them.</summary>
    public static SearchTerm Beside(string token) => new(token, IsBeginning: false, IsPair: false);

    /// <summary>The same, for tokens of which one must be there.</summary>
    public static SearchTerm BesideAnyOf(IReadOnlyList<string> tokens) => Beside(tokens[0]) with { Others = [.. tokens.Skip(1)] };
}

/// <summary>
/// What somebody seeks. Every word must be there; of three letters or more their beginning is enough. Words in quotation marks, and characters of scripts without
/// spaces, must follow upon each other.
/// </summary>
public sealed class SearchTerms
{
    /// <summary>The longest search, in characters.</summary>
    public const int Longest = 200;

    private const int ShortestBeginning = 3;
    private const int MostTerms = 16;

    private SearchTerms(IReadOnlyList<SearchTerm> terms, IReadOnlyList<string> exact, IReadOnlyList<string> unspaced) => (Terms, Exact, Unspaced) = (terms, exact, unspaced);

    internal IReadOnlyList<SearchTerm> Terms { get; }

    // What must stand in a text as it is: the index knows which words there are, not in which order.
    internal IReadOnlyList<string> Exact { get; }

    internal IReadOnlyList<string> Unspaced { get; }

    /// <summary>Reads what somebody typed; null when it holds no letter and no digit.</summary>
    public static SearchTerms? Read(string typed)
    {
        if (typed.Length > Longest) typed = typed[..Longest];
        var (terms, exact, unspaced) = (new List<SearchTerm>(), new List<string>(), new List<string>());
        var parts = typed.Replace('“', '"').Replace('”', '"').Replace('「', '"').Replace('」', '"').Split('"');
        for (var part = 0; part < parts.Length; part++)
        {
            var runs = TextRun.In(parts[part]).ToList();
            var isQuoted = part % 2 == 1 && part < parts.Length - 1;
            if (isQuoted && runs.Count > 1) exact.Add(Line(runs));
            foreach (var run in runs)
            {
                if (run.IsUnspaced) unspaced.Add(run.Folded);
                terms.AddRange(TermsOf(run, isQuoted));
            }
        }
        exact.AddRange(unspaced.Where(run => run.Length > 2));
        return terms.Count == 0 ? null : new SearchTerms([.. terms.DistinctBy(term => term.Text).Take(MostTerms)], exact, unspaced);
    }

    /// <summary>The same, with what the words' forms have in common.</summary>
    internal SearchTerms WithStems(IReadOnlyDictionary<string, string> stems) =>
        new([.. Terms.Select(term => !term.IsPair && stems.TryGetValue(term.Text, out var stem) ? term with { Stem = stem } : term)], Exact, Unspaced);

    /// <summary>Whether what must stand together does so in a text.</summary>
    public bool StandIn(string text)
    {
        if (Exact.Count == 0) return true;
        var line = " " + Line(TextRun.In(text)) + " ";
        return Exact.All(exact => line.Contains(exact, StringComparison.Ordinal));
    }

    private static IEnumerable<SearchTerm> TermsOf(TextRun run, bool isQuoted)
    {
        if (!run.IsUnspaced) return [new SearchTerm(SearchTokens.Cut(run.Folded), !isQuoted && run.Folded.Length >= ShortestBeginning, IsPair: false)];
        var pairs = SearchTokens.PairsOf(run.Folded, withLast: false).Select(pair => new SearchTerm(pair, IsBeginning: false, IsPair: true)).ToList();
        return pairs.Count > 0 ? pairs : [new SearchTerm(run.Folded, IsBeginning: true, IsPair: true)];
    }

    private static string Line(IEnumerable<TextRun> runs) => string.Join(' ', runs.Select(run => run.Folded));
}
