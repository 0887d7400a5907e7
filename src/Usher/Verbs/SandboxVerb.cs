using System.CommandLine;
using Usher.Sandbox;
using Usher.Starting;

namespace Usher.Verbs;

/// <summary><c>usher sandbox</c>: the Discord in a box alone, for an <c>usher serve</c> elsewhere.</summary>
internal static class SandboxVerb
{
    private const int UsualPort = 5051;
    private const string AsOnDiscord = "discord";

    internal static Command Command()
    {
        var port = VerbOptions.Port($"The port of the box; {UsualPort} when not said, or any free one when that is taken.");
        var journal = new Option<FileInfo?>("--journal") { HelpName = "FILE", Description = "A file for everything that is asked and told, a JSON object a line." };
        var limits = Limits();
        var command = new Command(
            "sandbox",
            "Runs the Discord in a box alone. It prints DISCORD_API_URL, DISCORD_TOKEN and the ids of its guild as NAME=value, so that usher serve --config presets/demo.yml can use it.")
        {
            port, journal, limits,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(port), parsed.GetValue(journal), parsed.GetValue(limits) == AsOnDiscord));
        return command;
    }

    private static Option<string> Limits()
    {
        const string name = "--limits";
        return new Option<string>(name)
        {
            HelpName = "discord|off",
            Description = "Whether rates are limited as on Discord.",
            DefaultValueFactory = _ => AsOnDiscord,
            CustomParser = result =>
            {
                var written = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (written is not (AsOnDiscord or "off")) result.AddError($"{name} takes {AsOnDiscord} or off; «{written}» is neither.");
                return written;
            },
        };
    }

    private static async Task<int> RunAsync(int? port, FileInfo? journal, bool limits)
    {
        using var signals = new Signals();
        var (_, logging) = Surroundings.Read(LogLevel.Information);
        using var loggers = LoggerFactory.Create(builder => Logging.Configure(builder, logging));
        var options = new BoxOptions { Port = port ?? WebServer.FreePort(UsualPort), RateLimits = limits, JournalFile = journal?.FullName, Logs = loggers };
        try
        {
            await using var box = await BoxStart.BeginAsync(options, signals.Stop);
            Tell(box);
            await signals.StoppedAsync();
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            // The stop came while the box was starting.
        }
        return 0;
    }

    private static void Tell(Box box)
    {
        Console.WriteLine($"DISCORD_API_URL={box.ApiAddress.ToString().TrimEnd('/')}");
        Console.WriteLine($"DISCORD_TOKEN={box.Token}");
        foreach (var (name, id) in box.Harbour.Names) Console.WriteLine($"{name}={id}");
        Console.WriteLine($"The sandbox is ready: {box.Address}/");
    }
}
