using System.CommandLine;
using Usher.Choosing;
using Usher.Desk.Settings;
using Usher.Engine;
using Usher.Engine.Settings;
using Usher.Sandbox;
using Usher.Sandbox.Cast;
using Usher.Starting;
using Usher.Web;
using Usher.Web.Transcripts;

namespace Usher.Verbs;

/// <summary><c>usher demo</c>: Usher and a Discord in a box, in one process on one port.</summary>
internal static class DemoVerb
{
    internal const string Name = "demo";
    private const int UsualPort = 5050;

    internal static Command Command()
    {
        var port = VerbOptions.Port($"The port of the page; {UsualPort} when not said, or any free one when that is taken.");
        var data = VerbOptions.Data("Where the database and attachments are kept; a fresh temporary folder when not said.");
        var preset = VerbOptions.Preset("The desk to show, without asking", unsaid: null);
        var command = new Command(Name, "Shows Usher on a Discord in a box: open the printed address in a browser.") { preset, port, data };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(preset), parsed.GetValue(port), parsed.GetValue(data)));
        return command;
    }

    private static async Task<int> RunAsync(Preset? preset, int? port, DirectoryInfo? data)
    {
        using var signals = new Signals();
        // The desk of the demo is the box's alone: of the environment it takes only how to log, where to measure, and a PostgreSQL to keep its tables in.
        var (environment, logging) = Surroundings.Read(LogLevel.Warning);
        using var telemetry = Telemetry.Begin(environment);
        using var loggers = LoggerFactory.Create(builder => Logging.Configure(builder, logging));
        var choice = new DeskChoice(new DemoFolders(data?.FullName ?? Directory.CreateTempSubdirectory("usher-demo-").FullName), preset);
        var database = new DemoDatabase(environment);
        await using var second = new SecondDatabase(environment, signals.Stop);
        var bound = port ?? WebServer.FreePort(UsualPort);
        try
        {
            for (var world = 1; !signals.Stop.IsCancellationRequested; world++)
                bound = await RunWorldAsync(choice, database, second, world, bound, loggers, signals.Stop);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            // The stop came while the box was starting.
        }
        return 0;
    }

    /// <summary>Runs a box with its desk until somebody asks for a stop or, on the page, for a new world or another desk.</summary>
    /// <returns>The port, on which the next world must be found again.</returns>
    private static async Task<int> RunWorldAsync(DeskChoice choice, DemoDatabase database, SecondDatabase second, int world, int port, ILoggerFactory loggers, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var hosting = new Hosting(loggers.CreateLogger<Hosting>());
        var (preset, folder) = choice.Next();
        var options = new BoxOptions { Port = port, Logs = loggers };
        var desks = new DesksPage(choice, world, () => hosting.Desk is { NotReadyBecause: null }, another: over.Cancel);
        await using var box = await BoxStart.BeginAsync(options, over.Token, Map, newWorld: over.Cancel, desks.Front);
        try
        {
            await hosting.StartAsync(Options(box, Furnish(box, preset, second), folder, database.UrlFor(folder), loggers), over.Token);
            if (world == 1) await TellAsync(choice, box.Address, folder, database.SchemaFor(folder));
            await hosting.UntilAsync(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // A stop or a new world.
        }
        await hosting.DisposeAsync();
        return new Uri(box.Address).Port;

        void Map(IEndpointRouteBuilder routes)
        {
            routes.MapUsher(() => hosting.Desk);
            desks.Map(routes);
        }
    }

    private static async Task TellAsync(DeskChoice choice, string address, string folder, string? schema)
    {
        var tables = schema is null ? "" : $", and its tables in the schema {schema} of the database that DATABASE_URL names";
        await Console.Error.WriteLineAsync($"The demo keeps its data in {folder}{tables}. Ctrl+C ends it.");
        if (choice.GoesOn)
            await Console.Error.WriteLineAsync($"That folder was begun with the desk «{choice.Current.Name}», which goes on. Choose another at {address}/desks or with {VerbOptions.PresetName} NAME: its data gets a folder of its own.");
        Console.WriteLine($"Usher is ready: {address}/");
    }

    private static DeskOptions Options(Box box, IReadOnlyList<DeskSettings> settings, string folder, string database, ILoggerFactory loggers) => new()
    {
        Token = box.Token,
        ApiAddress = box.ApiAddress,
        DatabaseUrl = database,
        DataFolder = folder,
        PublicAddress = box.Address,
        Settings = settings,
        Transcripts = TranscriptSource.WriteFileAsync,
        Loggers = loggers,
    };

    private static IReadOnlyList<DeskSettings> Furnish(Box box, Preset preset, SecondDatabase second)
    {
        var names = new Dictionary<string, string>(preset.Scenery is { } scenery ? box.Harbour.Furnish(scenery) : box.Harbour.Names, StringComparer.Ordinal);
        foreach (var (name, url) in second.AddressesFor(preset, box)) names[name] = url;
        var reading = SettingsFile.Read(preset.Text, names);
        return reading.IsGood ? reading.Desks : throw CannotStartException.Faulty([.. reading.Faults.Select(f => $"presets/{preset.Name}.yml: {f}")]);
    }
}
