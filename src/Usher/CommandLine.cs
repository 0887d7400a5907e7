using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Usher.Engine.Settings;
using Usher.Starting;
using Usher.Verbs;

namespace Usher;

/// <summary>From arguments to an exit code: 0 stopped as asked, 1 could not start or had to give up, 2 something must be mended first.</summary>
internal static class CommandLine
{
    internal const int CannotRun = 1;
    internal const int MustBeMended = 2;

    internal static async Task<int> RunAsync(string[] args)
    {
        var root = Root();
        // Who asks for help by a word gets what --help shows.
        if (args is ["help", .. var about]) args = [.. about, "--help"];
        var parsed = root.Parse(IsDemo(args) ? [DemoVerb.Name, .. args] : args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var line in Complaints(parsed)) Console.Error.WriteLine(line);
            return MustBeMended;
        }
        try
        {
            // Signals are heard by Signals, which knows how long a clean stop may take.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (CannotStartException cannot)
        {
            Console.Error.WriteLine(cannot.Message);
            return cannot.ExitCode;
        }
        catch (Exception unforeseen)
        {
            Console.Error.WriteLine($"Usher ended on something nobody foresaw: {unforeseen.Message} Please report it with what follows.\n{unforeseen}");
            return CannotRun;
        }
    }

    // With nothing it is the demo, and a preset alone is the demo of that desk.
    private static bool IsDemo(string[] args) =>
        args.Length == 0 || args[0] == VerbOptions.PresetName || args[0].StartsWith(VerbOptions.PresetName + "=", StringComparison.Ordinal);

    internal static RootCommand Root() => new("Usher, a help desk for Discord. Started with nothing, or with --preset NAME alone, it is the demo.")
    {
        DemoVerb.Command(),
        ServeVerb.Command(),
        SandboxVerb.Command(),
        InitVerb.Command(),
        SchemaVerb.Command(),
        SettingsVerb.Command(),
        ImportVerb.Command(),
        ExportVerb.Command(),
        TokenVerb.Command(),
        AuditVerb.Command(),
        MemberVerb.Command(),
        EraseVerb.Command(),
    };

    private static IEnumerable<string> Complaints(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var name = NameOf(parsed.CommandResult);
        // What follows the first is mostly its value.
        if (parsed.UnmatchedTokens.Count > 0) yield return About(parsed.UnmatchedTokens[0], command, name);
        foreach (var error in parsed.Errors)
        {
            if (error.SymbolResult is OptionResult { Tokens.Count: 0 } option) yield return $"{option.Option.Name} needs a value: {option.Option.Description} {name} --help tells more.";
            else if (error.SymbolResult is OptionResult or ArgumentResult) yield return error.Message;
            else if (parsed.UnmatchedTokens.Count == 0) yield return $"Say what to do: {Verbs(command)}. {name} --help tells more.";
        }
    }

    private static string NameOf(CommandResult result) => result.Parent is CommandResult outer ? $"{NameOf(outer)} {result.Command.Name}" : "usher";

    private static string About(string token, Command command, string name)
    {
        if (token.StartsWith('-'))
        {
            if (command.Subcommands.FirstOrDefault(verb => verb.Options.Any(o => o.Name == token)) is { } owner)
                return $"{token} belongs behind a verb: {name} {owner.Name} {token}. {name} --help tells more.";
            var options = command.Options.Select(o => o.Name).Append("--help").ToList();
            var mend = Nearest.To(token.Split('=')[0], options) is { } near ? $"Did you mean {near}?" : $"There are {string.Join(", ", options.Distinct())}.";
            return $"{name} has no option «{token}». {mend} {name} --help tells more.";
        }
        if (command.Subcommands.Count == 0) return $"{name} has no use for «{token}». {name} --help tells what it takes.";
        var guess = Nearest.To(token, command.Subcommands.Select(c => c.Name)) is { } verb ? $"Did you mean {verb}?" : $"There are {Verbs(command)}.";
        return $"There is no verb «{token}». {guess} {name} --help tells more.";
    }

    private static string Verbs(Command command) => string.Join(", ", command.Subcommands.Select(c => c.Name));
}
