using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Inviting;

/// <summary>Staff wants to add somebody: a select of the guild's members is shown.</summary>
public sealed record AskForMember : Command
{
    internal static Decision Decide(AskForMember command, Ticket ticket, Context context) =>
        OpenHome.Of(ticket, context, out _, out var refused)
            ? Decision.Say(new Tell(new Card(
            [
                new Words(context.Private.Say("add.ask", ("ticket", ticket.Label))),
                new Choice(new Press("add", ticket.Number), ChoiceAmong.Members, context.Private.Say("add.hint")),
                new Buttons([new Button(context.Private.Say("button.by_mention"), new Press("add_by_mention", ticket.Number), Emoji: "💬")]),
            ])))
            : refused;
}

/// <summary>Staff adds somebody to the ticket's thread or channel.</summary>
/// <param name="Who">Whom.</param>
public sealed record AddMember(Named Who) : Command
{
    internal static Decision Decide(AddMember command, Ticket ticket, Context context)
    {
        var who = command.Who;
        if (!OpenHome.Of(ticket, context, out var home, out var refused)) return refused;
        if (who.User == context.Self) return Decision.Refuse("add.desk", context.Private.Say("add.desk"));
        if (who.User == ticket.Opener || who.User == ticket.Claim?.By || ticket.Added.Any(added => added.User == who.User)) return Refuse("add.already", who, context);
        if (who.IsMember == false) return Refuse("add.stranger", who, context);
        // A channel is shown to any id, also of nobody: only an id that Discord resolved is taken.
        if (who.IsMember is null) return Refuse("add.unknown", who, context);
        var isStaff = Inviting.IsStaff(who, ticket, context.Settings);
        // A private thread shows itself to nobody by role: staff can be added there.
        if (isStaff && ticket.Home.Kind == HomeKind.Channel) return Refuse("add.staff", who, context);
        var decision = Decision.That(new MemberInvited(context.Now, who.User, who.Name, isStaff, context.Actor.User))
            .Then(ticket.Home.Kind == HomeKind.Thread ? new AddThreadMember(home, who.User) : new ShowChannelTo(home, who.User));
        return Inviting.AnsweredByTheLine(context) ? decision : decision.Telling(context.Private.Say("add.done", ("who", who.User.Mention)));
    }

    private static Decision Refuse(string code, Named who, Context context) =>
        Decision.Refuse(code, context.Private.Say(code, ("who", who.User.Mention)));

    internal static Decision Ended(AddThreadMember effect, Outcome outcome, Ticket? ticket, Context context) => Ended(effect.User, outcome, ticket, context);

    internal static Decision Ended(ShowChannelTo effect, Outcome outcome, Ticket? ticket, Context context) => Ended(effect.User, outcome, ticket, context);

    private static Decision Ended(UserId user, Outcome outcome, Ticket? ticket, Context context)
    {
        if (ticket?.Added.FirstOrDefault(added => added.User == user) is not { IsIn: false } added) return Decision.Nothing;
        var (who, by) = (("who", user.Mention), ("by", added.By.Mention));
        return outcome switch
        {
            Done => Decision.That(new MemberArrived(context.Now, user)).And(Inviting.Say(context.Public.Say("add.line", who, by), new Mentions([user], []), ticket)),
            CannotBeDone cannot => Decision.That(new MemberGone(context.Now, user)).And(Inviting.Say(WhyNot(cannot, who, ticket, context), Mentions.None, ticket)),
            _ => Decision.Nothing,
        };
    }

    // When the bot lacks nothing, it is the person who may not see the channel of the thread: https://discord.com/developers/docs/topics/threads#permissions
    private static string WhyNot(CannotBeDone cannot, (string, string) who, Ticket ticket, Context context) => cannot switch
    {
        { Reason: FailureReason.UserGone } => context.Public.Say("add.stranger", who),
        { Reason: FailureReason.MissingPermission, Missing.Count: 0 } when ticket.Home.Kind == HomeKind.Thread => context.Public.Say("add.no_sight", who),
        _ => context.Public.Say("add.failed", who, ("why", FailureWords.Why(cannot, context.Public))),
    };
}

/// <summary>What adding and removing share.</summary>
internal static class Inviting
{
    /// <summary>Whether one of the roles that Discord told lets them see the ticket.</summary>
    internal static bool IsStaff(Named who, Ticket ticket, DeskSettings settings) =>
        Access.IsStaff(new Actor { User = who.User, Name = who.Name, Roles = who.Roles }, settings, ticket);

    /// <summary>Whether the line in the ticket is answer enough: it stands where the command was typed.</summary>
    internal static bool AnsweredByTheLine(Context context) => context.Interaction is null;

    /// <summary>A line in the ticket, unless it was closed meanwhile: words would take its thread out of the archive.</summary>
    internal static Decision Say(string words, Mentions mentions, Ticket ticket) =>
        ticket is { IsOpen: true, Home: { Channel: { } home, Gone: false } }
            ? Decision.Nothing.Then(new PostCard(home, Card.Saying(words), mentions, PostPurpose.Line))
            : Decision.Nothing;
}
