using Usher.Desk.Engine;

namespace Usher.Storage;

/// <summary>How a store is opened.</summary>
/// <param name="DatabaseUrl"><c>sqlite:PATH</c>, where folders on the way are made, or <c>postgres://user:password@host/database</c>.</param>
/// <param name="Rules">The features, which know how facts are written.</param>
/// <param name="Time">The clock.</param>
public sealed record StoreOptions(string DatabaseUrl, DeskRules Rules, TimeProvider Time)
{
    /// <summary>How long a write waits while another program holds the database's lock; never less than a second.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long PostgreSQL gives up a statement; SQLite never does.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether every commit to SQLite waits for the disk itself; with PostgreSQL the server's own settings say so. Without it a killed process loses nothing, for what was committed is with
    /// the operating system; a power cut may lose the last moment (the database stays whole).
    /// </summary>
    public bool SurvivesPowerCut { get; init; }
}
