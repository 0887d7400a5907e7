using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Queueing;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Opening;

/// <summary>Discord told who was added to a ticket's thread.</summary>
/// <param name="Thread">Which thread.</param>
/// <param name="Added">Who.</param>
public sealed record SeeMembersAdded(ChannelId Thread, ValueList<UserId> Added) : Command
{
    // A ticket that moves has two threads; whether its opener is in one that it leaves matters no more.
    internal static Decision Decide(SeeMembersAdded command, Ticket ticket, Context context) =>
        !ticket.OpenerIsIn && command.Added.Contains(ticket.Opener) && ticket.Former.All(former => former.Channel != command.Thread)
        && (ticket.Move?.To is not { } next || next.Channel == command.Thread)
            ? Decision.That(new OpenerArrived(context.Now)).With(new CancelTimer(Settling.OpenerTimer))
            : Decision.Nothing;
}

/// <summary>From the accepted ticket to the moment when everybody is in it.</summary>
internal static class Settling
{
    internal const string OpenerTimer = "opener-in-thread";

    // Mentioning the opener in the card adds them to a private thread; Discord tells so within a moment.
    // Only when it does not, the one further call is made.
    private static readonly TimeSpan OpenerShouldBeInWithin = TimeSpan.FromSeconds(3);

    internal static Decision HomeMade(Effect effect, Outcome outcome, Ticket? ticket, Context context) => (outcome, ticket) switch
    {
        (Done { Channel: { } channel, Name: var name }, { Status: TicketStatus.Opening }) => Furnish(effect, ticket, channel, name, context),
        (Done { Channel: { } channel }, { IsOpen: false, Home.Channel: null }) => Decision.That(new HomeCreated(context.Now, channel)).Then(Remove(ticket, channel)),
        (CannotBeDone cannot, { Status: TicketStatus.Opening }) => Overflow.Instead(effect, cannot, ticket, context.Settings) switch
        {
            CreateThread thread => Decision.That(new HomeBecameThread(context.Now)).Then(thread),
            { } other => Decision.Nothing.Then(other),
            null when Overflow.Waits(effect, cannot, ticket, context.Settings) => Decision.That(new TicketQueued(context.Now, cannot.Reason)),
            null => Fail(ticket, cannot, context),
        },
        _ => Decision.Nothing,
    };

    internal static Decision RoomMade(MakeRoom effect, Outcome outcome, Ticket? ticket, Context context) => (outcome, ticket) switch
    {
        // It lives somewhere already, and the room is for its moving.
        (_, { Home.Channel: not null }) => Decision.Nothing,
        (Done { Channel: { } category }, { Status: TicketStatus.Opening }) when context.Settings.Department(ticket.Department) is { Home.Kind: HomeKind.Channel } department =>
            Decision.Nothing.Then((CreateChannel)OpenTicket.CreateHome(department, ticket.Name, ticket.Number, ticket.Opener, context.Settings) with { Category = category }),
        (Done, { Status: TicketStatus.Opening }) => Fail(ticket, new CannotBeDone(FailureReason.Refused, "The department is gone."), context),
        // Its opener left meanwhile: nobody needs the room.
        (Done { Channel: { } category }, _) => Decision.Nothing.Then(new RemoveCategory(category)),
        _ => HomeMade(effect, outcome, ticket, context),
    };

