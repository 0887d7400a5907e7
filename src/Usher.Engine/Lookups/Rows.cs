using System.Globalization;
using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;

namespace Usher.Engine.Lookups;

/// <summary>Makes what a source answered into what people read: the fields that the settings name, each on one line, and nothing of it markdown that the source wrote.</summary>
internal static class Rows
{
    // Discord's selects hold as many: https://discord.com/developers/docs/components/reference#string-select
    private const int MostOptions = 25;
    private const int LongestOption = 100;
    private const int LongestKey = 99;
    private const int LongestValue = 400;
    private const string Special = "\\*_~`|[]<>#";

    /// <summary>The columns that are fetched.</summary>
    internal static IReadOnlyList<string> Columns(SourceSettings source) =>
    [
        .. source.Show.Select(shown => shown.Name)
            .Concat(source.Option is { } option ? [option.Value, .. SourceNames.In(option.Label), .. SourceNames.In(option.Description ?? "")] : [])
            .Distinct(),
    ];

    /// <summary>How many rows are fetched.</summary>
    internal static int Most(SourceSettings source) => source.Option is null ? 1 : MostOptions;

    /// <summary>A row as it is shown.</summary>
    /// <param name="source">What is shown of it.</param>
    /// <param name="value">The value of a column; null when there is none.</param>
    internal static FoundRow Found(SourceSettings source, Func<string, object?> value)
    {
        var fields = source.Show.Select(shown => Field(shown, value(shown.Name))).OfType<FoundField>();
        if (source.Option is not { } option) return new FoundRow([.. fields]);
        var label = Filled(option.Label, value);
        var description = option.Description is null ? "" : Filled(option.Description, value);
        var known = Plain(value(option.Value)).TrimStart('=');
        return new FoundRow([.. fields], known.Length <= LongestKey ? known : known[..LongestKey], label.Length > 0 ? label : known, description.Length > 0 ? description : null);
    }

    /// <summary>A value in plain words, on one line.</summary>
    internal static string Plain(object? value) => value switch
    {
        null => "",
        string text => OneLine(text),
        bool flag => flag ? "true" : "false",
        DateTime time => AsTime(time).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Array list => string.Join(", ", list.Cast<object?>().Select(Plain)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => OneLine(value.ToString() ?? ""),
    };

    private static FoundField? Field(ShownField shown, object? value)
    {
        var plain = Cut(Plain(value), LongestValue);
        if (plain.Length == 0) return null;
        var isId = plain.All(char.IsAsciiDigit);
        var told = shown.Look switch
        {
            FieldLook.Code => $"`{plain.Replace('`', '\'')}`",
            FieldLook.Member when isId => $"<@{plain}> (`{plain}`)",
            FieldLook.Role when isId => $"<@&{plain}>",
            FieldLook.Channel when isId => $"<#{plain}>",
            FieldLook.Time or FieldLook.Text when Time(value, shown.Look) is { } time => $"{Moment.Full(time)} ({Moment.Relative(time)})",
            _ => Escaped(plain),
        };
        return new FoundField(shown.Name, told, told == plain ? null : plain);
    }

    private static DateTimeOffset? Time(object? value, FieldLook look) => value switch
    {
        DateTime time => AsTime(time),
        DateTimeOffset time => time,
        // Text and numbers are times only where the settings say so.
        _ when look != FieldLook.Time => null,
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        IConvertible number when value is not string && TryUnix(number) is { } time => time,
        _ => null,
    };

    private static DateTimeOffset? TryUnix(IConvertible number)
    {
        var seconds = number.ToDouble(CultureInfo.InvariantCulture);
        return seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
    }

    // A time without a zone is taken for UTC, as servers write it.
    private static DateTimeOffset AsTime(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static string Filled(string template, Func<string, object?> value) => Cut(SourceNames.Fill(template, name => Plain(value(name))).Trim(), LongestOption);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)['\r', '\n', '\t', '\0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end] + "…";
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (Special.Contains(character, StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }
}
