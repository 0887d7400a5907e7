using System.Text.RegularExpressions;

namespace Usher.Desk.Tests;

/// <summary>The program's own source, for tests that hold it against what it says.</summary>
internal static partial class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>The text of every C# file below a folder of the repository.</summary>
    public static IEnumerable<string> Under(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    /// <summary>Every quoted word with a dot in it: what could be the key of a text. <c>$"a.{b}"</c> comes as the pattern <c>a.*</c>.</summary>
    public static IReadOnlyCollection<string> Keys(string folder) =>
        Under(folder).SelectMany(text => Quoted().Matches(text)).Select(match => Hole().Replace(match.Groups["key"].Value, "*")).ToHashSet();

    /// <summary>The keys that <c>Say</c> is called with.</summary>
    public static IReadOnlyCollection<string> SaidKeys(string folder) =>
        Under(folder).SelectMany(text => Said().Matches(text)).Select(match => Hole().Replace(match.Groups["key"].Value, "*")).ToHashSet();

    public static bool Fits(string key, string pattern) =>
        Regex.IsMatch(key, "^" + Regex.Escape(pattern).Replace(@"\*", @"[^.]+", StringComparison.Ordinal) + "$");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Usher.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex("""\$?"(?<key>[a-z_]+(\.([A-Za-z_]+|\{[^{}"]+\}))+)["]""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""\bSay\(\s*\$?"(?<key>[^"]+)["]""")]
    private static partial Regex Said();

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex Hole();
}
