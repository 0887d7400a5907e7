using System.Text.Json.Serialization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Corresponding;

/// <summary>
/// A ticket without a home in the guild lives in the direct messages between the bot and its opener; where these do not reach them, by the API alone. Staff, which is in neither, reads of it where it
/// reads.
/// </summary>
internal static class Correspondence
{
    internal static Decision Opened(OpenDirectMessages effect, Outcome outcome, Ticket? ticket, Context context) => (outcome, ticket) switch
    {
        // Closed again meanwhile: the card shows it from now on.
        (Done, { IsHomeless: true, IsOpen: false, Home.Channel: not null }) => Decision.Nothing.Then(new RefreshCard()),
        (Done { Channel: { } channel, Message: { } message }, { IsHomeless: true, IsOpen: true }) => Begin(ticket, channel, message, context),
        (CannotBeDone cannot, { IsHomeless: true, IsOpen: true }) => GoOnWithout(ticket, cannot, context),
        _ => Decision.Nothing,
    };

    private static Decision Begin(Ticket ticket, ChannelId channel, MessageId message, Context context)
    {
        var made = new HomeCreated(context.Now, channel);
        var decision = Decision.That(made, new CardPosted(context.Now, message))
            .Changing(new CardKept(TicketCard.Of(made.ApplyTo(ticket), context.Settings), channel, message, context.Now));
        if (ticket.OpenedVia is { } via)
        {
            var language = ticket.OpenerLanguage ?? context.Public;
            var said = new Words(language.Say(ticket.OpenedBy is null ? "direct.open" : "direct.open.for", ("ticket", ticket.Label), ("opener", ticket.Opener.Mention)));
            var link = new Button(language.Say("button.to_ticket"), null, Link: $"https://discord.com/channels/@me/{channel}", Emoji: "🎫");
            // Into somebody else's direct messages no link leads.
            decision = decision.Then(Settling.Told(via, new Card(ticket.OpenedBy is null ? [said, new Buttons([link])] : [said])));
        }
        return StaffLog.Entry(ticket, "direct.log.opened", null, context) is { } entry ? decision.Then(entry) : decision;
    }

    private static Decision GoOnWithout(Ticket ticket, CannotBeDone cannot, Context context)
    {
        var decision = Decision.That(new OpenerUnreached(context.Now, cannot.Reason));
        if (ticket.OpenedVia is { } via)
        {
            var language = ticket.OpenerLanguage ?? context.Public;
            var text = ticket.OpenedBy is null
                ? language.Say("direct.unreached", ("ticket", ticket.Label), ("why", language.Say($"failure.opener.{cannot.Reason}")))
                : language.Say("direct.unreached.for", ("ticket", ticket.Label), ("opener", ticket.Opener.Mention), ("why", FailureWords.Why(cannot, language)));
            decision = decision.Then(Settling.Told(via, Card.Saying(text)));
        }
        return StaffLog.Entry(ticket, "direct.log.unreached", FailureWords.Why(cannot, context.Public), context) is { } entry ? decision.Then(entry) : decision;
    }

    /// <summary>What the desk said in the ticket is kept with it: as it stands in the direct messages, or, where it did not arrive, for those who read by the API.</summary>
    internal static Decision Posted(PostCard effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket is not { IsHomeless: true } || effect.Purpose is not (PostPurpose.Line or PostPurpose.Information)) return Decision.Nothing;
        var isHere = ticket.Home.Channel == effect.In;
        switch (outcome)
        {
            case Done { Message: { } message } when isHere:
                return Decision.Nothing.Changing(new CardKept(effect.Card, effect.In, message, context.Now));
            // Behind the first that did not arrive others may have been on their way.
            case CannotBeDone cannot when isHere || (ticket.Home.Channel is null && cannot.Reason == FailureReason.DirectMessagesClosed):
                var kept = Decision.Nothing.Changing(new CardKept(effect.Card, null, null, context.Now));
                return isHere && ticket is { IsOpen: true, Home.Gone: false } ? kept.And(GoOnWithout(ticket, cannot, context)) : kept;
            default:
                return Decision.Nothing;
        }
    }

    internal static Decision Overheard(HearMessage heard, Ticket ticket, Context context) =>
        context.Actor.IsBot ? Decision.Nothing : Answered(heard.Said?.Text, ticket, context);

    internal static Decision Overheard(ReplyAsOpener reply, Ticket ticket, Context context) => Answered(reply.Text, ticket, context);

    // Once for each turn, also the first, in which staff is waited for from the beginning: it reads what the ticket is about here and nowhere else.
    private static Decision Answered(string? text, Ticket ticket, Context context)
    {
        if (ticket is not { IsHomeless: true, IsOpen: true } || context.Actor.User != ticket.Opener || (ticket.WaitsForStaff && ticket.OpenerHeardAt >= ticket.WaitingSince)) return Decision.Nothing;
        return StaffLog.Entry(ticket, "direct.log.answered", text ?? "", context) is { } entry ? Decision.That(new OpenerHeard(context.Now)).Then(entry) : Decision.Nothing;
    }
}

/// <summary>Staff, which is not where the opener writes, was told what they wrote.</summary>
/// <param name="At">When.</param>
public sealed record OpenerHeard(DateTimeOffset At) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with { OpenerHeardAt = At };
}

/// <summary>The ticket's opener is reached by no direct messages: it goes on by the API alone.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why they are not.</param>
public sealed record OpenerUnreached(DateTimeOffset At, FailureReason Reason) : Fact(At)
{
    /// <inheritdoc/>
    protected override Ticket Change(Ticket ticket) => ticket with
    {
        Home = ticket.Home with { Channel = null, Gone = false },
        Status = ticket.Status == TicketStatus.Opening ? TicketStatus.Open : ticket.Status,
        OpenedVia = null,
        Card = null,
        Information = null,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenerUnreached))]
[JsonSerializable(typeof(OpenerHeard))]
internal sealed partial class CorrespondingJson : JsonSerializerContext;

internal static class CorrespondingFeature
{
    internal static Feature Feature { get; } = new("Corresponding")
    {
        Facts =
        [
            new FactKind("opener_unreached", CorrespondingJson.Default.OpenerUnreached) { Detail = static fact => ((OpenerUnreached)fact).Reason.ToString() },
            new FactKind("opener_heard", CorrespondingJson.Default.OpenerHeard) { IsAudited = false },
        ],
        Listeners = [Listener.To<HearMessage>(Correspondence.Overheard), Listener.To<ReplyAsOpener>(Correspondence.Overheard)],
        Outcomes = [OutcomeRule.Of<OpenDirectMessages>(Correspondence.Opened), OutcomeRule.Of<PostCard>(Correspondence.Posted)],
    };
}
