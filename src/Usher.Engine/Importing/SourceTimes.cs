using System.Globalization;
using Usher.Desk.Values;

namespace Usher.Engine.Importing;

/// <summary>Times as other programs write them.</summary>
/// <param name="zone">What is meant where none says.</param>
public sealed class SourceTimes(TimeZoneInfo zone)
{
    private const long EpochOfDiscord = 1_420_070_400_000;
    private const int BehindTheTime = 22;

    private static readonly string[] DayFirst = ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy, HH:mm:ss", "dd/MM/yyyy, HH:mm", "dd/MM/yyyy 'às' HH:mm", "dd/MM/yyyy"];
    private static readonly DateTimeOffset Beginning = DateTimeOffset.FromUnixTimeMilliseconds(EpochOfDiscord);
    private static readonly DateTimeOffset End = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Where no zone is told, times are in UTC.</summary>
    public static SourceTimes Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>When a channel or message was made: its id says so.</summary>
    /// <remarks>https://discord.com/developers/docs/reference#snowflakes</remarks>
    public static DateTimeOffset Of(ulong snowflake) => DateTimeOffset.FromUnixTimeMilliseconds((long)(snowflake >> BehindTheTime) + EpochOfDiscord);

    /// <summary>The lowest id of that moment and place in it.</summary>
    public static ulong SnowflakeAt(DateTimeOffset at, uint place) =>
        ((ulong)Math.Max(0, at.ToUnixTimeMilliseconds() - EpochOfDiscord) << BehindTheTime) | (place & ((1u << BehindTheTime) - 1));

    /// <summary>The moment; null when it is none, or none in which there was a Discord.</summary>
    public DateTimeOffset? Read(string written) => Parse(written) is { } moment && moment >= Beginning && moment < End ? moment : null;

    private DateTimeOffset? Parse(string written)
    {
        if (double.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var since)) return OfUnix(since);
        if (DateTime.TryParseExact(written, DayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out var there)) return In(there);
        // 2026-01-20…: months and days stand in no other order then.
        if (written.Length < 10 || written[4] != '-' || written[7] != '-') return null;
        if (written.EndsWith("UTC", StringComparison.OrdinalIgnoreCase)) written = written[..^3].TrimEnd() + "Z";
        if (!DateTime.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment)) return null;
        return moment.Kind == DateTimeKind.Utc ? new DateTimeOffset(moment) : In(moment);
    }

    private DateTimeOffset In(DateTime there)
    {
        var local = DateTime.SpecifyKind(there, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    // Seconds, thousandths or millionths: the first two hundred years of each do not meet.
    private static DateTimeOffset? OfUnix(double since) => since switch
    {
        > 1e9 and < 1e11 => DateTimeOffset.FromUnixTimeMilliseconds((long)(since * 1000)),
        >= 1e11 and < 1e14 => DateTimeOffset.FromUnixTimeMilliseconds((long)since),
        >= 1e14 and < 1e17 => DateTimeOffset.FromUnixTimeMilliseconds((long)(since / 1000)),
        _ => null,
    };
}
