using Usher.Desk.Effects;

namespace Usher.Desk.Engine;

/// <summary>What somebody wants: a click, a typed command, an API call, a due timer, an event on Discord. Named in the imperative.</summary>
public abstract record Command;

/// <summary>An effect came to its end. The one command that any feature may answer.</summary>
/// <param name="Effect">What was to be done.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record EndEffect(Effect Effect, Outcome Outcome) : Command;

/// <summary>A timer of a ticket is due.</summary>
/// <param name="Name">The timer's name.</param>
public sealed record FireTimer(string Name) : Command;
