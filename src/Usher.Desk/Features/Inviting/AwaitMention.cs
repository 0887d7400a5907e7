using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Replying;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;

namespace Usher.Desk.Features.Inviting;

/// <summary>Staff will name somebody to add or to remove by a mention in their next words in the ticket.</summary>
/// <param name="ToRemove">Whether the person is to be removed.</param>
public sealed record AwaitMention(bool ToRemove) : Command
{
    internal const string Timer = "mention";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    internal static Decision Decide(AwaitMention command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        var until = context.Now + Patience;
        return Decision.That(new MentionAwaited(context.Now, context.Actor.User, command.ToRemove, until))
            .With(new SetTimer(Timer, until))
            .Telling(context.Private.Say(command.ToRemove ? "mention.remove" : "mention.add", ("when", Moment.Relative(until))));
    }

    internal static Decision Overheard(HearMessage heard, Ticket ticket, Context context) =>
        ticket is { IsOpen: true, Awaited: { } awaited } && heard.Mentioned is [var who, ..] && awaited.IsOf(context.Actor.User, context.Now)
        && Access.IsStaff(context.Actor, context.Settings, ticket)
            ? Decision.That(new MemberMentioned(context.Now, who, awaited.ToRemove))
            : Decision.Nothing;

    // What is refused is told in the ticket: the mention itself has no answer of its own.
    internal static Decision Heard(MemberMentioned heard, Ticket ticket, Context context)
    {
        var decision = heard.ToRemove
            ? RemoveMember.Decide(new RemoveMember(heard.Who), ticket, context)
            : AddMember.Decide(new AddMember(heard.Who), ticket, context);
        if (decision.Refusal is { } refusal) decision = Inviting.Say(refusal.Sentence, Mentions.None, ticket);
        return decision.With(new CancelTimer(Timer));
    }

    internal static Decision Over(Ticket ticket, Context context) =>
        ticket is { IsOpen: true, Awaited: { } awaited }
            ? Decision.That(new MentionMissed(context.Now)).And(Inviting.Say(context.Public.Say("mention.over", ("who", awaited.By.Mention)), Mentions.None, ticket))
            : Decision.Nothing;
}
