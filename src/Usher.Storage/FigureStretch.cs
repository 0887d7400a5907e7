namespace Usher.Storage;

/// <summary>A row of days that statistics read at once: day by day, or as spans of one length, which are added up.</summary>
/// <param name="Length">How many days are one: 1, or the length of a <see cref="FigureSpan"/>.</param>
/// <param name="First">Its first day, counted from 1970.</param>
/// <param name="End">The day after its last.</param>
internal readonly record struct FigureStretch(long Length, long First, long End)
{
    // Days that are added up in one transaction, for which everybody else waits.
    private const long MostAtOnce = 16;

    /// <summary>Whether it is read as spans.</summary>
    public bool IsOfSpans => Length > 1;

    /// <summary>How to read the days of a period: by the longest spans that are added up and lie in it, everything else day by day.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="end">The day after the last.</param>
    /// <param name="addedUp">The spans that are added up.</param>
    public static IReadOnlyList<FigureStretch> Of(long first, long end, IReadOnlySet<FigureSpan> addedUp)
    {
        var stretches = new List<FigureStretch>();
        for (var day = first; day < end; day = stretches[^1].End)
        {
            var span = FigureSpan.Of(day).LastOrDefault(span => span.First == day && day + span.Length <= end && addedUp.Contains(span), new FigureSpan(1, day));
            Extend(stretches, span, long.MaxValue);
        }
        return stretches;
    }

    /// <summary>The spans of a length that are not added up, in portions.</summary>
    /// <param name="length">The length.</param>
    /// <param name="first">The first day; of the longest span, too.</param>
    /// <param name="end">The day after the last of which nothing is to come.</param>
    /// <param name="addedUp">The spans that are added up.</param>
    public static IReadOnlyList<FigureStretch> Missing(long length, long first, long end, IReadOnlySet<FigureSpan> addedUp)
    {
        var stretches = new List<FigureStretch>();
        for (var span = new FigureSpan(length, first); span.First + length <= end; span = span with { First = span.First + length })
            if (!addedUp.Contains(span)) Extend(stretches, span, MostAtOnce);
        return stretches;
    }

    private static void Extend(List<FigureStretch> stretches, FigureSpan more, long most)
    {
        if (stretches is [.., var last] && last.Length == more.Length && last.End == more.First && last.End - last.First < most) stretches[^1] = last with { End = more.First + more.Length };
        else stretches.Add(new FigureStretch(more.Length, more.First, more.First + more.Length));
    }
}
