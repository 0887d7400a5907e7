namespace Usher.Engine.Importing;

/// <summary>What was read of another system.</summary>
/// <param name="Tickets">Its tickets, the oldest first.</param>
/// <param name="Faults">What cannot be taken over.</param>
/// <param name="Elsewhere">How many tickets are another guild's.</param>
public sealed record ReadTickets(IReadOnlyList<ImportedTicket> Tickets, IReadOnlyList<SourceFault> Faults, int Elsewhere);
