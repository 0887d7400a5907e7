using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Transferring;

/// <summary>Staff wants another department to go on with the ticket: a select of the departments is shown.</summary>
public sealed record AskForDepartment : Command
{
    // Discord takes 25 options of 100 characters.
    private const int MostOptions = 25;
    private const int LongestLabel = 100;

    internal static Decision Decide(AskForDepartment command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        var others = context.Settings.Departments.Where(department => department.Key != ticket.Department).Take(MostOptions).Select(Option).ToValueList();
        if (others.Count == 0) return Decision.Refuse("transfer.none", context.Private.Say("transfer.none"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(context.Private.Say("transfer.ask", ("ticket", ticket.Label))),
            new Choice(new Press("transfer_to", ticket.Number), ChoiceAmong.Options, context.Private.Say("transfer.hint")) { Options = others },
        ])));
    }

    private static ChoiceOption Option(Department department) =>
        new(department.Key, department.Name.CutTo(LongestLabel), department.Description?.CutTo(LongestLabel), department.Emoji);
}

/// <summary>
/// Another department goes on with the ticket. Where its tickets live in the same way, the ticket keeps its home: a channel is shown to the new staff
/// and no more to the old, and goes under the new channel category. Where they live otherwise, the ticket moves (<see cref="Moving"/>).
/// </summary>
/// <param name="Department">The other department's key or name.</param>
public sealed record TransferTicket(string Department) : Command
{
    internal static Decision Decide(TransferTicket command, Ticket ticket, Context context)
    {
        if (!OpenHome.OrDirect(ticket, context, out var home, out var refused)) return refused;
        if (Find(command.Department, context.Settings) is not { } target)
            return Decision.Refuse("transfer.unknown", context.Private.Say("transfer.unknown", ("departments", string.Join(", ", context.Settings.Departments.Select(d => $"`{d.Key}`")))));
        if (target.Key == ticket.Department) return Decision.Refuse("transfer.same", context.Private.Say("transfer.same", ("department", target.Name)));
        // What was said in private must not come to stand where others read, nor the other way round.
        if (ticket.IsHomeless != (target.Home.Kind == HomeKind.DirectMessage))
            return Decision.Refuse("transfer.homeless", context.Private.Say(ticket.IsHomeless ? "transfer.homeless.from" : "transfer.homeless.to", ("department", target.Name)));
        var there = context.OpenTickets.Where(open => open.Department == target.Key && open.Number != ticket.Number).ToList();
        if (there.Count >= Math.Max(1, target.OpenPerMember))
        {
            return Decision.Refuse("transfer.limit", context.Private.Say(
                "transfer.limit", ("opener", ticket.Opener.Mention), ("department", target.Name), ("ticket", there[^1].Mention)));
        }

        var transferred = new TicketTransferred(context.Now, context.Actor.User, ticket.Department, target.Key, Slots.Free(there));
        // That it moves is true before the transfer: who answers that sees it.
        var decision = Moving.Begin(ticket, target, context) is { } move
            ? Decision.That(move, transferred).Then(Moving.Make(ticket, target, move.Name, context.Settings))
            : Decision.That(transferred).And(Staying.Here(ticket, home ?? default, target, new Transfer(context.Actor.User, ticket.Department), Moving.WhyNot(ticket, target, context), context));
        // The new department's staff decides anew who takes it on.
        if (ticket.Claim is not null) decision = decision with { Facts = decision.Facts.Add(new TicketUnclaimed(context.Now, context.Actor.User)) };
        // Typed in the ticket, the line there is the answer.
        if (context.Interaction is null) return decision;
        return decision.Telling(context.Private.Say(decision.Facts[0] is HomeMoveBegan ? "transfer.moves" : "transfer.done", ("department", target.Name)));
    }

