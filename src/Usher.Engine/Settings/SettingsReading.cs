using Usher.Desk.Settings;

namespace Usher.Engine.Settings;

/// <summary>What came of reading <c>usher.yml</c>.</summary>
/// <param name="Desks">The settings of each guild, in the file's order; empty when there is any fault.</param>
/// <param name="Faults">Everything that is wrong, by line.</param>
/// <param name="Warnings">What is allowed but hardly meant, by line.</param>
public sealed record SettingsReading(
    IReadOnlyList<DeskSettings> Desks, IReadOnlyList<SettingsFault> Faults, IReadOnlyList<SettingsFault> Warnings)
{
    /// <summary>Whether the settings can be used.</summary>
    public bool IsGood => Faults.Count == 0;
}

/// <summary>Gathers faults and warnings while a file is read, so that people hear of all of them at once.</summary>
internal sealed class FaultList
{
    private readonly List<SettingsFault> _faults = [];
    private readonly List<SettingsFault> _warnings = [];

    internal bool IsEmpty => _faults.Count == 0;

    internal void Add(int line, string path, string wrong, string mend) => _faults.Add(new SettingsFault(line, path, wrong, mend));

    internal void Warn(int line, string path, string wrong, string mend) => _warnings.Add(new SettingsFault(line, path, wrong, mend));

    // What an alias brings in is read once for each place that names it; its faults are told once.
    internal SettingsReading Reading(IReadOnlyList<DeskSettings> desks) => new(IsEmpty ? desks : [], Ordered(_faults), Ordered(_warnings));

    private static List<SettingsFault> Ordered(IEnumerable<SettingsFault> faults) => [.. faults.Distinct().OrderBy(f => f.Line)];
}
