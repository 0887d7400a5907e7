using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Usher.Engine;
using Usher.Engine.Settings;
using Usher.Web.Transcripts;

namespace Usher.Benchmarks.Configuring;

/// <summary>The other half of <c>settings</c>: reads a file, alone or for a desk, in a process of its own.</summary>
internal static class ServeGuildsVerb
{
    internal const string Name = "settings-of";
    private const int WarmReads = 21;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(100);

    internal static Command Command()
    {
        var file = new Argument<FileInfo>("file");
        var api = new Option<string?>("--api");
        var token = new Option<string?>("--token");
        var command = new Command(Name, "Used by settings: a reader, or a desk, in a process of its own.") { file, api, token };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => parsed.GetValue(api) is { } address
            ? ServeAsync(parsed.GetRequiredValue(file), new Uri(address), parsed.GetRequiredValue(token)!, cancellation)
            : ReadAsync(parsed.GetRequiredValue(file), cancellation));
        return command;
    }

    // Milliseconds: the first reading in this process, and the median of those after it.
    private static async Task ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        var cold = Read(file).Milliseconds;
        var warm = Enumerable.Range(0, WarmReads).Select(_ => Read(file).Milliseconds).Order().ElementAt(WarmReads / 2);
        await Console.In.ReadLineAsync(cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cold} {warm}"));
    }

    // Bytes: what lives after a collection, what of it are the settings, and what is resident.
    private static async Task ServeAsync(FileInfo file, Uri api, string token, CancellationToken cancellation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var desks = Read(file).Reading.Desks;
        var settings = GC.GetTotalMemory(forceFullCollection: true) - before;
        var folder = Directory.CreateTempSubdirectory("usher-guilds-");
        await using var desk = await DeskHost.StartAsync(
            new DeskOptions
            {
                Token = token,
                ApiAddress = api,
                DatabaseUrl = "sqlite:" + Path.Combine(folder.FullName, "usher.db"),
                DataFolder = folder.FullName,
                PublicAddress = "https://desk.example.org",
                Settings = desks,
                Transcripts = TranscriptSource.WriteFileAsync,
                Loggers = NullLoggerFactory.Instance,
                RequestsPerSecond = 0,
            },
            cancellation);
        while (await Console.In.ReadLineAsync(cancellation) is not null)
        {
            while (desk.NotReadyBecause is not null) await Task.Delay(50, cancellation);
            await desk.Activity.WhenQuietAsync(cancellation);
            // The connections of the rush at the start are given back after a minute.
            await Task.Delay(Rest, cancellation);
            await desk.Activity.WhenQuietAsync(cancellation);
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{heap} {settings} {Environment.WorkingSet}"));
        }
        folder.Delete(recursive: true);
    }

    // As the program's start does: the text from the file, and the settings from the text.
    private static (SettingsReading Reading, double Milliseconds) Read(FileInfo file)
    {
        var began = Stopwatch.GetTimestamp();
        var reading = SettingsFile.Read(File.ReadAllText(file.FullName), new Dictionary<string, string>());
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return reading.IsGood ? (reading, took) : throw new InvalidOperationException(string.Join('\n', reading.Faults.Take(5)));
    }
}
