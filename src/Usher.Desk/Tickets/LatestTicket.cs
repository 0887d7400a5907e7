namespace Usher.Desk.Tickets;

/// <summary>When somebody last had to do with a department.</summary>
/// <param name="Department">The department's key.</param>
/// <param name="OpenedAt">When they opened a ticket there last.</param>
/// <param name="ClosedAt">When one of theirs was closed there last; null when none was.</param>
public sealed record LatestTicket(string Department, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt)
{
    /// <summary>The later of both.</summary>
    public DateTimeOffset At => ClosedAt is { } closed && closed > OpenedAt ? closed : OpenedAt;
}
