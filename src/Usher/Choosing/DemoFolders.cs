using Usher.Starting;

namespace Usher.Choosing;

/// <summary>Where each desk of the demo keeps its data below one folder, and which of them was the last. It is written down there, so that the next start goes on.</summary>
/// <param name="root">The folder that was named with <c>--data</c>, or a fresh one.</param>
internal sealed class DemoFolders(string root)
{
    private const string FileName = "desks.txt";
    private const string Root = ".";

    private readonly List<(string Preset, string Folder)> _desks = Read(Path.Combine(root, FileName));

    /// <summary>The desk that was chosen last; null when nobody ever chose one here.</summary>
    internal string? Last => _desks.Count > 0 ? _desks[^1].Preset : null;

    /// <summary>Where a desk keeps its data: the first one in the folder itself, each other one in a folder of its own below it.</summary>
    internal string Of(Preset preset) => Path.GetFullPath(Path.Combine(root, NameOf(preset)));

    /// <summary>Writes down that the next start goes on with this desk.</summary>
    internal void GoOnWith(Preset preset)
    {
        var folder = NameOf(preset);
        _desks.RemoveAll(desk => desk.Preset == preset.Name);
        _desks.Add((preset.Name, folder));
        try
        {
            Directory.CreateDirectory(root);
            File.WriteAllLines(Path.Combine(root, FileName), _desks.Select(desk => $"{desk.Preset} {desk.Folder}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written is told when the desk opens its database there.
        }
    }

    private string NameOf(Preset preset)
    {
        if (_desks.Find(desk => desk.Preset == preset.Name) is { Folder: { } known }) return known;
        var isTaken = _desks.Exists(desk => desk.Folder == Root);
        // The usual desk runs in the folder itself until somebody chooses; no other one goes on with its database.
        return !isTaken && (preset.Name == Preset.Usual || !File.Exists(Path.Combine(root, "usher.db"))) ? Root : preset.Name;
    }

    private static List<(string Preset, string Folder)> Read(string file)
    {
        try
        {
            return [.. File.ReadAllLines(file).Select(line => line.Split(' ')).Where(IsKnown).Select(words => (words[0], words[1]))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // A desk of another version, or a line that somebody wrote, is nobody's choice; nor does a desk's data lie elsewhere.
    private static bool IsKnown(string[] words) => words is [var preset, var folder] && Preset.Names.Contains(preset) && (folder == Root || folder == preset);
}
