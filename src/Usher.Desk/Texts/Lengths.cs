using System.Globalization;

namespace Usher.Desk.Texts;

/// <summary>How long something took, as people say it: its two largest units.</summary>
public static class Lengths
{
    /// <summary>Such as «2 d 4 h», «3 h 20 min», «45 s», rounded to the last of them.</summary>
    public static string Of(TimeSpan time, Language language) =>
        To(TimeSpan.TicksPerSecond, time) is { TotalMinutes: < 1 } seconds ? language.Say("length.seconds", ("seconds", Text(seconds.Seconds)))
        : To(TimeSpan.TicksPerMinute, time) is { TotalHours: < 1 } minutes ? language.Say("length.minutes", ("minutes", Text(minutes.Minutes)))
        : To(TimeSpan.TicksPerMinute, time) is { TotalDays: < 1 } hours ? language.Say("length.hours", ("hours", Text(hours.Hours)), ("minutes", Text(hours.Minutes)))
        : Days(To(TimeSpan.TicksPerHour, time), language);

    private static string Days(TimeSpan time, Language language) => language.Say("length.days", ("days", Text((long)time.TotalDays)), ("hours", Text(time.Hours)));

    private static TimeSpan To(long unit, TimeSpan time) => new((time.Ticks + unit / 2) / unit * unit);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
