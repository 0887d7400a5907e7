using System.CommandLine;

namespace Usher.Verbs;

/// <summary><c>usher schema</c>: what editors need to check and complete <c>usher.yml</c>.</summary>
internal static class SchemaVerb
{
    /// <summary>What the schema's file is called beside a <c>usher.yml</c>.</summary>
    internal const string FileName = "usher.schema.json";

    internal static Command Command()
    {
        var command = new Command("schema", "Prints the JSON schema of usher.yml, with which editors check and complete it.");
        command.SetAction(_ => Console.Out.Write(Text()));
        return command;
    }

    /// <summary>The schema.</summary>
    internal static string Text()
    {
        using var stream = new StreamReader(typeof(SchemaVerb).Assembly.GetManifestResourceStream(FileName)!);
        return stream.ReadToEnd();
    }
}
