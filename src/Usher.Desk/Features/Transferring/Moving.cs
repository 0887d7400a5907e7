using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Queueing;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transferring;

/// <summary>
/// A ticket goes to a department whose tickets live otherwise. Discord can neither make a channel of a thread nor put a thread under another channel: a new home is
/// made as for an opening and gets the card; only when that stands does the ticket live there, and the old home is left (<see cref="OldHome"/>). Until then nothing
/// is given up, and where the new home cannot be made the ticket stays, whole.
/// </summary>
internal static class Moving
{
    /// <summary>That the ticket moves; null when it need not, or cannot (<see cref="WhyNot"/>).</summary>
    internal static HomeMoveBegan? Begin(Ticket ticket, Department target, Context context) =>
        IsNeeded(ticket, target, context.Settings) && WhyNot(ticket, target, context) is null
            ? new HomeMoveBegan(context.Now, context.Actor.User, ticket.Department, NameFor(ticket, target, context))
            : null;

    /// <summary>Why it cannot move although it ought to; null when it can, or need not.</summary>
    internal static CannotBeDone? WhyNot(Ticket ticket, Department target, Context context) =>
        // Whoever waits for room there comes first.
        IsNeeded(ticket, target, context.Settings) && Waitlist.MustWait(target, context) ? new CannotBeDone(FailureReason.CategoryFull, "") : null;

    private static bool IsNeeded(Ticket ticket, Department target, DeskSettings settings) => (ticket.Home.Kind, target.Home.Kind) switch
    {
        (HomeKind.Thread, HomeKind.Thread) => target.Home.Parent != ParentOf(ticket, settings),
        (HomeKind.Channel, HomeKind.Channel) or (HomeKind.DirectMessage, HomeKind.DirectMessage) => false,
        _ => true,
    };

    // Homes of earlier versions do not say where they are.
    private static ChannelId? ParentOf(Ticket ticket, DeskSettings settings) =>
        ticket.Home.Parent ?? (settings.Department(ticket.Department) is { Home: { Kind: HomeKind.Thread, Parent: var parent } } ? parent : null);

    // A name that staff gave goes along, also one that Discord was still to take.
    private static string NameFor(Ticket ticket, Department target, Context context)
    {
        var given = ticket.NextName?.Name ?? (ticket.RenamedAt.Count > 0 ? ticket.Name : null);
        var name = given is null ? "" : HomeName.Cleaned(target.Home.Kind, given);
        return name.Length > 0 ? name : HomeName.For(target, ticket.Number, ticket.OpenerName, context.Letters);
    }

    /// <summary>Makes the new home, for everybody who is in the ticket.</summary>
    internal static Effect Make(Ticket ticket, Department target, string name, DeskSettings settings) =>
        OpenTicket.CreateHome(target, name, ticket.Number, ticket.Opener, settings) switch
        {
            CreateChannel { LikeCategory: false } create => create with { Members = PeopleOf(ticket) },
            var create => create,
        };

    /// <summary>The people of the ticket besides staff. Who left the guild is let in again when they come back.</summary>
    internal static ValueList<UserId> PeopleOf(Ticket ticket)
    {
        var added = ticket.Added.Select(added => added.User);
        return (ticket.OpenerLeft ? added : added.Prepend(ticket.Opener)).ToValueList();
    }

    internal static Decision Made(Effect effect, Outcome outcome, Ticket? ticket, Context context)
    {
        // Without a home it is an opening's.
        if (ticket is not { Home.Channel: not null, Move: { To: null } move }) return Decision.Nothing;
        return outcome switch
        {
            Done { Channel: { } channel } done => Furnish(effect, ticket, channel, done.Name, context),
            CannotBeDone cannot => Instead(effect, cannot, ticket, move, context) is { } other ? Decision.Nothing.Then(other) : Fail(ticket, cannot, context),
            _ => Decision.Nothing,
        };
    }

