using Usher.Desk.Settings;

namespace Usher.Engine.Settings;

/// <summary>Reads <c>usher.yml</c>: either the settings of each guild, or everything that is wrong, at once.</summary>
/// <remarks>
/// One guild stands at the top of the file (<c>guild:</c>); several stand in a list (<c>guilds:</c>), each like a file of its own.
/// Any value may hold <c>${NAME}</c>, taken from the environment after the YAML is read, so that a value cannot change the file's meaning.
/// Anchors and merge keys (<c>&lt;&lt;</c>) work; keys of a guild and of the file that begin with <c>x-</c> are left alone, as places for anchors.
/// </remarks>
public static class SettingsFile
{
    private const string Spare = "x-";

    /// <summary>Reads the file's text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="environment">The values of <c>${NAME}</c>.</param>
    public static SettingsReading Read(string yaml, IReadOnlyDictionary<string, string> environment)
    {
        var reading = new Reading(new FaultList(), environment);
        var desks = YamlTree.Read(yaml, reading.Faults) switch
        {
            YamlMap map => Desks(new Section(map, 1, "", reading), reading),
            null or YamlScalar { IsNull: true } when reading.Faults.IsEmpty => Empty(reading),
            null => [],
            var other => NoKeys(other, reading),
        };
        return reading.Faults.Reading(desks);
    }

    private static List<DeskSettings> Desks(Section file, Reading reading)
    {
        if (!file.Has("guilds")) return [DeskReader.Read(file, reading, Spare)];
        var desks = new List<DeskSettings>();
        foreach (var (piece, path) in file.Items("guilds", "Write guilds: with a list of guilds, each beginning with - guild: \"id\"."))
        {
            if (piece is YamlMap map) desks.Add(Distinct(desks, new Section(map, map.Line, path, reading), reading));
            else reading.Faults.Add(piece.Line, path, "Each guild must hold keys with values.", "Begin it with - guild: \"id\".");
        }
        if (desks.Count == 0) file.Fault("guilds", "There is no guild in the list.", "Begin one with - guild: \"id\".");
        foreach (var entry in file.Entries.Where(e => e.Key != "guilds" && !e.Key.StartsWith(Spare, StringComparison.Ordinal)))
            reading.Faults.Add(entry.Line, entry.Key, $"{entry.Key} stands beside guilds.", "With several guilds every setting stands in the guild that it is for: move it there.");
        return desks;
    }

    private static DeskSettings Distinct(List<DeskSettings> before, Section section, Reading reading)
    {
        var desk = DeskReader.Read(section, reading, Spare);
        if (desk.Guild != default && before.Exists(d => d.Guild == desk.Guild))
            section.Fault("guild", $"The guild {desk.Guild} stands twice.", "Put its settings together in one place.");
        return desk;
    }

    private static List<DeskSettings> Empty(Reading reading)
    {
        reading.Faults.Add(1, "", "The file is empty.", "Begin with guild: \"id\" and departments; presets/demo.yml shows how.");
        return [];
    }

    private static List<DeskSettings> NoKeys(YamlPiece piece, Reading reading)
    {
        reading.Faults.Add(piece.Line, "", "The file must hold keys with values.", "Begin with guild: \"id\" and departments; presets/demo.yml shows how.");
        return [];
    }
}
