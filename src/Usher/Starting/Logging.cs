using Microsoft.Extensions.Logging.Console;
using Usher.Engine.Settings;

namespace Usher.Starting;

/// <summary>Logs go to standard error, a line an event, so that standard output is for what programs read.</summary>
internal static class Logging
{
    internal const string FormName = "USHER_LOG";
    internal const string LevelName = "USHER_LOG_LEVEL";

    /// <summary>Sets logging up as <c>USHER_LOG</c> (<c>text</c> or <c>json</c>) and <c>USHER_LOG_LEVEL</c> say.</summary>
    internal static void Configure(ILoggingBuilder logging, LoggingChoice choice)
    {
        logging.SetMinimumLevel(choice.Level);
        // The frameworks tell every request and connection; ours is what people follow.
        foreach (var noisy in new[] { "Microsoft", "System" })
            logging.AddFilter(noisy, choice.Level > LogLevel.Warning ? choice.Level : LogLevel.Warning);
        // What these two tell, the ready line and CannotStartException tell in plain words.
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (choice.Json) logging.AddJsonConsole(json => (json.TimestampFormat, json.UseUtcTimestamp, json.IncludeScopes) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true, true));
        else logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter>(new LineFormatter(TimeProvider.System));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

/// <summary>How logs are written.</summary>
/// <param name="Level">From which level.</param>
/// <param name="Json">Whether each line is a JSON object.</param>
internal sealed record LoggingChoice(LogLevel Level, bool Json)
{
    private static readonly string[] Levels = ["trace", "debug", "information", "warning", "error", "critical", "none"];

    internal static LoggingChoice Read(IReadOnlyDictionary<string, string> environment, LogLevel unsaid, List<string> faults)
    {
        var level = environment.GetValueOrDefault(Logging.LevelName, "");
        var form = environment.GetValueOrDefault(Logging.FormName, "");
        var known = Array.FindIndex(Levels, l => l.Equals(level, StringComparison.OrdinalIgnoreCase));
        if (level.Length > 0 && known < 0)
            faults.Add($"{Logging.LevelName}: «{level}» is no level. {(Nearest.To(level, Levels) is { } near ? $"Did you mean {near}?" : $"Write one of {string.Join(", ", Levels)}.")}");
        if (form is not ("" or "text" or "json")) faults.Add($"{Logging.FormName}: «{form}» is no form of logs. Write text or json.");
        return new LoggingChoice(known < 0 ? unsaid : (LogLevel)known, form == "json");
    }
}
