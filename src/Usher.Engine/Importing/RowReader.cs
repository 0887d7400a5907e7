using System.Globalization;
using System.Text.Json;
using Usher.Desk.Values;
using Usher.Engine.Importing.Sources;

namespace Usher.Engine.Importing;

/// <summary>Reads the fields of one row, each under the first of its possible names that has a value, and notes what cannot be read.</summary>
internal sealed class RowReader(SourceRow row, SourceTimes times, List<SourceFault> faults)
{
    private const int LongestShown = 60;

    private readonly int _before = faults.Count;

    public string Where => row.Where;

    /// <summary>Whether something of it could not be read.</summary>
    public bool IsFaulty => faults.Count > _before;

    public IEnumerable<string> Fields => row.Fields.Keys;

    public string? Text(params ReadOnlySpan<string> names) => Find(names, out _) is { } text ? Clean(text) : null;

    public bool Flag(params ReadOnlySpan<string> names) => Find(names, out _)?.Trim().ToLowerInvariant() is "1" or "true" or "t" or "yes" or "y" or "on" or "sim";

    /// <summary>An id of Discord; null when there is none.</summary>
    public ulong? Id(params ReadOnlySpan<string> names)
    {
        if (Find(names, out var field) is not { } written) return null;
        var text = written.Trim().Trim('<', '@', '!', '#', '>');
        // What stands for nobody in tables that know no null.
        if (text.Length == 0 || text is "0" or "null" or "None") return null;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= long.MaxValue) return id;
        if (text.Contains('E', StringComparison.OrdinalIgnoreCase) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            Fault(field, $"{Shown(written)} is an id that a program rounded", "Write it out as text, or as a whole number.");
        else
            Fault(field, $"{Shown(written)} is no id of Discord", "Write the whole number there.");
        return null;
    }

    /// <summary>An id that must be there; zero when it is not, which is then noted.</summary>
    public ulong NeededId(params ReadOnlySpan<string> names)
    {
        var before = faults.Count;
        if (Id(names) is { } id) return id;
        if (faults.Count == before) Fault(names[0], "it is missing", "Without it nobody knows whose it is: add it there.");
        return 0;
    }

    /// <summary>A time that must be there; none is noted, and the beginning of all.</summary>
    public DateTimeOffset NeededTime(params ReadOnlySpan<string> names)
    {
        var before = faults.Count;
        if (Time(names) is { } time) return time;
        if (faults.Count == before) Fault(names[0], "it is missing", "Write when that was, like 2026-01-20T10:30:00Z.");
        return default;
    }

    public DateTimeOffset? Time(params ReadOnlySpan<string> names)
    {
        if (Find(names, out var field) is not { } written || string.IsNullOrWhiteSpace(written)) return null;
        if (times.Read(written.Trim()) is { } time) return time;
        Fault(field, $"{Shown(written)} is no time since Discord began", "Write it like 2026-01-20T10:30:00Z.");
        return null;
    }

    public long? Number(params ReadOnlySpan<string> names)
    {
        if (Find(names, out var field) is not { } written || string.IsNullOrWhiteSpace(written)) return null;
        if (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15) return (long)number;
        Fault(field, $"{Shown(written)} is no number", "Write a number, or nothing.");
        return null;
    }

    /// <summary>What a field holds as JSON; null when it is missing or none.</summary>
    public JsonElement? Json(params ReadOnlySpan<string> names)
    {
        if (Find(names, out _) is not { } written || written.AsSpan().TrimStart() is not ['{' or '[', ..]) return null;
        try
        {
            using var json = JsonDocument.Parse(written);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>People named by their ids: a JSON list, or ids parted by anything.</summary>
    public ValueList<UserId> People(params ReadOnlySpan<string> names) => Find(names, out _) is { } written
        ? written.Split([',', ';', ' ', '[', ']', '"', '\''], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id <= long.MaxValue ? id : 0)
            .Where(id => id > 0).Distinct().Select(id => new UserId(id)).ToValueList()
        : [];

    public void Fault(string? field, string what, string mend) => faults.Add(new SourceFault(row.Where, field, what, mend));

    /// <summary>Words as they can be stored: PostgreSQL takes no zeros among them.</summary>
    public static string Clean(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    public static string Shown(string written)
    {
        var line = written.ReplaceLineEndings(" ");
        return $"«{(line.Length > LongestShown ? line[..LongestShown] + "…" : line)}»";
    }

    private string? Find(ReadOnlySpan<string> names, out string field)
    {
        foreach (var name in names)
        {
            if (row.Fields.TryGetValue(name, out var value) && value.Length > 0)
            {
                field = name;
                return value;
            }
        }
        field = names[0];
        return null;
    }
}
