namespace Usher.Storage;

/// <summary>Days behind each other whose figures are added up: as many as <see cref="Lengths"/> says, from a multiple of so many on, so that each span is made of four shorter ones.</summary>
/// <param name="Length">How many days.</param>
/// <param name="First">The first, counted from 1970.</param>
internal readonly record struct FigureSpan(long Length, long First)
{
    /// <summary>How many shorter ones a span is made of.</summary>
    public const long Parts = 4;

    /// <summary>The shortest length, which is made of days.</summary>
    public const long Shortest = Parts;

    /// <summary>All lengths in days, the shortest first. A year is read in twenty pieces at most, wherever it begins: three of each length on either side, days among them.</summary>
    public static IReadOnlyList<long> Lengths { get; } = [Shortest, 16, 64, Longest];

    /// <summary>The longest length.</summary>
    public const long Longest = 256;

    /// <summary>Where the span of that length begins in which a day is.</summary>
    public static long BeginningOf(long day, long length) => day - (day % length + length) % length;

    /// <summary>The spans in which a day is, the shortest first.</summary>
    public static IEnumerable<FigureSpan> Of(long day) => Lengths.Select(length => new FigureSpan(length, BeginningOf(day, length)));
}
