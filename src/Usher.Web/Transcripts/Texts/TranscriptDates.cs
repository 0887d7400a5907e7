using System.Globalization;

namespace Usher.Web.Transcripts.Texts;

/// <summary>
/// Writes moments in words, always in UTC: a transcript is read long after, by people in several time zones.
/// Styles are Discord's: <see href="https://discord.com/developers/docs/reference#message-formatting-timestamp-styles"/>.
/// </summary>
internal sealed class TranscriptDates(TranscriptTexts texts)
{
    private long _minute = -1;
    private string _shortTime = "";
    private string _fullDateTime = "";

    public string ShortTime(DateTimeOffset moment)
    {
        GoTo(moment);
        return _shortTime;
    }

    public string FullDate(DateTimeOffset moment) => Format(moment, texts.DateFull);

    /// <summary>April 20, 2021 at 16:20.</summary>
    public string LongDateTime(DateTimeOffset moment) => Join(moment, texts.DateLong, texts.TimeShort);

    /// <summary>Tuesday, April 20, 2021 at 16:20.</summary>
    public string FullDateTime(DateTimeOffset moment)
    {
        GoTo(moment);
        return _fullDateTime;
    }

    /// <summary>A moment in one of Discord's styles. The relative one would say something else every day, so a transcript gives the date.</summary>
    public string InStyle(DateTimeOffset moment, char style) => style switch
    {
        't' => Format(moment, texts.TimeShort),
        'T' => Format(moment, texts.TimeMedium),
        'd' => Format(moment, texts.DateShort),
        'D' => Format(moment, texts.DateLong),
        'F' => FullDateTime(moment),
        's' => $"{Format(moment, texts.DateShort)} {Format(moment, texts.TimeShort)}",
        'S' => $"{Format(moment, texts.DateShort)} {Format(moment, texts.TimeMedium)}",
        _ => LongDateTime(moment),
    };

    // Many a message comes within a minute of the one before it, and is dated with the same words.
    private void GoTo(DateTimeOffset moment)
    {
        var minute = moment.UtcTicks / TimeSpan.TicksPerMinute;
        if (minute == _minute) return;
        (_minute, _shortTime, _fullDateTime) = (minute, Format(moment, texts.TimeShort), Join(moment, texts.DateFull, texts.TimeShort));
    }

    private string Join(DateTimeOffset moment, string date, string time) =>
        string.Format(CultureInfo.InvariantCulture, texts.DateAndTime, Format(moment, date), Format(moment, time));

    private string Format(DateTimeOffset moment, string pattern) => moment.UtcDateTime.ToString(pattern, texts.Culture);
}
