using System.Collections;

namespace Usher.Starting;

/// <summary>Reads <c>.env</c>: lines of <c>NAME=value</c>, which stand in for environment variables that are not set.</summary>
/// <remarks>
/// A line may begin with <c>export</c>; <c>#</c> begins a comment at a line's start or after a blank. A value in single quotes is taken as it
/// stands; in double quotes <c>\n</c>, <c>\"</c> and <c>\\</c> are understood.
/// </remarks>
internal static class EnvironmentFile
{
    internal const string Name = ".env";

    /// <summary>Where the file lies that goes with a settings file: where the program was started, or else beside the settings.</summary>
    internal static string FolderFor(FileInfo config)
    {
        var here = Directory.GetCurrentDirectory();
        return !File.Exists(Path.Combine(here, Name)) && config.DirectoryName is { } beside && File.Exists(Path.Combine(beside, Name)) ? beside : here;
    }

    /// <summary>The real environment, filled up from the <c>.env</c> of a folder if there is one. What cannot be read is told among the faults.</summary>
    internal static IReadOnlyDictionary<string, string> Read(string folder, List<string> faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = Path.Combine(folder, Name);
        try
        {
            if (File.Exists(path)) Parse(File.ReadAllText(path), values, faults);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{Name} cannot be read: {failure.Message}");
        }
        foreach (DictionaryEntry real in Environment.GetEnvironmentVariables()) values[(string)real.Key] = (string?)real.Value ?? "";
        return values;
    }

    internal static void Parse(string text, Dictionary<string, string> values, List<string> faults)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("export ", StringComparison.Ordinal)) line = line["export ".Length..].TrimStart();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? line : line[..equals].TrimEnd();
            if (equals <= 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                faults.Add($"{Name}:{number}  This line is not NAME=value. Write one variable a line; # begins a comment.");
            else if (Value(line[(equals + 1)..].TrimStart()) is { } value)
                values[name] = value;
            else
                faults.Add($"{Name}:{number}  The quote of {name} is not closed. Close it on the same line.");
        }
    }

    private static string? Value(string written) => written switch
    {
        ['\'', ..] => written.IndexOf('\'', 1) is > 0 and var end ? written[1..end] : null,
        ['"', ..] => Quoted(written),
        _ => Uncommented(written),
    };

    private static string? Quoted(string written)
    {
        var value = new System.Text.StringBuilder();
        for (var i = 1; i < written.Length; i++)
        {
            switch (written[i])
            {
                case '"':
                    return value.ToString();
                case '\\' when i + 1 < written.Length:
                    value.Append(written[++i] switch { 'n' => '\n', var other => other });
                    break;
                default:
                    value.Append(written[i]);
                    break;
            }
        }
        return null;
    }

    private static string Uncommented(string written)
    {
        var comment = written.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? written : written[..comment]).TrimEnd();
    }
}
