namespace Usher.Starting;

/// <summary>The program cannot run, and its message tells a person why and what to do.</summary>
/// <param name="sentence">The message.</param>
/// <param name="exitCode">What the process ends with.</param>
/// <param name="inner">What lies behind it.</param>
internal sealed class CannotStartException(string sentence, int exitCode = CommandLine.CannotRun, Exception? inner = null) : Exception(sentence, inner)
{
    internal int ExitCode { get; } = exitCode;

    /// <summary>Something must be mended first; all of it is told at once.</summary>
    internal static CannotStartException Faulty(IReadOnlyCollection<string> faults) =>
        new($"Usher cannot start; {(faults.Count == 1 ? "this is" : $"these {faults.Count} things are")} to be mended:\n{string.Join('\n', faults.Select(f => "  " + f))}", CommandLine.MustBeMended);
}
