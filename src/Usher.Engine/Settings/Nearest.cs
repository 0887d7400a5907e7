namespace Usher.Engine.Settings;

/// <summary>Guesses what somebody meant to type.</summary>
public static class Nearest
{
    /// <summary>The candidate that is fewest typing errors away; null when none is near enough to be a guess.</summary>
    public static string? To(string typed, IEnumerable<string> candidates)
    {
        // One error in three letters is still a slip; more is another word.
        var most = Math.Max(1, typed.Length / 3);
        return candidates
            .Select(candidate => (Candidate: candidate, Errors: Errors(typed.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(c => c.Errors <= most)
            .OrderBy(c => c.Errors)
            .Select(c => c.Candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance with one row kept; a swapped pair of letters counts as one error, as it is the commonest.
    private static int Errors(string typed, string meant)
    {
        var before = new int[meant.Length + 1];
        var above = Enumerable.Range(0, meant.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var row = new int[meant.Length + 1];
            row[0] = i;
            for (var j = 1; j <= meant.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (typed[i - 1] == meant[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above) = (above, row);
        }
        return above[meant.Length];
    }
}
