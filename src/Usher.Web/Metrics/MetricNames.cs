using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Usher.Web.Metrics;

/// <summary>OpenTelemetry's names as Prometheus has them: <c>usher.decision.duration</c> in seconds is <c>usher_decision_duration_seconds</c>.</summary>
internal static class MetricNames
{
    /// <summary>The labels under which series are put together when there are too many.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    // A label of a thousand letters is somebody's mistake, and stays in memory for ever.
    private const int LongestLabel = 120;

    /// <summary>The name of an instrument's family.</summary>
    public static string Of(Instrument instrument)
    {
        var name = Plain(instrument.Name) + instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        var type = instrument.GetType();
        var isCounter = type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Counter<>) || type.GetGenericTypeDefinition() == typeof(ObservableCounter<>));
        return isCounter ? name + "_total" : name;
    }

    /// <summary>A measurement's tags as labels, in the order of their names.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return "";
        var told = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            told.Add($"{Plain(name)}=\"{Escaped(text.Length > LongestLabel ? text[..LongestLabel] : text)}\"");
        }
        told.Sort(StringComparer.Ordinal);
        return string.Join(',', told);
    }

    /// <summary>A description on its line.</summary>
    public static string Help(string description) => description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Escaped(string value) => Help(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name) plain.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        return plain.ToString();
    }
}
