namespace Usher.Storage;

/// <summary>Months by number, as days are numbered: years times twelve. Each begins and ends in UTC.</summary>
internal static class MonthNumber
{
    private const int Months = 12;

    /// <summary>The month of a day, which is counted from 1970 on.</summary>
    public static long Of(long day) => Of(DateTimeOffset.UnixEpoch.AddDays(day));

    /// <summary>The month of a moment.</summary>
    public static long Of(DateTimeOffset at) => at.UtcDateTime.Year * Months + at.UtcDateTime.Month - 1;

    /// <summary>The beginning of a month.</summary>
    public static DateTimeOffset BeginningOf(long month) => new((int)(month / Months), (int)(month % Months) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Its first day.</summary>
    public static long FirstDayOf(long month) => (BeginningOf(month) - DateTimeOffset.UnixEpoch).Days;
}
