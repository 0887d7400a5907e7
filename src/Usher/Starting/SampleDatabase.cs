using Usher.Desk.Settings;
using Usher.Sandbox;

namespace Usher.Starting;

/// <summary>The second database of a preset, with rows about the people of the box.</summary>
internal static class SampleDatabase
{
    /// <summary>The SQL that makes it; null when the preset has none.</summary>
    internal static string? Rows(Preset preset, Box box) => preset.SampleRows is not { } sql ? null : SourceNames.Fill(sql, name => name switch
    {
        "GUILD" => box.Harbour.Guild.Id.ToString(),
        _ => box.Cast[name].User.Id.ToString(),
    });
}