    internal static Decision RoomMade(MakeRoom effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket is not { Home.Channel: not null, Move: { To: null } move }) return Decision.Nothing;
        if (outcome is not Done { Channel: { } category }) return Made(effect, outcome, ticket, context);
        return ticket.IsOpen && context.Settings.Department(ticket.Department) is { Home.Kind: HomeKind.Channel } department
            ? Decision.Nothing.Then((CreateChannel)Make(ticket, department, move.Name, context.Settings) with { Category = category })
            : Fail(ticket, new CannotBeDone(FailureReason.Refused, "The department is gone."), context).Then(new RemoveCategory(category));
    }

    // There is no queue for one who has a place already, and no use in leaving a thread for a thread that is but a makeshift.
    private static Effect? Instead(Effect effect, CannotBeDone cannot, Ticket ticket, HomeMove move, Context context) =>
        !ticket.IsOpen ? null : Overflow.Instead(effect, cannot, ticket, context.Settings) switch
        {
            CreateThread when ticket.Home.Kind == HomeKind.Thread => null,
            CreateThread thread => thread with { Name = move.Name },
            var other => other,
        };

    private static Decision Furnish(Effect effect, Ticket ticket, ChannelId channel, string? name, Context context)
    {
        var made = effect is CreateThread thread
            ? new NewHomeMade(context.Now, HomeKind.Thread, channel, thread.Parent, name)
            : new NewHomeMade(context.Now, HomeKind.Channel, channel, null, name);
        if (!ticket.IsOpen) return Decision.That(made).And(Drop(made.ApplyTo(ticket), context));
        var decision = Decision.That(made);
        if (effect is CreateChannel { LikeCategory: true })
            decision = decision.Then([.. PeopleOf(ticket).Select(Effect (user) => new ShowChannelTo(channel, user))]);
        var staff = context.Settings.Department(ticket.Department)?.Called ?? [];
        return decision.Then(new PostCard(channel, TicketCard.Of(made.ApplyTo(ticket), context.Settings), new Mentions([ticket.Opener], staff), PostPurpose.TicketCard));
    }

    /// <summary>The card stands in the new home: from now on the ticket lives there.</summary>
    internal static Decision CardStands(PostCard effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (effect.Purpose != PostPurpose.TicketCard || ticket is not { Move: { To: { Channel: { } next } to } } || next != effect.In) return Decision.Nothing;
        return outcome switch
        {
            Done when !ticket.IsOpen => Drop(ticket, context),
            Done { Message: { } message } => Decision.That(new HomeMoved(context.Now, message, OldHome.UntilOf(ticket.Home, context.Now)))
                .And(OldHome.Begin(ticket, next, context))
                // A channel was made for them; into a thread everybody is brought one by one, the opener and staff by the card.
                .Then([.. to.Kind == HomeKind.Thread ? ticket.Added.Select(Effect (added) => new AddThreadMember(next, added.User)) : []]),
            CannotBeDone cannot => Fail(ticket, cannot, context),
            _ => Decision.Nothing,
        };
    }

    /// <summary>The new home was deleted by hand before the ticket lived there.</summary>
    internal static Decision Lost(ChannelId home, Ticket ticket, Context context) =>
        ticket.Move?.To?.Channel == home ? Fail(ticket, new CannotBeDone(FailureReason.ChannelGone, "It was deleted."), context) : Decision.Nothing;

    // The ticket stays with its new department where it is: whoever reads there hears why.
    private static Decision Fail(Ticket ticket, CannotBeDone cannot, Context context)
    {
        var decision = Drop(ticket, context, isGone: cannot.Reason == FailureReason.ChannelGone);
        if (ticket is not { IsOpen: true, Move: { } move, Home: { Channel: { } home, Gone: false } }) return decision;
        return decision.And(Staying.Here(ticket, home, context.Settings.Department(ticket.Department), new Transfer(move.By, move.From), cannot, context));
    }

    // What was made of the new home must not stand about empty.
    private static Decision Drop(Ticket ticket, Context context, bool isGone = false)
    {
        var failed = Decision.That(new HomeMoveFailed(context.Now));
        if (ticket.Move?.To is not { Channel: { } made } to) return failed;
        return isGone ? failed.And(Decision.That(new FormerHomeGone(context.Now, made))) : failed.Then(to.Kind == HomeKind.Thread ? new CloseThread(made) : new DeleteChannel(made));
    }
}
