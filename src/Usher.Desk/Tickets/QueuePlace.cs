using Usher.Desk.Effects;

namespace Usher.Desk.Tickets;

/// <summary>A ticket waits for room for its channel.</summary>
/// <param name="At">Since when; who waits longer comes first.</param>
/// <param name="Why">What was full when it was last tried; null when it was not tried yet.</param>
/// <param name="Position">The place that was told last, from 1; 0 before any was.</param>
/// <param name="IsTried">Whether a channel for it is being made now.</param>
public sealed record QueuePlace(DateTimeOffset At, FailureReason? Why, int Position = 0, bool IsTried = false);
