using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Inviting;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Calling;

/// <summary>Staff wants to talk: a voice channel is made for the people of the ticket.</summary>
public sealed record StartCall : Command
{
    internal static Decision Decide(StartCall command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        if (ticket.Call is { } call)
        {
            return call.Channel is { } there
                ? Decision.Refuse("call.there", context.Private.Say("call.there", ("call", there.Mention)))
                : Decision.Refuse("call.opening", context.Private.Say("call.opening"));
        }
        var department = context.Settings.Department(ticket.Department);
        var category = ticket.Home.Kind == HomeKind.Channel && department is { Home.Kind: HomeKind.Channel } ? department.Home.Parent : null;
        var roles = context.Settings.WhoSees(department);
        var decision = Decision.That(new CallWanted(context.Now, context.Actor.User))
            .Then(new CreateVoiceChannel(category, ticket.Name, [ticket.Opener, .. ticket.Added.Select(added => added.User)], roles));
        // Typed in the ticket, the line with the link is the answer.
        return context.Interaction is null ? decision : decision.Telling(context.Private.Say("call.opening"));
    }
}

/// <summary>Somebody came into a guild's voice channels, went to another or left.</summary>
/// <param name="User">Who.</param>
/// <param name="IsIn">Whether they are in the ticket's voice channel now.</param>
public sealed record SeeVoice(UserId User, bool IsIn) : Command
{
    internal static Decision Decide(SeeVoice command, Ticket ticket, Context context)
    {
        if (ticket.Call is not { Channel: not null } call || call.People.Contains(command.User) == command.IsIn) return Decision.Nothing;
        if (command.IsIn) return Decision.That(new CallJoined(context.Now, command.User)).With(new CancelTimer(Calls.EmptyTimer));
        var left = Decision.That(new CallLeft(context.Now, command.User));
        return call.People.Count == 1 ? left.With(new SetTimer(Calls.EmptyTimer, context.Now + Calls.Patience)) : left;
    }
}

/// <summary>Discord told who is in the ticket's voice channel, whole.</summary>
/// <param name="People">Everybody in it.</param>
public sealed record SeeCall(ValueList<UserId> People) : Command
{
    internal static Decision Decide(SeeCall command, Ticket ticket, Context context)
    {
        if (ticket.Call is not { Channel: not null } call) return Decision.Nothing;
        var joined = command.People.Where(user => !call.People.Contains(user)).Select(Fact (user) => new CallJoined(context.Now, user));
        var left = call.People.Where(user => !command.People.Contains(user)).Select(Fact (user) => new CallLeft(context.Now, user));
        var decision = Decision.That([.. joined, .. left]);
        if (decision.Facts.Count == 0) return Decision.Nothing;
        return decision.With(command.People.Count > 0 ? new CancelTimer(Calls.EmptyTimer) : new SetTimer(Calls.EmptyTimer, context.Now + Calls.Patience));
    }
}

/// <summary>The voice channel was deleted on Discord.</summary>
public sealed record LoseCall : Command
{
    internal static Decision Decide(LoseCall command, Ticket ticket, Context context) =>
        ticket.Call is null ? Decision.Nothing : Decision.That(new CallEnded(context.Now)).With(new CancelTimer(Calls.EmptyTimer));
}

/// <summary>From the voice channel's making to its end.</summary>
internal static class Calls
{
    internal const string EmptyTimer = "call-empty";

    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // So late comes only the timer of a program that did not run meanwhile.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    internal static Decision Made(CreateVoiceChannel effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket is not { Call: { Channel: null } call }) return Decision.Nothing;
        switch (outcome)
        {
            case Done { Channel: { } channel } when !ticket.IsOpen:
                return Decision.That(new CallEnded(context.Now)).Then(new EndCall(channel));
            case Done { Channel: { } channel }:
                return Decision.That(new CallOpened(context.Now, channel))
                    .With(new SetTimer(EmptyTimer, context.Now + Patience))
                    // Who was added while it was being made.
                    .Then([.. ticket.Added.Where(added => added.IsIn && !effect.Members.Contains(added.User)).Select(Effect (added) => new ShowChannelTo(channel, added.User, ToTalk: true))])
                    .Then(Line(ticket, context.Public.Say("call.line", ("by", call.By.Mention), ("call", channel.Mention))));
            case CannotBeDone cannot:
                var ended = Decision.That(new CallEnded(context.Now));
                return ticket.IsOpen ? ended.Then(Line(ticket, context.Public.Say("call.failed", ("why", FailureWords.Why(cannot, context.Public))))) : ended;
            default:
                return Decision.Nothing;
        }
    }

    internal static Decision StillEmpty(Ticket ticket, Context context)
    {
        if (ticket.Call is not { Channel: { } channel, People.Count: 0 } call) return Decision.Nothing;
        // Nobody listened for a while, and Discord is still to tell who came: the minutes are counted anew.
        if (context.Now - call.EmptySince > Patience + Late)
            return Decision.That(new CallFoundEmpty(context.Now)).With(new SetTimer(EmptyTimer, context.Now + Patience));
        return Decision.That(new CallEnded(context.Now)).Then(new EndCall(channel));
    }

    internal static Decision TicketEnded(TicketClosed closed, Ticket ticket, Context context) =>
        ticket.Call is { Channel: { } channel } ? Decision.That(new CallEnded(context.Now)).Then(new EndCall(channel)) : Decision.Nothing;

    /// <summary>Whoever comes into the ticket may come into its call.</summary>
    internal static Decision Arrived(MemberArrived arrived, Ticket ticket, Context context) =>
        ticket.Call is { Channel: { } channel } ? Decision.Nothing.Then(new ShowChannelTo(channel, arrived.User, ToTalk: true)) : Decision.Nothing;

    /// <summary>Whoever is taken out of the ticket may come into its call no more.</summary>
    internal static Decision Gone(MemberGone gone, Ticket ticket, Context context) =>
        ticket.Call is { Channel: { } channel } ? Decision.Nothing.Then(new HideChannelFrom(channel, gone.User)) : Decision.Nothing;

    /// <summary>Another department has the ticket: its staff may come into the call, the staff of before no more.</summary>
    internal static Decision Transferred(TicketTransferred fact, Ticket ticket, Context context) =>
        ticket.Call is { Channel: { } channel }
            ? Decision.Nothing.Then(new MoveChannel(
                channel, null, [ticket.Opener, .. ticket.Added.Select(added => added.User)], context.Settings.WhoSees(context.Settings.Department(ticket.Department)), ToTalk: true))
            : Decision.Nothing;

    private static PostCard Line(Ticket ticket, string words) => new(ticket.Home.Channel!.Value, Card.Saying(words), Mentions.None, PostPurpose.Line);
}
