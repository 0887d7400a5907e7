using System.Text.RegularExpressions;
using Xunit;

namespace Usher.Tests;

/// <summary>What docs/features.md promises is looked at: a row stands there once, and the tests that it names exist.</summary>
public sealed partial class FeatureTableTests
{
    private static readonly string Root = Above(AppContext.BaseDirectory);
    private static readonly List<Match> Rows = [.. File.ReadAllLines(Path.Combine(Root, "docs", "features.md")).Select(line => Row.Match(line)).Where(match => match.Success)];

    [Fact]
    public void Each_requirement_has_one_row() =>
        Assert.Equal([], Rows.GroupBy(row => row.Groups["key"].Value).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void Whatever_a_row_names_as_its_test_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(Path.DirectorySeparatorChar + "artifacts" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(File.ReadAllText).ToList();
        var missing = Rows.SelectMany(row => Named.Matches(row.Groups["tests"].Value))
            .Where(test => !sources.Any(source => Declares(source, test.Groups["class"].Value, test.Groups["method"].Value)))
            .Select(test => test.Value);

        Assert.Equal([], missing.Distinct());
    }

    [Fact]
    public void What_is_done_names_a_test() =>
        Assert.Equal([], Rows.Where(row => row.Groups["state"].Value.StartsWith("done", StringComparison.Ordinal) && !Named.IsMatch(row.Groups["tests"].Value)).Select(row => row.Groups["key"].Value));

    private static bool Declares(string source, string type, string method) =>
        Regex.IsMatch(source, $@"\b(class|record) {type}\b", RegexOptions.None, TimeSpan.FromSeconds(1))
        && (method.Length == 0 || Regex.IsMatch(source, $@"\b{method}\(", RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Usher.slnx")) ? folder : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie within the repository."));

    [GeneratedRegex(@"^\| (?<key>[A-Z]\d+) \| (?<what>[^|]*) \| (?<state>[^|]*) \| (?<where>[^|]*) \| (?<tests>[^|]*) \|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"`(?<class>\w+(Tests|Stories|Tickets))(\.(?<method>\w+))?`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Named { get; }
}
