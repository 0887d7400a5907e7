using Usher.Desk.Engine;

namespace Usher.Storage;

/// <summary>How a store is opened.</summary>
/// <param name="DatabaseUrl"><c>sqlite:PATH</c>; folders on the way are made.</param>
/// <param name="Rules">The features, which know how facts are written.</param>
/// <param name="Time">The clock.</param>
public sealed record StoreOptions(string DatabaseUrl, DeskRules Rules, TimeProvider Time)
{
    /// <summary>How long a write waits while another program holds the database's lock; never less than a second.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether every commit waits for the disk itself. Without it a killed process loses nothing, for what was committed is with
    /// the operating system; a power cut may lose the last moment (the database stays whole).
    /// </summary>
    public bool SurvivesPowerCut { get; init; }
}
