using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Queueing;

/// <summary>Tickets that wait for room: who comes before whom, and what they are told.</summary>
public static class Waitlist
{
    /// <summary>Whether two tickets wait for the same room: the same channel category, or any place in a guild that is full.</summary>
    public static bool IsSameRoom(Ticket one, Ticket other, DeskSettings settings) =>
        (one.Queue?.Why == FailureReason.GuildFull && other.Queue?.Why == FailureReason.GuildFull) || RoomOf(one.Department, settings) == RoomOf(other.Department, settings);

    /// <summary>A ticket's place among those that wait for the same room, from 1.</summary>
    /// <param name="ticket">One of the queue.</param>
    /// <param name="queue">Everybody who waits in the guild, in order.</param>
    /// <param name="settings">The guild's settings.</param>
    public static int PositionOf(Ticket ticket, IEnumerable<Ticket> queue, DeskSettings settings) =>
        queue.TakeWhile(other => other.Number != ticket.Number).Count(other => IsSameRoom(other, ticket, settings)) + 1;

    /// <summary>Whether somebody who would open a ticket there now would overtake others.</summary>
    internal static bool MustWait(Department department, Context context) =>
        department.Home is { Kind: HomeKind.Channel, OverflowQueue: true } home
        && context.Queue.Any(other => other.Queue?.Why == FailureReason.GuildFull || RoomOf(other.Department, context.Settings) == home.Parent);

    /// <summary>What somebody who waits sees.</summary>
    internal static Card Card(Ticket ticket, int position, Language language, DeskSettings settings)
    {
        var text = language.Say(
            ticket.OpenedBy is null ? "queue.waits" : "queue.waits.for", ("department", settings.Department(ticket.Department)?.Name ?? ticket.Department),
            ("opener", ticket.Opener.Mention), ("position", position.ToString(CultureInfo.InvariantCulture)));
        return new Card([new Words(text), new Buttons([new Button(language.Say("queue.leave"), new Press("leave_queue", ticket.Number, Guild: ticket.Guild))])]);
    }

    /// <summary>Tells the person who asked: where they were answered, as long as Discord lets that be changed, else in private.</summary>
    internal static Effect? Tell(Ticket ticket, Card card, Context context, bool insist) => ticket.OpenedVia switch
    {
        { } via when context.Now < via.At + InteractionRef.Life - Spare => new Answer(via, via.Waiting == Waiting.Silently ? new ShowCard(card) : new Tell(card)),
        _ when insist => new SendDirectMessage(ticket.OpenedBy ?? ticket.Opener, card),
        _ => null,
    };

    // An edit that is begun in time must also arrive in time.
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(30);

    private static ChannelId? RoomOf(string department, DeskSettings settings) => settings.Department(department)?.Home.Parent;
}
