namespace Usher.Storage.Searching;

/// <summary>A place in a text that was sought.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">How long it is.</param>
public sealed record Mark(int Start, int Length);

/// <summary>The part of a text in which most of what was sought stands first.</summary>
/// <param name="Text">The part; what is left out at its ends is said by «…».</param>
/// <param name="Marks">What was sought in it, in order.</param>
/// <param name="Score">How well the whole text answers the search: to be compared with others of the same search.</param>
public sealed record Passage(string Text, IReadOnlyList<Mark> Marks, double Score)
{
    private const int Longest = 240;
    private const int Before = 60;
    private const int MostMarks = 200;
    private const string Left = "…";
    private const int ShortestStem = 3;

    /// <summary>Finds the part of a text.</summary>
    public static Passage Of(string text, SearchTerms terms)
    {
        var (marks, score) = Look(text, terms);
        var first = marks.Count > 0 ? marks[0].Start : 0;
        var from = text.Length <= Longest ? 0 : Edge(text, Math.Max(0, Math.Min(first - Before, text.Length - Longest)));
        var to = Edge(text, Math.Min(text.Length, from + Longest));
        var (head, tail) = (from > 0 ? Left : "", to < text.Length ? Left : "");
        var shown = marks.Where(mark => mark.Start >= from && mark.Start + mark.Length <= to).Select(mark => new Mark(mark.Start - from + head.Length, mark.Length));
        return new Passage(head + text[from..to] + tail, [.. shown], score);
    }

    private static (List<Mark> Marks, double Score) Look(string text, SearchTerms terms)
    {
        var marks = new List<Mark>();
        var whole = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in TextRun.In(text))
        {
            if (marks.Count >= MostMarks) break;
            if (run.IsUnspaced) marks.AddRange(terms.Unspaced.SelectMany(sought => MarksOf(sought, run)));
            else if (TermOf(run, terms) is { } term)
            {
                marks.Add(MarkOf(run, 0, run.Folded.Length));
                if (term.Text == SearchTokens.Cut(run.Folded)) whole.Add(term.Text);
            }
        }
        // A whole word tells more than a beginning, many places more than one, and a place in few words more than one in many.
        var score = terms.Terms.Count + whole.Count + Math.Log2(1 + marks.Count) - Math.Log10(1 + text.Length / 100.0);
        return (Merged(marks), score);
    }

    private static SearchTerm? TermOf(TextRun run, SearchTerms terms) => terms.Terms.FirstOrDefault(term => !term.IsPair && IsMeant(run.Folded, term));

    private static bool IsMeant(string word, SearchTerm term) =>
        SearchTokens.Cut(word) == term.Text
        || (term.IsBeginning && word.StartsWith(term.Text, StringComparison.Ordinal))
        || (term.Stem is { Length: >= ShortestStem } stem && word.StartsWith(stem, StringComparison.Ordinal));

    private static IEnumerable<Mark> MarksOf(string sought, TextRun run)
    {
        for (var at = run.Folded.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = run.Folded.IndexOf(sought, at + 1, StringComparison.Ordinal)) yield return MarkOf(run, at, sought.Length);
    }

    private static Mark MarkOf(TextRun run, int from, int length) => run.PlaceOf(from, length) is var (start, size) ? new Mark(start, size) : default!;

    private static List<Mark> Merged(List<Mark> marks)
    {
        var merged = new List<Mark>(marks.Count);
        foreach (var mark in marks.OrderBy(mark => mark.Start))
        {
            if (merged.Count > 0 && merged[^1] is var last && mark.Start < last.Start + last.Length)
                merged[^1] = last with { Length = Math.Max(last.Length, mark.Start + mark.Length - last.Start) };
            else merged.Add(mark);
        }
        return merged;
    }

    // Never between the halves of a pair.
    private static int Edge(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
