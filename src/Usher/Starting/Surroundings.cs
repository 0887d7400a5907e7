namespace Usher.Starting;

/// <summary>What verbs that need no settings take from the environment.</summary>
internal static class Surroundings
{
    /// <summary>The environment, filled up from <c>.env</c>, and how to log.</summary>
    /// <param name="unsaid">The level from which to log when nobody said so.</param>
    /// <exception cref="CannotStartException">Something in it must be mended.</exception>
    internal static (IReadOnlyDictionary<string, string> Environment, LoggingChoice Logging) Read(LogLevel unsaid)
    {
        var faults = new List<string>();
        var environment = EnvironmentFile.Read(Directory.GetCurrentDirectory(), faults);
        var logging = LoggingChoice.Read(environment, unsaid, faults);
        new Variables(environment, faults).CheckTelemetry();
        return faults.Count == 0 ? (environment, logging) : throw CannotStartException.Faulty(faults);
    }
}
