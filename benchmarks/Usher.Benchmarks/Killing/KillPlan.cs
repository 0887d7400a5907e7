namespace Usher.Benchmarks.Killing;

/// <summary>How hard it is tried.</summary>
/// <param name="Tickets">How many tickets live from click to transcript.</param>
/// <param name="Kills">How often the program is killed meanwhile.</param>
/// <param name="Seed">Of every choice; what the machine's own timing does cannot be seeded.</param>
internal sealed record KillPlan(int Tickets, int Kills, int Seed)
{
    /// <summary>How many tickets are worked on at the same time, each by a staff member of its own.</summary>
    internal int AtOnce { get; init; } = 16;

    /// <summary>How long a click that was acknowledged may take to show in Discord, with all the kills in between.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long what is left may take after the last start.</summary>
    internal TimeSpan SettlesWithin { get; init; } = TimeSpan.FromMinutes(2);
}
