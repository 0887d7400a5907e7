using System.Globalization;
using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Engine.Settings;

/// <summary>What every part of the reading shares.</summary>
/// <param name="Faults">Where faults are gathered.</param>
/// <param name="Environment">The values of <c>${NAME}</c>.</param>
internal sealed record Reading(FaultList Faults, IReadOnlyDictionary<string, string> Environment);

/// <summary>Keys with values while they are read. It remembers what was asked for, so that what was not is told as unknown.</summary>
/// <remarks>A value that is wrong is told and then read as if it were absent, so that the rest is still looked at.</remarks>
internal sealed class Section(YamlMap map, int line, string path, Reading reading)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The line of its own key, where people look for what is missing in it.</summary>
    internal int Line => line;

    internal string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>Where a key stands; where the section begins when it stands nowhere.</summary>
    internal int LineOf(string key) => Find(key)?.Line ?? Line;

    internal bool Has(string key) => Find(key) is not null;

    internal IEnumerable<YamlEntry> Entries => map.Entries;

    internal void Fault(string key, string wrong, string mend) => reading.Faults.Add(LineOf(key), PathOf(key), wrong, mend);

    internal void Warn(string key, string wrong, string mend) => reading.Faults.Warn(LineOf(key), PathOf(key), wrong, mend);

    /// <summary>The value of a key; null when it is absent or empty.</summary>
    internal YamlPiece? Piece(string key)
    {
        _asked.Add(key);
        return Find(key)?.Value is { } value and not YamlScalar { IsNull: true } ? value : null;
    }

    /// <summary>Tells that a key is missing, unless it is there.</summary>
    internal void Require(string key, string mend)
    {
        if (Piece(key) is null) reading.Faults.Add(LineOf(key), PathOf(key), $"{key} is missing.", mend);
    }

    /// <summary>A text, filled in from the environment; null when absent, wrong or longer than Discord takes.</summary>
    internal string? Text(string key, int longest, bool oneLine = false)
    {
        var text = Words(key)?.Trim();
        if (text is null or "") return null;
        if (text.Length > longest)
        {
            Fault(key, $"{key} has {text.Length} characters; Discord shows at most {longest} there.", $"Shorten it by {text.Length - longest}.");
            return null;
        }
        if (oneLine && text.Contains('\n', StringComparison.Ordinal))
        {
            Fault(key, $"{key} has several lines; there is room for one.", "Write it in one line.");
            return null;
        }
        return text;
    }

    /// <summary>
    /// A value that is told to nobody. Where the environment has no such name it is null, and a warning says what that means: what is outside may be missing.
    /// </summary>
    internal Secret? Secret(string key, int longest, string without)
    {
        if (Piece(key) is YamlScalar { Text: var text } && EnvironmentNames.Sole(text) is { } name && reading.Environment.GetValueOrDefault(name) is null or "")
        {
            Warn(key, $"The environment has no {name}: {without}", $"Set {name} in the environment or in .env.");
            return null;
        }
        return Text(key, longest, oneLine: true) is { } value ? new Secret(value) : null;
    }

    /// <summary>A text read by a notation; null when absent or when the notation does not take it.</summary>
    internal T? Parsed<T>(string key, TryParse<T> parse, string wrong, string mend) where T : struct
    {
        if (Words(key) is not { } text) return null;
        if (parse(text.Trim(), out var value)) return value;
        Fault(key, $"«{text}» {wrong}", mend);
        return null;
    }

    /// <summary>A whole number; null when absent or out of range.</summary>
    internal int? Number(string key, int least, int most)
    {
        var number = Parsed(key, (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            "is not a whole number.", $"Write a number from {least} to {most}.");
        if (number is not { } n || (n >= least && n <= most)) return number;
        Fault(key, $"{n} is out of range.", $"Write a number from {least} to {most}.");
        return null;
    }

    /// <summary>Yes or no, as YAML writes them; null when absent or something else.</summary>
    internal bool? YesNo(string key) => Parsed(key, (string text, out bool value) => bool.TryParse(text, out value), "is neither true nor false.", "Write true or false.");

    /// <summary>An id; null when absent or no snowflake.</summary>
    internal T? Id<T>(string key, string what) where T : struct, IDiscordId<T> =>
        Piece(key) is { } piece && Ids.Read<T>(piece, PathOf(key), what, reading) is { } id ? id : null;

    /// <summary>A list of ids, each once.</summary>
    internal ValueList<T> IdList<T>(string key, string what) where T : struct, IDiscordId<T>
    {
        var ids = new List<T>();
        foreach (var (piece, place) in Items(key, $"Write {key}: [\"id\", \"id\"]."))
        {
            if (Ids.Read<T>(piece, place, what, reading) is not { } id) continue;
            if (ids.Contains(id)) reading.Faults.Add(piece.Line, place, $"{id} stands twice.", "Keep one of the two.");
            else ids.Add(id);
        }
        return ids.ToValueList();
    }

    /// <summary>A list of words with the line of each.</summary>
    internal IReadOnlyList<(string Text, int Line, string Path)> WordList(string key)
    {
        var words = new List<(string, int, string)>();
        foreach (var (piece, place) in Items(key, $"Write {key}: [one, two]."))
            if (Filled(piece, place) is { } text) words.Add((text.Trim(), piece.Line, place));
        return words;
    }

    /// <summary>The items of a list with the path of each; none when absent.</summary>
    internal IEnumerable<(YamlPiece Piece, string Path)> Items(string key, string mend)
    {
        switch (Piece(key))
        {
            case null:
                return [];
            case YamlList list:
                return list.Items.Select((item, index) => (item, $"{PathOf(key)}[{index.ToString(CultureInfo.InvariantCulture)}]"));
            default:
                Fault(key, $"{key} must be a list.", mend);
                return [];
        }
    }

    /// <summary>A section inside this one; null when absent or something else.</summary>
    internal Section? Inner(string key, string mend)
    {
        if (Piece(key) is not { } piece) return null;
        if (piece is YamlMap inner) return new Section(inner, LineOf(key), PathOf(key), reading);
        Fault(key, $"{key} must hold keys with values.", mend);
        return null;
    }

    /// <summary>Tells every key that was never asked for; call it when everything was.</summary>
    /// <param name="spare">Keys with this beginning are left alone; null for none.</param>
    internal void Finish(string? spare = null)
    {
        foreach (var entry in map.Entries.Where(e => !_asked.Contains(e.Key) && !(spare is not null && e.Key.StartsWith(spare, StringComparison.Ordinal))))
        {
            var mend = Nearest.To(entry.Key, _asked.Where(a => !Has(a))) is { } near
                ? $"Did you mean {near}?"
                : $"Remove it; here stand {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.";
            reading.Faults.Add(entry.Line, PathOf(entry.Key), $"{entry.Key} is not a setting.", mend);
        }
    }

    private string? Words(string key) => Piece(key) is { } piece ? Filled(piece, PathOf(key)) : null;

    private string? Filled(YamlPiece piece, string place)
    {
        if (piece is YamlScalar scalar) return EnvironmentNames.Fill(scalar.Text, reading.Environment, (wrong, mend) => reading.Faults.Add(piece.Line, place, wrong, mend));
        reading.Faults.Add(piece.Line, place, "Here must stand a single value.", "Write one text or number; if it has : or # in it, put it in quotes.");
        return null;
    }

    // A loop: it is asked for every key of every section.
    private YamlEntry? Find(string key)
    {
        for (var index = 0; index < map.Entries.Count; index++)
            if (map.Entries[index].Key == key) return map.Entries[index];
        return null;
    }
}

/// <summary>Reads a notation.</summary>
internal delegate bool TryParse<T>(string text, out T value);
