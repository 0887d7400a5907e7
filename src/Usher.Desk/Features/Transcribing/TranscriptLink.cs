using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Reopening;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transcribing;

/// <summary>Somebody wants to read a ticket's transcript: its link, or a new one in place of one that has ended.</summary>
public sealed record GiveTranscript : Command
{
    internal static Decision Decide(GiveTranscript command, Ticket ticket, Context context)
    {
        var language = context.Private;
        // Whoever guesses numbers learns nothing of tickets that are not theirs.
        if (!Access.Allows(Permission.OpenerOrStaff, context.Actor, context.Settings, ticket)) return Decision.Refuse("ticket.none", language.Say("refusal.no_ticket"));
        // Without a public address there is nothing that a browser could open, and Discord refuses the whole message.
        if (context.PublicAddress.Length == 0) return Decision.Refuse("transcript.no_address", language.Say("transcript.no_address"));
        var decision = Decision.Nothing;
        if (!TranscriptLinks.Holds(ticket, context.Settings, context.Now))
        {
            var made = new TranscriptLinkMade(context.Now, context.Actor.User, context.Dice);
            decision = Decision.That(made);
            ticket = made.ApplyTo(ticket);
        }
        // Whatever is typed where others read is answered where they do not.
        return decision with { Reply = new Tell(Told(ticket, context), Secret: true) };
    }

    private static Card Told(Ticket ticket, Context context)
    {
        var language = context.Private;
        var end = TranscriptLinks.EndOf(ticket, context.Settings);
        var text = language.Say("transcript.given", ("ticket", ticket.Label)) + "\n"
            + (end is { } until ? language.Say("transcript.until", ("when", Moment.Full(until))) : language.Say("transcript.passed_on"));
        return new Card([new Words(text), new Buttons([new Button(language.Say("button.transcript"), null, Link: context.TranscriptAddress(ticket))])]);
    }
}

/// <summary>Staff takes back the address at which a ticket's transcript is read. Whoever may read it gets another when they ask.</summary>
public sealed record RevokeTranscript : Command
{
    internal static Decision Decide(RevokeTranscript command, Ticket ticket, Context context) =>
        Decision.That(new TranscriptLinkRevoked(context.Now, context.Actor.User, context.Dice)).Telling(context.Private.Say("revoke.done", ("ticket", ticket.Label)));
}

/// <summary>A transcript has a new address, since the one before had ended.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who asked for it; the desk where it goes on with a reopened ticket.</param>
/// <param name="Token">What the new address ends in: unguessable.</param>
public sealed record TranscriptLinkMade(DateTimeOffset At, UserId By, string Token) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { TranscriptToken = Token, LinkMadeAt = At };
}

/// <summary>A transcript's address was taken back: there is another, which nobody was told.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who took it back.</param>
/// <param name="Token">What the new address ends in: unguessable.</param>
public sealed record TranscriptLinkRevoked(DateTimeOffset At, UserId By, string Token) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { TranscriptToken = Token, LinkMadeAt = At };
}

internal static class TranscriptLinkRules
{
    // The links of open tickets hold. One that had ended must not come back to life with its ticket.
    internal static Decision Renew(ReopenTicket command, Ticket ticket, Context context) => TranscriptLinks.Holds(ticket, context.Settings, context.Now)
        ? Decision.Nothing
        : Decision.That(new TranscriptLinkMade(context.Now, context.Actor.User, context.Dice));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TranscriptLinkMade))]
[JsonSerializable(typeof(TranscriptLinkRevoked))]
internal sealed partial class TranscribingJson : JsonSerializerContext;
