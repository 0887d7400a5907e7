using System.Text;
using System.Text.RegularExpressions;
using Usher.Sandbox.Cast;

namespace Usher.Starting;

/// <summary>A desk that is ready to start from: settings, and what the demo's guild needs for them.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Text">The file.</param>
internal sealed partial record Preset(string Name, string Text)
{
    /// <summary>The one that is taken when nobody chose.</summary>
    internal const string Usual = "demo";

    /// <summary>Its name: what help shows of what is taken when nobody chose.</summary>
    public override string ToString() => Name;

    private const string Prefix = "presets.";
    private const string Suffix = ".yml";
    private const string DatabaseSuffix = "DB_URL";
    private const string SceneryKey = "x-demo:";
    private const string AboutKey = "x-about:";
    private const string SchemaInside = "$schema=../docs/";
    private const string SchemaBeside = "$schema=";

    /// <summary>What there is, the usual one first.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(Preset).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .OrderByDescending(name => name == Usual).ThenBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>The preset of that name; null when there is none.</summary>
    internal static Preset? Named(string name)
    {
        if (!Names.Contains(name)) return null;
        using var stream = new StreamReader(typeof(Preset).Assembly.GetManifestResourceStream(Prefix + name + Suffix)!);
        return new Preset(name, stream.ReadToEnd());
    }

    /// <summary>What the demo's guild is furnished with; null when the guild is as the preset needs it.</summary>
    internal Scenery? Scenery => Text.Contains('\n' + SceneryKey, StringComparison.Ordinal) ? SceneryReader.Read(Text, SceneryKey[..^1]) : null;

    /// <summary>What somebody who chooses among the desks is told of this one.</summary>
    internal PresetAbout About => SceneryReader.ReadAbout(Text, AboutKey[..^1]);

    /// <summary>What stands in its second database for the demo, with <c>{NAME}</c> for the ids of people and guild; null when it has none.</summary>
    internal string? SampleRows
    {
        get
        {
            using var stream = typeof(Preset).Assembly.GetManifestResourceStream($"{Prefix}{Name}.sql");
            if (stream is null) return null;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The names under which it speaks of databases of others.</summary>
    internal IEnumerable<string> DatabaseNames => NameForm.Matches(WithoutDemo()).Select(match => match.Groups["name"].Value).Distinct().Where(name => name.EndsWith(DatabaseSuffix, StringComparison.Ordinal));

    /// <summary>What an owner must fill in: each name with what it stands for.</summary>
    internal IReadOnlyList<(string Name, string Meaning)> ToFillIn
    {
        get
        {
            var scenery = Scenery;
            return [.. NameForm.Matches(WithoutDemo()).Select(match => match.Groups["name"].Value).Distinct().Select(name => (name, MeaningOf(name, scenery)))];
        }
    }

    /// <summary>The file as an owner gets it: without what only the demo needs, and with a list of what must be filled in.</summary>
    internal string ForOwner()
    {
        var lines = WithoutDemo().Replace(SchemaInside, SchemaBeside, StringComparison.Ordinal).Split('\n');
        var names = ToFillIn;
        var width = names.Max(name => name.Name.Length);
        var text = new StringBuilder(lines[0]).Append('\n')
            .Append("#\n# To fill in: write each value in place of ${NAME} below, or set NAME=value in .env or the environment.\n")
            .Append("# In Discord: Developer Mode on (Settings, Advanced), then right-click and «Copy ID».\n#\n");
        foreach (var (name, meaning) in names) text.Append("#   ").Append(name.PadRight(width)).Append("  ").Append(meaning).Append('\n');
        return text.Append("#\n").AppendJoin('\n', lines.Skip(1)).ToString();
    }

    private string WithoutDemo()
    {
        var lines = Text.Split('\n').ToList();
        foreach (var key in (string[])[SceneryKey, AboutKey])
        {
            var start = lines.FindIndex(line => line.StartsWith(key, StringComparison.Ordinal));
            if (start < 0) continue;
            var end = lines.FindIndex(start + 1, line => line.Length > 0 && line[0] is not (' ' or '#'));
            lines.RemoveRange(start, end - start);
        }
        return string.Join('\n', lines);
    }

    private static string MeaningOf(string name, Scenery? scenery)
    {
        if (name == "GUILD") return "the guild";
        if (scenery?.Roles.FirstOrDefault(r => r.Key == name) is { } role) return $"a role, such as «{role.Name}»";
        if (scenery?.Channels.FirstOrDefault(c => c.Key == name) is { } channel)
            return (channel.IsCategory ? $"a channel category, such as «{channel.Name}»" : $"a text channel, such as #{channel.Name}") + (channel.Audience == SceneAudience.Staff ? ", which only staff sees" : "");
        return name switch
        {
            _ when name.EndsWith(DatabaseSuffix, StringComparison.Ordinal) => "a database that is only read, postgres://user:password@host/name; may be missing",
            _ when name.EndsWith("_ROLE", StringComparison.Ordinal) => "a role",
            _ when name.EndsWith("_CATEGORY", StringComparison.Ordinal) => "a channel category",
            _ => "a text channel",
        };
    }

    [GeneratedRegex(@"^[^#\n]*\$\{(?<name>[A-Z0-9_]+)\}", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex NameForm { get; }
}

/// <summary>What is told of a preset.</summary>
/// <param name="Title">Whose desk it is.</param>
/// <param name="What">What it is, in a sentence or two.</param>
/// <param name="Try">What to try first in the demo.</param>
internal sealed record PresetAbout(string Title, string What, string Try);
