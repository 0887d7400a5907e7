using Usher.Desk.Settings;
using Usher.Desk.Values;

namespace Usher.Desk.Tickets;

/// <summary>A ticket moves: another thread or channel is being made, in which it goes on. Until that stands, it lives where it did.</summary>
/// <param name="By">Who gave it to another department.</param>
/// <param name="From">The key of the department that had it.</param>
/// <param name="Name">The name of the new thread or channel.</param>
/// <param name="At">Since when.</param>
/// <param name="To">The new thread or channel; null until it is made.</param>
public sealed record HomeMove(UserId By, string From, string Name, DateTimeOffset At, Home? To = null);

/// <summary>A thread or channel in which a ticket lived before. A thread stays to be read; a channel is deleted after a while.</summary>
/// <param name="Kind">Thread or channel.</param>
/// <param name="Channel">The thread or channel.</param>
/// <param name="Until">When it is deleted; null when it stays.</param>
/// <param name="Gone">Whether it was deleted, by the desk or by hand.</param>
public sealed record FormerHome(HomeKind Kind, ChannelId Channel, DateTimeOffset? Until, bool Gone = false);
