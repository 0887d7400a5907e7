using System.CommandLine;
using System.Globalization;
using System.Net;
using Usher.Engine.Settings;
using Usher.Starting;

namespace Usher.Verbs;

/// <summary>Options that several verbs take.</summary>
internal static class VerbOptions
{
    internal const string PresetName = "--preset";

    internal static Option<int?> Port(string description)
    {
        const string name = "--port";
        return new Option<int?>(name)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result =>
            {
                var written = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort) return port;
                result.AddError($"{name} takes a number from 0 to {IPEndPoint.MaxPort} (0 for any free port); «{written}» is none.");
                return null;
            },
        };
    }

    internal static Option<Preset?> Preset(string description, string? unsaid)
    {
        return new Option<Preset?>(PresetName)
        {
            HelpName = "NAME",
            Description = $"{description}: {string.Join(", ", Starting.Preset.Names)}.",
            DefaultValueFactory = _ => unsaid is null ? null : Starting.Preset.Named(unsaid),
            CustomParser = result =>
            {
                var written = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (Starting.Preset.Named(written) is { } preset) return preset;
                var guess = Nearest.To(written, Starting.Preset.Names) is { } near ? $" Did you mean {near}?" : "";
                result.AddError($"There is no preset «{written}».{guess} There are {string.Join(", ", Starting.Preset.Names)}.");
                return null;
            },
        };
    }

    internal static Option<FileInfo> Config() => new("--config") { HelpName = "FILE", Description = "The desk's settings.", DefaultValueFactory = _ => new FileInfo("usher.yml") };

    internal static Option<DirectoryInfo> ServedData() =>
        new("--data") { HelpName = "DIR", Description = "Where the database and attachments are kept.", DefaultValueFactory = _ => new DirectoryInfo("data") };

    internal static Option<DirectoryInfo?> Data(string description) => new("--data") { HelpName = "DIR", Description = description };
}
