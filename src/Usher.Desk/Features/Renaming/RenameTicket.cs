using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Renaming;

/// <summary>Staff wants another name for the ticket: the form opens.</summary>
public sealed record AskForName : Command
{
    internal static Decision Decide(AskForName command, Ticket ticket, Context context) =>
        OpenHome.Of(ticket, context, out _, out var refused)
            ? Decision.Say(new ShowForm(new Form(
                new Press("rename", ticket.Number),
                context.Private.Say("rename.form"),
                [
                    new FormField("name", context.Private.Say("rename.form.name"))
                    {
                        Required = true,
                        Most = HomeName.Longest,
                        Value = ticket.NextName?.Name ?? ticket.Name,
                    },
                ])))
            : refused;
}

/// <summary>Staff gives the ticket's thread or channel another name.</summary>
/// <param name="Name">As written; what Discord does not take is left out.</param>
public sealed record RenameTicket(string Name) : Command
{
    internal const string Timer = "rename";

    internal static Decision Decide(RenameTicket command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out var home, out var refused)) return refused;
        var name = HomeName.Cleaned(ticket.Home.Kind, command.Name);
        if (name.Length == 0) return Decision.Refuse("rename.empty", context.Private.Say("rename.empty"));
        var due = RenameLimit.NextAfter(ticket.RenamedAt, context.Now);
        if (due > context.Now)
        {
            return Plan(new RenamePlanned(context.Now, context.Actor.User, name, due))
                .Telling(context.Private.Say("rename.later", ("name", name), ("when", Moment.Relative(due))));
        }
        var decision = Rename(ticket, home, new TicketRenamed(context.Now, context.Actor.User, name));
        // In a thread Discord itself writes the new name.
        return ticket.Home.Kind == HomeKind.Thread && context.Typed?.Channel == home
            ? decision
            : decision.Telling(context.Private.Say("rename.done", ("name", name)));
    }

    // The name that was wanted last is the one that the ticket gets.
    internal static Decision Due(Ticket ticket, Context context) =>
        // Where it moves to, it begins with that name.
        ticket is { IsOpen: true, Move: null, NextName: { } next, Home: { Channel: { } home, Gone: false } }
            ? Rename(ticket, home, new TicketRenamed(context.Now, next.By, next.Name))
            : Decision.Nothing;

    /// <summary>The ticket stays where it is, with the name that it is still to get.</summary>
    internal static Decision Stays(HomeMoveFailed failed, Ticket ticket, Context context) =>
        ticket is { IsOpen: true, NextName: { } next } ? Decision.Nothing.With(new SetTimer(Timer, next.Due > context.Now ? next.Due : context.Now)) : Decision.Nothing;

    internal static Decision Ended(RenameHome effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket is not { IsOpen: true }) return Decision.Nothing;
        switch (outcome)
        {
            // Somebody else renamed it meanwhile. A name that is wanted already was wanted later.
            case HeldBack held when ticket.NextName is null:
                return Plan(new RenamePlanned(context.Now, effect.By, effect.Name, held.Until))
                    .Then(Line(effect.Home, context.Public.Say("rename.later", ("name", effect.Name), ("when", Moment.Relative(held.Until)))));
            case CannotBeDone { Reason: not FailureReason.ChannelGone } cannot:
                var told = Line(effect.Home, context.Public.Say("rename.failed", ("name", effect.Name), ("why", FailureWords.Why(cannot, context.Public))));
                return (ticket.Name == effect.Name ? Decision.That(new RenameFailed(context.Now, effect.Before)) : Decision.Nothing).Then(told);
            default:
                return Decision.Nothing;
        }
    }

    private static Decision Rename(Ticket ticket, ChannelId home, TicketRenamed renamed) =>
        Decision.That(renamed).Then(new RenameHome(home, ticket.Home.Kind, renamed.Name, ticket.Name, renamed.By));

    private static Decision Plan(RenamePlanned planned) => Decision.That(planned).With(new SetTimer(Timer, planned.Due));

    private static PostCard Line(ChannelId home, string words) => new(home, Card.Saying(words), Mentions.None, PostPurpose.Line);
}

/// <summary>Discord takes two renames of a channel or thread in ten minutes; the desk counts them, so that it can say when the next is possible.</summary>
/// <remarks>https://discord.com/developers/docs/resources/channel#modify-channel</remarks>
internal static class RenameLimit
{
    internal const int Most = 2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Discord counts from when it was asked, the desk from when it decided.
    private static readonly TimeSpan AskedLater = TimeSpan.FromSeconds(5);

    internal static DateTimeOffset NextAfter(ValueList<DateTimeOffset> renamedAt, DateTimeOffset now)
    {
        if (renamedAt.Count < Most) return now;
        var free = renamedAt[^Most] + Window + AskedLater;
        return free > now ? free : now;
    }
}
