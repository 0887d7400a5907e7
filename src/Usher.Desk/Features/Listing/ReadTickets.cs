using System.Text;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Listing;

/// <summary>Somebody wants to see tickets: staff those of their departments, everybody else their own.</summary>
/// <param name="Status"><c>open</c>, <c>closed</c>; null for both.</param>
public sealed record ReadTickets(string? Status) : Command
{
    internal const string Open = "open";
    internal const string Closed = "closed";

    private const int Most = 20;

    // Discord takes 4000 characters of text in one message.
    private const int Room = 3800;

    internal static Decision Decide(ReadTickets command, Context context)
    {
        var language = context.Private;
        if (command.Status is not (null or Open or Closed)) return Decision.Refuse("list.status", language.Say("list.status"));
        if (context.Listed.Count == 0) return Tell(Card.Saying(language.Say("list.none")));
        var text = new StringBuilder();
        var shown = 0;
        foreach (var ticket in context.Listed.Take(Most))
        {
            var line = TicketLines.Line(ticket, context);
            if (text.Length + line.Length > Room) break;
            text.Append(line).Append('\n');
            shown++;
        }
        if (shown < context.Listed.Count) text.Append(language.Say("list.more"));
        var heading = language.Say(Access.IsStaff(context.Actor, context.Settings, ticket: null) ? "list.staff" : "list.mine");
        return Tell(new Card([new Words(heading), new Line(), new Words(text.ToString().TrimEnd())]));
    }

    // One more than is shown tells whether there are more.
    internal static TicketList Wanted(Command command, Context context)
    {
        bool? isOpen = ((ReadTickets)command).Status switch { Open => true, Closed => false, _ => null };
        var (actor, settings) = (context.Actor, context.Settings);
        if (Access.IsManager(actor, settings)) return new TicketList(null, null, isOpen, Most + 1);
        var departments = settings.Departments.Where(department => Access.IsStaffOf(actor, settings, department)).Select(department => department.Key).ToValueList();
        return departments.Count > 0 ? new TicketList(departments, null, isOpen, Most + 1) : new TicketList(null, actor.User, isOpen, Most + 1);
    }

    // Whatever is typed where others read is answered where they do not.
    internal static Decision Tell(Card card) => Decision.Say(new Tell(card, Secret: true));
}
