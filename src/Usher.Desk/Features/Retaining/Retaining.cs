using System.Text.Json.Serialization;
using Usher.Desk.Engine;
using Usher.Desk.Features.Approving;
using Usher.Desk.Features.Asking;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Confirming;
using Usher.Desk.Features.Noting;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Redacting;
using Usher.Desk.People;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Retaining;

/// <summary>The desk takes away what was said in a ticket: the time is over for which it is kept.</summary>
public sealed record RemoveContent : Command
{
    internal static Decision Decide(RemoveContent command, Ticket ticket, Context context) =>
        ticket.IsOpen || ticket.ContentRemovedAt >= (ticket.Closing?.At ?? ticket.OpenedAt) ? Decision.Nothing : Decision.That(new ContentRemoved(context.Now)).Changing(new HistoryEmptied(ticket.Number));
}

/// <summary>What was said in the ticket is not kept any more; that it was there, whose it was and when, is.</summary>
/// <param name="At">When.</param>
public sealed record ContentRemoved(DateTimeOffset At) : Fact(At)
{
    // What was said is taken out of the facts before this one; the state follows from them.
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { ContentRemovedAt = At };
}

/// <summary>What is left of a ticket's history when what was said in it goes: who did what, and when. Pure.</summary>
public static class ContentRemoval
{
    /// <summary>A fact without anybody's words.</summary>
    public static Fact Of(Fact fact) => fact switch
    {
        TicketOpened opened => opened with { Answers = [], About = null, Subject = null, Description = null, Via = null },
        FormReplaced replaced => replaced with { Answers = [] },
        FormAnswered answered => answered with { Answers = [] },
        TicketRated rated => rated with { Comment = null },
        NoteWritten note => note with { Text = "" },
        MessageRedacted redacted => redacted with { Reason = null },
        TicketClosed closed => closed with { Reason = null },
        ClosingAsked asked => asked with { Reason = null },
        ApprovalAsked asked => asked with { Request = asked.Request with { Answers = [] } },
        ApprovalVoted voted => voted with { Reason = null },
        _ => fact,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ContentRemoved))]
internal sealed partial class RetainingJson : JsonSerializerContext;

internal static class RetainingFeature
{
    internal static Feature Feature { get; } = new("Retaining")
    {
        Commands = [CommandRule.OnTicket<RemoveContent>(Permission.Desk, RemoveContent.Decide)],
        Facts = [new FactKind("content_removed", RetainingJson.Default.ContentRemoved)],
    };
}
