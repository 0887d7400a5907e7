using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Desk.Features;
using Usher.Desk.Settings;
using Usher.Starting;
using Usher.Storage;
using Usher.Storage.S3;

namespace Usher.Verbs;

/// <summary>A desk whose database a verb works on, beside the program that may be running.</summary>
/// <param name="Desk">Its settings, as the file says them.</param>
/// <param name="Store">The database.</param>
/// <param name="Stop">Gives up.</param>
internal sealed record OpenedDesk(DeskSettings Desk, DeskStore Store, CancellationToken Stop)
{
    /// <summary>The bucket for attachments; null when they lie in the data folder.</summary>
    internal S3Settings? Bucket { get; init; }

    /// <summary>Who works at the machine, as the audit log names them.</summary>
    internal static string User => Environment.UserName is { Length: > 0 } user ? user : "the command line";

    /// <summary>Finds the desk that the options mean, opens its database and does the work.</summary>
    /// <exception cref="CannotStartException">The settings or the database cannot be used, or it is not said which guild is meant.</exception>
    internal static async Task<int> WithAsync(
        ParseResult parsed, Option<FileInfo> config, Option<DirectoryInfo> data, Option<string?> guild, Func<OpenedDesk, Task<int>> work, CancellationToken stop)
    {
        var faults = new List<string>();
        var file = parsed.GetRequiredValue(config);
        var folder = EnvironmentFile.FolderFor(file);
        var environment = EnvironmentFile.Read(folder, faults);
        var variables = new Variables(environment, faults);
        var (database, bucket) = (variables.DatabaseUrl(parsed.GetRequiredValue(data)), variables.Bucket());
        var reading = new SettingsSource(file, folder).Read(environment, faults);
        if (faults.Count > 0 || reading is null) throw CannotStartException.Faulty(faults);
        var desks = parsed.GetValue(guild) is { } wanted ? [.. reading.Desks.Where(desk => desk.Guild.ToString() == wanted)] : reading.Desks;
        if (desks is not [var one])
            throw new CannotStartException($"Say with --guild which guild is meant: {string.Join(", ", reading.Desks.Select(desk => desk.Guild))}.", CommandLine.MustBeMended);
        try
        {
            await using var store = await DeskStore.OpenAsync(new StoreOptions(database, All.Rules, TimeProvider.System), NullLoggerFactory.Instance, stop);
            return await work(new OpenedDesk(one, store, stop) { Bucket = bucket });
        }
        catch (StoreUnavailableException unavailable)
        {
            throw new CannotStartException($"The database cannot be used. {unavailable.Message}", inner: unavailable);
        }
    }
}