    private static Decision Furnish(Effect effect, Ticket ticket, ChannelId channel, string? name, Context context)
    {
        var made = new HomeCreated(context.Now, channel, name, (effect as CreateThread)?.Parent);
        var after = made.ApplyTo(ticket);
        var department = context.Settings.Department(ticket.Department);
        // A form in the ticket comes first: staff is called when there is something to read.
        var staff = department?.Form is { Place: FormPlace.InTicket } ? [] : department?.Called ?? [];
        var decision = Decision.That(made);
        // The category let in whom it lets in; the opener comes besides, before they are mentioned.
        if (effect is CreateChannel { LikeCategory: true }) decision = decision.Then(new ShowChannelTo(channel, ticket.Opener));
        decision = decision.Then(new PostCard(channel, TicketCard.Of(after, context.Settings), new Mentions([ticket.Opener], staff), PostPurpose.TicketCard));
        if (ticket is { OpenedVia: null, Queue: null }) return decision;
        var language = ticket.OpenerLanguage ?? context.Public;
        var said = language.Say(
            ticket switch { { OpenedBy: not null } => "open.for.done", { Queue: not null } => "queue.turn", _ => "open.done" }, ("opener", ticket.Opener.Mention), ("ticket", channel.Mention));
        var link = new Button(language.Say("button.to_ticket"), null, Link: $"https://discord.com/channels/{ticket.Guild}/{channel}", Emoji: "🎫");
        var card = new Card([new Words(said), new Buttons([link])]);
        if (ticket.Queue is null) return decision.Then(Told(ticket.OpenedVia!, card));
        return Waitlist.Tell(ticket, card, context, insist: true) is { } told ? decision.Then(told) : decision;
    }

    // The ticket ended while its home was being made (its opener left, say): an empty home must not stay.
    private static Effect Remove(Ticket ticket, ChannelId channel) =>
        ticket.Home.Kind == HomeKind.Thread ? new CloseThread(channel) : new DeleteChannel(channel);

    private static Decision Fail(Ticket ticket, CannotBeDone cannot, Context context)
    {
        var decision = Decision.That(new OpeningFailed(context.Now, cannot.Reason)).With(new CancelTimers());
        if (ticket.OpenedVia is not { } via) return decision;
        var language = ticket.OpenerLanguage ?? context.Public;
        var text = context.Settings.LogChannel is null ? "open.failed" : "open.failed.told";
        return decision.Then(Told(via, Card.Saying(language.Say(text, ("why", language.Say($"failure.opener.{cannot.Reason}"))))));
    }

    // What comes of a form takes the place of its last step.
    internal static Answer Told(InteractionRef via, Card card) =>
        new(via, via.Waiting == Waiting.Silently ? new ShowCard(card) : new Tell(card));

    internal static Decision CardStands(PostCard effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (effect.Purpose != PostPurpose.TicketCard || ticket is null || ticket.Move?.To?.Channel == effect.In) return Decision.Nothing;
        // Without the card nobody was mentioned: the opener is let in by the further call at once.
        if (outcome is CannotBeDone) return ticket.Home.Kind == HomeKind.Thread ? OpenerStillOutside(ticket, context) : Decision.Nothing;
        if (outcome is not Done { Message: { } message }) return Decision.Nothing;
        var decision = Decision.That(new CardPosted(context.Now, message));
        return ticket is { Home.Kind: HomeKind.Thread, OpenerIsIn: false, OpenerLeft: false, IsOpen: true }
            ? decision.With(new SetTimer(OpenerTimer, context.Now + OpenerShouldBeInWithin))
            : decision;
    }

    // Somebody deleted the card by hand: without its buttons the ticket would be hard to work on.
    internal static Decision CardGone(Effect effect, Outcome outcome, Ticket? ticket, Context context) =>
        outcome is TakenAway && effect is not RefreshCard { Information: true } && ticket is { IsOpen: true, Card: not null, Home: { Channel: { } home, Gone: false } }
            ? Decision.That(new CardLost(context.Now)).Then(new PostCard(home, TicketCard.Of(ticket, context.Settings), Mentions.None, PostPurpose.TicketCard))
            : Decision.Nothing;

    /// <summary>The ticket goes on in another thread, whose card mentions the opener.</summary>
    internal static Decision Moved(HomeMoved moved, Ticket ticket, Context context) =>
        ticket is { Home.Kind: HomeKind.Thread, OpenerIsIn: false, OpenerLeft: false } ? Decision.Nothing.With(new SetTimer(OpenerTimer, context.Now + OpenerShouldBeInWithin)) : Decision.Nothing;

    internal static Decision OpenerStillOutside(Ticket ticket, Context context) =>
        ticket is { OpenerIsIn: false, IsOpen: true, OpenerLeft: false, Home: { Channel: { } thread, Gone: false } }
            ? Decision.That(new OpenerArrived(context.Now)).Then(new AddThreadMember(thread, ticket.Opener))
            : Decision.Nothing;
}
