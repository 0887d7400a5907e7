namespace Usher.Storage;

/// <summary>A part of a period that statistics read from one table: days one by one, or months that are added up.</summary>
/// <param name="IsOfMonths">Whether it is months.</param>
/// <param name="First">Its first day or month.</param>
/// <param name="End">The one after its last.</param>
internal readonly record struct FigureStretch(bool IsOfMonths, long First, long End)
{
    /// <summary>How to read the days of a period: whole months as one where they are added up, everything else day by day.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="end">The day after the last.</param>
    /// <param name="addedUp">The months that are added up.</param>
    public static IReadOnlyList<FigureStretch> Of(long first, long end, IReadOnlyCollection<long> addedUp)
    {
        var stretches = new List<FigureStretch>();
        for (var day = first; day < end;)
        {
            var month = MonthNumber.Of(day);
            var next = MonthNumber.FirstDayOf(month + 1);
            var isWhole = MonthNumber.FirstDayOf(month) == day && next <= end && addedUp.Contains(month);
            if (isWhole) Extend(stretches, new FigureStretch(true, month, month + 1));
            else Extend(stretches, new FigureStretch(false, day, Math.Min(next, end)));
            day = Math.Min(next, end);
        }
        return stretches;
    }

    private static void Extend(List<FigureStretch> stretches, FigureStretch more)
    {
        if (stretches is [.., var last] && last.IsOfMonths == more.IsOfMonths && last.End == more.First) stretches[^1] = last with { End = more.End };
        else stretches.Add(more);
    }
}
