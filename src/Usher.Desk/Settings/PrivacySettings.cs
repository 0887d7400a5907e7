using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Settings;

/// <summary>What a guild decided about what it keeps of people.</summary>
public sealed record PrivacySettings
{
    /// <summary>Roles that may have a member's data erased, besides the managers.</summary>
    public ValueList<RoleId> Roles { get; init; }

    /// <summary>How long after it was made the link to what is kept of somebody shows it.</summary>
    public TimeSpan LinksExpireAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Where the second person is asked; the log channel when null.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>What must stay for a time, whoever wants it gone.</summary>
    public ValueList<KeepRule> Keep { get; init; }

    /// <summary>The rule that keeps a ticket at that moment, of several the one that keeps it longest; null when none does.</summary>
    public KeepRule? KeeperOf(Ticket ticket, DateTimeOffset now) =>
        Keep.Where(rule => rule.Holds(ticket.Department) && (ticket.Closing is not { } closing || closing.At + rule.For > now)).MaxBy(rule => rule.For);
}

/// <summary>Tickets that must be kept for a time.</summary>
/// <param name="Departments">The keys of the departments; empty for all.</param>
/// <param name="For">How long after closing.</param>
/// <param name="Reason">Why, in words that whoever decides and whoever asked can read.</param>
public sealed record KeepRule(ValueList<string> Departments, TimeSpan For, string Reason)
{
    /// <summary>Whether it is about that department.</summary>
    public bool Holds(string department) => Departments.Count == 0 || Departments.Contains(department);
}
