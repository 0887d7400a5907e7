using System.CommandLine;
using Usher.Starting;

namespace Usher.Verbs;

/// <summary><c>usher init</c>: writes a commented <c>usher.yml</c> to start from.</summary>
internal static class InitVerb
{
    internal static Command Command()
    {
        var preset = VerbOptions.Preset("The desk to start from", unsaid: Preset.Usual);
        var output = new Option<FileInfo>("--output") { HelpName = "FILE", Description = "Where to write it; usher.yml when not said.", DefaultValueFactory = _ => new FileInfo("usher.yml") };
        var force = new Option<bool>("--force") { Description = "Overwrite what is there." };
        var command = new Command("init", "Writes a commented usher.yml to start from, with a list of what must be filled in.") { preset, output, force };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(preset)!, parsed.GetRequiredValue(output), parsed.GetValue(force)));
        return command;
    }

    private static void Write(Preset preset, FileInfo output, bool force)
    {
        if (output.Exists && !force)
            throw new CannotStartException($"{output} is there already, and stays as it is. Write to another file with --output FILE, or overwrite it with --force.", CommandLine.MustBeMended);
        var schema = Path.Combine(output.DirectoryName!, SchemaVerb.FileName);
        try
        {
            output.Directory!.Create();
            File.WriteAllText(output.FullName, preset.ForOwner());
            File.WriteAllText(schema, SchemaVerb.Text());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CannotStartException($"{output} cannot be written: {failure.Message}", inner: failure);
        }
        Console.WriteLine($"Wrote {output} (preset {preset.Name}) and, beside it, {SchemaVerb.FileName} for your editor. To fill in, there or in .env:");
        foreach (var (name, meaning) in preset.ToFillIn) Console.WriteLine($"  {name}: {(preset.DatabaseNames.Contains(name) ? "" : "the id of ")}{meaning}");
        Console.WriteLine($"Then put DISCORD_TOKEN=… into .env and start: usher serve{(output.Name == "usher.yml" ? "" : $" --config {output}")}");
    }
}
