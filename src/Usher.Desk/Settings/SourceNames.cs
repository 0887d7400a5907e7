using System.Text.RegularExpressions;

namespace Usher.Desk.Settings;

/// <summary>The names in braces that stand for values: in queries, addresses and the words of options.</summary>
public static partial class SourceNames
{
    /// <summary>What is looked up.</summary>
    public const string Answer = "answer";

    /// <summary>The id of whoever opens the ticket.</summary>
    public const string Opener = "opener";

    /// <summary>The guild's id.</summary>
    public const string Guild = "guild";

    /// <summary>The id of whoever is asked about, where staff is.</summary>
    public const string Member = "member";

    /// <summary>Every name in a template, each once.</summary>
    public static IEnumerable<string> In(string template) => Form.Matches(template).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>The template with every name replaced.</summary>
    public static string Fill(string template, Func<string, string> value) => Form.Replace(template, match => value(match.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<name>[A-Za-z0-9_-]+(\.[A-Za-z0-9_.\[\]-]+)?)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form { get; }
}
