using System.Text.Json.Serialization;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Erasing;

/// <summary>A member was erased from the ticket: two people wanted it so. Whom, nothing in the ticket says any more.</summary>
/// <param name="At">When.</param>
/// <param name="Erasure">The erasure's number.</param>
/// <param name="WasOpener">Whether they had opened it.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="ApprovedBy">Who agreed.</param>
public sealed record MemberErased(DateTimeOffset At, long Erasure, bool WasOpener, Principal AskedBy, Principal ApprovedBy) : Fact(At)
{
    // What the member said is taken out of the facts before this one; the state follows from them.
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => WasOpener ? ticket with { ErasedAt = At } : ticket;
}

/// <summary>The desk erases a member from a ticket, as was agreed.</summary>
/// <param name="Erasure">The erasure.</param>
public sealed record EraseFromTicket(Erasure Erasure) : Command
{
    internal static Decision Decide(EraseFromTicket command, Ticket ticket, Context context)
    {
        if (command.Erasure is not { DecidedBy: { } approvedBy } erasure) return Decision.Nothing;
        var wasOpener = ticket.Opener == erasure.Member;
        // They came back after it was agreed: what they say since is another matter.
        if (wasOpener && ticket.IsOpen) return Decision.Nothing;
        var decision = Decision.That(new MemberErased(context.Now, erasure.Number, wasOpener, erasure.AskedBy, approvedBy)).Changing(new HistoryErased(ticket.Number, erasure.Member));
        return wasOpener ? decision.Then([.. ShownOnDiscord(ticket)]) : ticket is { IsOpen: true, Card: not null } ? decision.Then(new RefreshCard()) : decision;
    }

    // The desk's own messages that show the opener's name and answers, where they still stand.
    private static IEnumerable<Effect> ShownOnDiscord(Ticket ticket)
    {
        if (ticket.Home is { Channel: { } home, Gone: false })
        {
            foreach (var shown in ((MessageId?[])[ticket.Card, ticket.Information]).OfType<MessageId>()) yield return new DeleteMessage(home, shown);
        }
        foreach (var request in ticket.Approvals)
        {
            if (request.Message is { } message) yield return new DeleteMessage(request.Channel, message);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MemberErased))]
internal sealed partial class ErasingJson : JsonSerializerContext;
