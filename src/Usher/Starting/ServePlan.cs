using Usher.Desk.Settings;
using Usher.Storage.S3;
using Usher.Web.Metrics;

namespace Usher.Starting;

/// <summary>What <c>usher serve</c> was told, checked.</summary>
internal sealed record ServePlan
{
    internal required string Token { get; init; }

    internal required Uri ApiAddress { get; init; }

    internal required string DatabaseUrl { get; init; }

    internal required string DataFolder { get; init; }

    /// <summary>The bucket for attachments; null when they lie in the data folder.</summary>
    internal required S3Settings? Bucket { get; init; }

    /// <summary>Where people reach it; null when nobody said so.</summary>
    internal required string? PublicAddress { get; init; }

    internal required IReadOnlyList<DeskSettings> Desks { get; init; }

    internal required LoggingChoice Logging { get; init; }

    /// <summary>Who may read what is measured.</summary>
    internal required MetricsAccess Metrics { get; init; }

    internal required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where the settings were read, and will be again when they change.</summary>
    internal required SettingsSource Source { get; init; }

    /// <summary>What the settings' files held.</summary>
    internal required string? Fingerprint { get; init; }

    /// <summary>What is allowed but hardly meant.</summary>
    internal required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Reads environment, <c>.env</c> and <c>usher.yml</c>.</summary>
    /// <exception cref="CannotStartException">Something must be mended; the message tells all of it.</exception>
    internal static ServePlan Read(FileInfo config, DirectoryInfo data, string folder)
    {
        var faults = new List<string>();
        var environment = EnvironmentFile.Read(folder, faults);
        var variables = new Variables(environment, faults);
        var source = new SettingsSource(config, folder);
        // Taken before the reading: what is saved in between is then a change.
        var fingerprint = source.Fingerprint();
        var settings = source.Read(environment, faults);
        var plan = new ServePlan
        {
            Token = variables.Token(),
            ApiAddress = variables.ApiAddress(),
            DatabaseUrl = variables.DatabaseUrl(data),
            DataFolder = data.FullName,
            Bucket = variables.Bucket(),
            PublicAddress = variables.PublicAddress(),
            Desks = settings?.Desks ?? [],
            Logging = LoggingChoice.Read(environment, LogLevel.Information, faults),
            Metrics = variables.Metrics(),
            Environment = environment,
            Warnings = [.. (settings?.Warnings ?? []).Select(source.Told)],
            Source = source,
            Fingerprint = fingerprint,
        };
        variables.CheckRest();
        return faults.Count == 0 ? plan : throw CannotStartException.Faulty(faults);
    }
}
