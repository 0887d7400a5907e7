using System.CommandLine;
using System.Net;
using Usher.Engine;
using Usher.Starting;
using Usher.Web;
using Usher.Web.Metrics;
using Usher.Web.Transcripts;

namespace Usher.Verbs;

/// <summary><c>usher serve</c>: the desk of real guilds.</summary>
internal static partial class ServeVerb
{
    private const int DefaultPort = 8080;

    internal static Command Command()
    {
        var config = VerbOptions.Config();
        var data = VerbOptions.ServedData();
        var port = VerbOptions.Port($"The port for health and transcripts; {DefaultPort} when not said.");
        var command = new Command(
            "serve",
            "Serves the guilds of usher.yml. Takes DISCORD_TOKEN, DISCORD_API_URL, DATABASE_URL, USHER_URL, S3_ENDPOINT and the like, USHER_LOG, USHER_LOG_LEVEL, USHER_METRICS, USHER_METRICS_TOKEN and OTEL_EXPORTER_OTLP_ENDPOINT from the environment or .env.")
        {
            config, data, port,
        };
        command.SetAction((parsed, _) => RunAsync(
            ServePlan.Read(parsed.GetRequiredValue(config), parsed.GetRequiredValue(data), EnvironmentFile.FolderFor(parsed.GetRequiredValue(config))), parsed.GetValue(port) ?? DefaultPort));
        return command;
    }

    private static async Task<int> RunAsync(ServePlan plan, int port)
    {
        using var signals = new Signals();
        using var telemetry = Telemetry.Begin(plan.Environment);
        await using var web = WebServer.Build(plan.Logging, IPAddress.Any, port);
        var loggers = web.Services.GetRequiredService<ILoggerFactory>();
        var log = loggers.CreateLogger("Usher.Serve");
        foreach (var warning in plan.Warnings) LogSetting(log, warning);
        await using var hosting = new Hosting(loggers.CreateLogger<Hosting>());
        web.MapUsher(() => hosting.Desk);
        using var metrics = plan.Metrics.IsOpen ? new MetricsPage() : null;
        if (metrics is not null) web.MapMetrics(plan.Metrics, metrics, () => hosting.Desk);
        try
        {
            var own = await WebServer.BeginAsync(web, port, signals.Stop);
            if (plan.PublicAddress is null) LogNoPublicAddress(log, own);
            var address = plan.PublicAddress ?? own;
            await hosting.StartAsync(Options(plan, address, loggers), signals.Stop);
            using var watch = new SettingsWatch(plan.Source, plan.Fingerprint, hosting.Desk!.ApplyAsync, TimeProvider.System, loggers.CreateLogger<SettingsWatch>());
            await ServeAsync(hosting, watch, address, log, signals.Stop);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            LogStopping(log);
        }
        await hosting.DisposeAsync();
        await WebServer.EndAsync(web);
        return 0;
    }

    private static async Task ServeAsync(Hosting hosting, SettingsWatch watch, string address, ILogger log, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var reload = Signals.OnReload(() => _ = ToldAsync(() => watch.ReadNowAsync(stop), log));
        Console.WriteLine($"Usher is ready: {address}/");
        var watching = ToldAsync(() => watch.RunAsync(over.Token), log);
        try
        {
            await hosting.UntilAsync(stop);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    // The desk serves on with the settings that it has.
    private static async Task ToldAsync(Func<Task> work, ILogger log)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception failure)
        {
            LogWatchFailed(log, failure);
        }
    }

    private static DeskOptions Options(ServePlan plan, string address, ILoggerFactory loggers) => new()
    {
        Token = plan.Token,
        ApiAddress = plan.ApiAddress,
        DatabaseUrl = plan.DatabaseUrl,
        DataFolder = plan.DataFolder,
        Bucket = plan.Bucket,
        PublicAddress = address,
        Settings = plan.Desks,
        Transcripts = TranscriptSource.WriteFileAsync,
        Loggers = loggers,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogSetting(ILogger log, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "USHER_URL is not set: links to transcripts lead to {Address}, which only this machine reaches.")]
    private static partial void LogNoPublicAddress(ILogger log, string address);

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings are not watched any more; what is changed now takes effect at the next start.")]
    private static partial void LogWatchFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: ending what is under way.")]
    private static partial void LogStopping(ILogger log);
}