    private static Department? Find(string word, DeskSettings settings) =>
        settings.Department(word.ToLowerInvariant()) ?? settings.Departments.FirstOrDefault(d => d.Name.Equals(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A transfer as its line tells it.</summary>
/// <param name="By">Who gave the ticket away.</param>
/// <param name="From">The key of the department that had it.</param>
internal sealed record Transfer(UserId By, string From);

/// <summary>The new department comes to where the ticket is: into a channel by being let in, into a thread by being mentioned.</summary>
internal static class Staying
{
    /// <summary>The ticket's home stays, and the new staff is let in and called.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="home">Its thread or channel.</param>
    /// <param name="target">The new department; null when the settings name it no more.</param>
    /// <param name="transfer">Who did it, and whence.</param>
    /// <param name="why">Why it stays, where it ought to have moved; null where it need not.</param>
    /// <param name="context">Now.</param>
    internal static Decision Here(Ticket ticket, ChannelId home, Department? target, Transfer transfer, CannotBeDone? why, Context context)
    {
        var from = context.Settings.Department(transfer.From);
        var decision = Decision.Nothing;
        if (target is not null && ticket.Home.Kind == HomeKind.Channel && !IsSeenByTheSame(from, target)) decision = decision.Then(Move(ticket, home, from, target, context.Settings));
        var called = target?.Called ?? [];
        var line = Line(ticket, transfer, target, string.Join(' ', called.Select(role => role.Mention)), context).TrimEnd();
        if (ticket.IsHomeless)
        {
            // The new staff is in no place of the ticket's: it reads where staff reads.
            decision = decision.Then(new RefreshCard());
            return context.Settings.LogChannel is { } log
                ? decision.Then(new PostCard(log, Card.Saying($"**{ticket.Label}** {line}"), new Mentions([], called), PostPurpose.Log))
                : decision;
        }
        if (why is not null) line += "\n-# " + context.Public.Say($"transfer.stays.{ticket.Home.Kind}", ("why", FailureWords.Why(why, context.Public)));
        return decision.Then(new PostCard(home, Card.Saying(line), new Mentions([], called), PostPurpose.Line), new RefreshCard());
    }

    /// <summary>Who transferred it, from where to where.</summary>
    internal static string Line(Ticket ticket, Transfer transfer, Department? target, string staff, Context context) => context.Public.Say(
        "transfer.line", ("by", transfer.By.Mention), ("from", context.Settings.Department(transfer.From)?.Name ?? transfer.From), ("to", target?.Name ?? ticket.Department), ("staff", staff));

    private static MoveChannel Move(Ticket ticket, ChannelId home, Department? from, Department target, DeskSettings settings)
    {
        var category = target.Home is { Kind: HomeKind.Channel, Parent: { } parent } && parent != from?.Home.Parent ? parent : (ChannelId?)null;
        var model = target.Permissions == ChannelPermissions.Category ? target.Home.Parent : null;
        return new MoveChannel(home, category, Moving.PeopleOf(ticket), settings.WhoSees(target), model);
    }

    // One category lets in whom it lets in, whichever department has the ticket.
    private static bool IsSeenByTheSame(Department? from, Department target) =>
        from is { Permissions: ChannelPermissions.Category } && target.Permissions == ChannelPermissions.Category && from.Home.Parent == target.Home.Parent;

    internal static Decision Ended(MoveChannel effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (outcome is not CannotBeDone cannot || ticket is not { IsOpen: true } || effect.ToTalk) return Decision.Nothing;
        // A category that is full or gone keeps the new staff from nothing but the place in the list.
        if (cannot.Reason is FailureReason.CategoryFull or FailureReason.ChannelGone)
        {
            return effect is { Category: null, LikeCategory: null }
                ? Decision.Nothing
                : Decision.Nothing.Then(effect with { Category = null, LikeCategory = cannot.Reason == FailureReason.ChannelGone ? null : effect.LikeCategory });
        }
        var line = context.Public.Say("transfer.failed", ("why", FailureWords.Why(cannot, context.Public)));
        return Decision.Nothing.Then(new PostCard(effect.Channel, Card.Saying(line), Mentions.None, PostPurpose.Line));
    }
}
