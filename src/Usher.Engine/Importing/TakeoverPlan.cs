using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Importing;

/// <summary>What is to be done about one ticket of another system.</summary>
/// <param name="Old">The ticket there.</param>
/// <param name="Department">Its department here.</param>
/// <param name="Here">The ticket that it is here already; null when it is new.</param>
/// <param name="IsGoneOnWith">Whether people went on with it here.</param>
/// <param name="Messages">What was said in it that the archive does not have, and the ids that it gets.</param>
/// <param name="Facts">What is new of one that is here.</param>
public sealed record TakeoverStep(
    ImportedTicket Old, Department Department, Ticket? Here, bool IsGoneOnWith, IReadOnlyList<(ImportedMessage Message, MessageId Id)> Messages, ValueList<PastFact> Facts)
{
    /// <summary>Whether there is anything to do.</summary>
    public bool ChangesAnything => Here is null || Messages.Count > 0 || Facts.Count > 0;
}

/// <summary>What is to be done about all of them.</summary>
/// <param name="Steps">Ticket by ticket, the oldest first.</param>
/// <param name="Faults">What cannot be taken over.</param>
/// <param name="Elsewhere">How many tickets are another guild's.</param>
public sealed record TakeoverPlan(IReadOnlyList<TakeoverStep> Steps, IReadOnlyList<SourceFault> Faults, int Elsewhere)
{
    /// <summary>The tickets that are not here yet.</summary>
    public IEnumerable<TakeoverStep> New => Steps.Where(step => step.Here is null);

    /// <summary>The tickets that are here, of which something is new.</summary>
    public IEnumerable<TakeoverStep> Renewed => Steps.Where(step => step is { Here: not null, ChangesAnything: true });

    /// <summary>How many are here, and nothing is new of them.</summary>
    public int Known => Steps.Count(step => !step.ChangesAnything);
}
