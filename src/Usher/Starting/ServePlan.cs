using Usher.Desk.Settings;
using Usher.Engine.Settings;

namespace Usher.Starting;

/// <summary>What <c>usher serve</c> was told, checked.</summary>
internal sealed record ServePlan
{
    internal required string Token { get; init; }

    internal required Uri ApiAddress { get; init; }

    internal required string DatabaseUrl { get; init; }

    internal required string DataFolder { get; init; }

    /// <summary>Where people reach it; null when nobody said so.</summary>
    internal required string? PublicAddress { get; init; }

    internal required IReadOnlyList<DeskSettings> Desks { get; init; }

    internal required LoggingChoice Logging { get; init; }

    internal required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>What is allowed but hardly meant.</summary>
    internal required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads environment, <c>.env</c> and <c>usher.yml</c>.</summary>
    /// <exception cref="CannotStartException">Something must be mended; the message tells all of it.</exception>
    internal static ServePlan Read(FileInfo config, DirectoryInfo data, string folder)
    {
        var faults = new List<string>();
        var environment = EnvironmentFile.Read(folder, faults);
        var variables = new Variables(environment, faults);
        var settings = Settings(config, environment, faults);
        var plan = new ServePlan
        {
            Token = variables.Token(),
            ApiAddress = variables.ApiAddress(),
            DatabaseUrl = variables.DatabaseUrl(data),
            DataFolder = data.FullName,
            PublicAddress = variables.PublicAddress(),
            Desks = settings?.Desks ?? [],
            Logging = LoggingChoice.Read(environment, LogLevel.Information, faults),
            Environment = environment,
            Warnings = [.. (settings?.Warnings ?? []).Select(w => Told(config, w))],
        };
        variables.CheckRest();
        return faults.Count == 0 ? plan : throw CannotStartException.Faulty(faults);
    }

    private static SettingsReading? Settings(FileInfo config, IReadOnlyDictionary<string, string> environment, List<string> faults)
    {
        string text;
        try
        {
            text = File.ReadAllText(config.FullName);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add($"There is no {config}. Copy presets/demo.yml and put your guild's ids in, or say where it is with --config FILE.");
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{config} cannot be read: {failure.Message}");
            return null;
        }
        var reading = SettingsFile.Read(text, environment);
        faults.AddRange(reading.Faults.Select(f => Told(config, f)));
        return reading;
    }

    // FILE:LINE is what editors and terminals make a link of.
    private static string Told(FileInfo config, SettingsFault fault) =>
        $"{config}:{fault.Line}  {(fault.Path.Length == 0 ? "" : fault.Path + ": ")}{fault.Wrong} {fault.Mend}";
}
