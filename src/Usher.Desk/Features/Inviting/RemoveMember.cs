using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Inviting;

/// <summary>Staff wants to remove somebody: a select of those who were added is shown.</summary>
public sealed record AskWhomToRemove : Command
{
    // Discord takes 25 options of 100 characters; who was added last is the likeliest.
    private const int MostOptions = 25;
    private const int LongestLabel = 100;

    internal static Decision Decide(AskWhomToRemove command, Ticket ticket, Context context)
    {
        if (!OpenHome.Of(ticket, context, out _, out var refused)) return refused;
        var options = ticket.Added.Where(added => !added.IsStaff).Reverse().Take(MostOptions).Select(Option).ToValueList();
        if (options.Count == 0) return Decision.Refuse("remove.none", context.Private.Say("remove.none"));
        return Decision.Say(new Tell(new Card(
        [
            new Words(context.Private.Say("remove.ask", ("ticket", ticket.Label))),
            new Choice(new Press("remove", ticket.Number), ChoiceAmong.Options, context.Private.Say("remove.hint")) { Options = options },
            new Buttons([new Button(context.Private.Say("button.by_mention"), new Press("remove_by_mention", ticket.Number), Emoji: "💬")]),
        ])));
    }

    private static ChoiceOption Option(AddedMember added) =>
        new(added.User.Value.ToString(CultureInfo.InvariantCulture), added.Name.CutTo(LongestLabel));
}

/// <summary>Staff takes somebody out who was added.</summary>
/// <param name="Who">Whom.</param>
public sealed record RemoveMember(Named Who) : Command
{
    internal static Decision Decide(RemoveMember command, Ticket ticket, Context context)
    {
        var user = command.Who.User;
        var who = ("who", user.Mention);
        if (!OpenHome.Of(ticket, context, out var home, out var refused)) return refused;
        if (ticket.Added.FirstOrDefault(added => added.User == user) is not { } added) return Decision.Refuse("remove.not_added", context.Private.Say("remove.not_added", who));
        // A choice of the select tells no roles: then it counts what they had when they were added.
        var isStaff = command.Who.IsMember is null ? added.IsStaff : Inviting.IsStaff(command.Who, ticket, context.Settings);
        if (isStaff) return Decision.Refuse("remove.staff", context.Private.Say("remove.staff", who));
        var decision = Decision.That(new RemovalWanted(context.Now, user, context.Actor.User))
            .Then(ticket.Home.Kind == HomeKind.Thread ? new RemoveThreadMember(home, user) : new HideChannelFrom(home, user));
        return Inviting.AnsweredByTheLine(context) ? decision : decision.Telling(context.Private.Say("remove.done", who));
    }

    internal static Decision Ended(RemoveThreadMember effect, Outcome outcome, Ticket? ticket, Context context) => Ended(effect.User, outcome, ticket, context);

    internal static Decision Ended(HideChannelFrom effect, Outcome outcome, Ticket? ticket, Context context) => Ended(effect.User, outcome, ticket, context);

    private static Decision Ended(UserId user, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket?.Added.FirstOrDefault(added => added.User == user) is not { LeavesBy: { } by }) return Decision.Nothing;
        var who = ("who", user.Mention);
        return outcome switch
        {
            Done => Decision.That(new MemberGone(context.Now, user)).And(Inviting.Say(context.Public.Say("remove.line", who, ("by", by.Mention)), Mentions.None, ticket)),
            CannotBeDone cannot => Decision.That(new RemovalFailed(context.Now, user))
                .And(Inviting.Say(context.Public.Say("remove.failed", who, ("why", FailureWords.Why(cannot, context.Public))), Mentions.None, ticket)),
            _ => Decision.Nothing,
        };
    }
}
