using Usher.Desk.Values;

namespace Usher.Desk.People;

/// <summary>Somebody who may open no tickets in the guild.</summary>
/// <param name="User">Who.</param>
/// <param name="Reason">Why, for whoever reads the list and for them; null when nobody said.</param>
/// <param name="By">Who decided so.</param>
/// <param name="At">When.</param>
public sealed record BlockedMember(UserId User, string? Reason, UserId By, DateTimeOffset At);
