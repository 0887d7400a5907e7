using System.Globalization;
using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Leaving;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Queueing;

/// <summary>There may be room for a ticket that waits.</summary>
public sealed record TryQueued : Command
{
    internal static Decision Decide(TryQueued command, Ticket ticket, Context context)
    {
        if (ticket is not { Status: TicketStatus.Opening, Queue.IsTried: false }) return Decision.Nothing;
        // Whoever waits for a channel was promised one: direct messages are something else.
        if (context.Settings.Department(ticket.Department) is not { Home.Kind: not HomeKind.DirectMessage } department)
        {
            var gone = Decision.That(new OpeningFailed(context.Now, FailureReason.Refused)).With(new CancelTimers());
            return Waitlist.Tell(ticket, Card.Saying(LanguageOf(ticket, context).Say("open.no_department")), context, insist: true) is { } told ? gone.Then(told) : gone;
        }
        var tried = Decision.That(new QueueTried(context.Now));
        // The settings may say otherwise by now.
        if (department.Home.Kind == HomeKind.Thread) tried = tried.And(Decision.That(new HomeBecameThread(context.Now)));
        return tried.Then(OpenTicket.CreateHome(department, ticket.Name, ticket.Number, ticket.Opener, context.Settings));
    }

    internal static Language LanguageOf(Ticket ticket, Context context) => ticket.OpenerLanguage ?? context.Public;
}

/// <summary>The queue moved: whoever waits for this ticket is told their place.</summary>
/// <param name="Position">From 1.</param>
public sealed record TellPosition(int Position) : Command
{
    internal static Decision Decide(TellPosition command, Ticket ticket, Context context)
    {
        if (ticket is not { Status: TicketStatus.Opening, Queue: { } place } || place.Position == command.Position) return Decision.Nothing;
        var moved = Decision.That(new QueueMoved(context.Now, command.Position));
        var isNew = place.Position == 0;
        var card = Waitlist.Card(ticket, command.Position, TryQueued.LanguageOf(ticket, context), context.Settings);
        if (Waitlist.Tell(ticket, card, context, insist: isNew) is { } told) moved = moved.Then(told);
        if (!isNew || context.Settings.LogChannel is not { } log) return moved;
        var line = context.Public.Say(
            "queue.log", ("ticket", ticket.Label), ("department", context.Settings.Department(ticket.Department)?.Name ?? ticket.Department), ("opener", ticket.Opener.Mention),
            ("position", command.Position.ToString(CultureInfo.InvariantCulture)));
        return moved.Then(new PostCard(log, new Card([new Words(line)], 0xF0B132), Mentions.None, PostPurpose.Log));
    }
}

/// <summary>Somebody does not want to wait any longer.</summary>
public sealed record LeaveQueue : Command
{
    internal static Decision Decide(LeaveQueue command, Ticket ticket, Context context)
    {
        var language = context.Private;
        if (ticket is not { Status: TicketStatus.Opening, Queue: not null })
            return Decision.Say(new ShowCard(Card.Saying(ticket.Home.Channel is { } home ? language.Say("queue.over", ("ticket", home.Mention)) : language.Say("queue.left"))));
        return Decision.That(new QueueLeft(context.Now, context.Actor.User)).With(new CancelTimers()) with { Reply = new ShowCard(Card.Saying(language.Say("queue.left"))) };
    }
}

/// <summary>Staff wants to see who waits.</summary>
public sealed record ReadQueue : Command
{
    // Discord takes 4000 characters of text in one message.
    private const int Room = 3800;

    internal static Decision Decide(ReadQueue command, Context context)
    {
        var language = context.Private;
        if (context.Queue.Count == 0) return Decision.Say(new Tell(Card.Saying(language.Say("queue.list.none"))));
        var text = new StringBuilder(language.Say("queue.list", ("count", context.Queue.Count.ToString(CultureInfo.InvariantCulture))));
        foreach (var ticket in context.Queue)
        {
            var line = language.Say(
                "queue.line", ("position", Waitlist.PositionOf(ticket, context.Queue, context.Settings).ToString(CultureInfo.InvariantCulture)), ("ticket", ticket.Label),
                ("department", context.Settings.Department(ticket.Department)?.Name ?? ticket.Department), ("opener", ticket.Opener.Mention), ("when", Moment.Relative(ticket.Queue!.At)));
            if (text.Length + line.Length + 1 > Room) break;
            text.Append('\n').Append(line);
        }
        return Decision.Say(new Tell(Card.Saying(text.ToString())));
    }
}

internal static class QueueingFeature
{
    internal static Feature Feature { get; } = new("Queueing")
    {
        Commands =
        [
            CommandRule.OnTicket<TryQueued>(Permission.Desk, TryQueued.Decide),
            CommandRule.OnTicket<TellPosition>(Permission.Desk, TellPosition.Decide),
            CommandRule.OnTicket<LeaveQueue>(Permission.OpenerOrStaff, LeaveQueue.Decide),
            CommandRule.OnDesk<ReadQueue>(Permission.Staff, ReadQueue.Decide) with { NeedsQueue = true },
        ],
        Facts =
        [
            new FactKind("ticket_queued", QueueingJson.Default.TicketQueued),
            new FactKind("queue_moved", QueueingJson.Default.QueueMoved),
            new FactKind("queue_tried", QueueingJson.Default.QueueTried),
            new FactKind("queue_left", QueueingJson.Default.QueueLeft),
        ],
        Triggers =
        [
            new Trigger(Door.Button, "leave_queue", _ => new LeaveQueue()) { Waiting = Waiting.Silently },
            new Trigger(Door.Slash, "queue", _ => new ReadQueue()),
            new Trigger(Door.Typed, "queue", _ => new ReadQueue()),
        ],
        Reactions = [Reaction.On<OpenerLeft>(Gone)],
    };

    // Nobody is there for whom the ticket could open.
    private static Decision Gone(OpenerLeft fact, Ticket ticket, Context context) =>
        ticket is { Status: TicketStatus.Opening, Queue: not null } ? Decision.That(new QueueLeft(context.Now, ticket.Opener)).With(new CancelTimers()) : Decision.Nothing;
}
