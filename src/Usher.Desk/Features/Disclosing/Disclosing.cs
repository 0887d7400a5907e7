using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.People;
using Usher.Desk.Settings;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Disclosing;

/// <summary>Somebody wants everything that is kept of them.</summary>
/// <param name="Token">What the link is to end in, where whoever gives the command must know it; unguessable. Null when the reply tells.</param>
public sealed record GiveOwnData(string? Token = null) : Command
{
    internal static Decision Decide(GiveOwnData command, Context context) =>
        Disclosure.Of(context.Actor.User, command.Token, context);
}

/// <summary>Whoever is entrusted with privacy wants everything that is kept of a member, to hand it over to them.</summary>
/// <param name="Member">The member, who need not be in the guild any more.</param>
/// <param name="Token">As for <see cref="GiveOwnData"/>.</param>
public sealed record GiveMemberData(UserId Member, string? Token = null) : Command
{
    internal static Decision Decide(GiveMemberData command, Context context) => context.Erasure?.Survey is { KeepsNothing: false }
        ? Disclosure.Of(command.Member, command.Token, context)
        : Decision.Refuse("data.none", context.Private.Say("data.none", ("who", command.Member.Mention)));
}

/// <summary>Somebody takes back the link to what is kept of them.</summary>
public sealed record TakeBackOwnData : Command
{
    internal static Decision Decide(TakeBackOwnData command, Context context) =>
        Decision.Nothing.Changing(new DataLinksEnded(context.Actor.User, context.Actor.User)).Telling(context.Private.Say("data.ended"));
}

/// <summary>Whoever is entrusted with privacy takes back every link to what is kept of a member.</summary>
/// <param name="Member">The member.</param>
public sealed record TakeBackMemberData(UserId Member) : Command
{
    internal static Decision Decide(TakeBackMemberData command, Context context) =>
        Decision.Nothing.Changing(new DataLinksEnded(command.Member, null)).Telling(context.Private.Say("data.ended"));
}

internal static class Disclosure
{
    // A link that has ended is told apart from one that never was for a while.
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(30);

    internal static Decision Of(UserId member, string? token, Context context)
    {
        var isOwn = member == context.Actor.User;
        if (context.PublicAddress.Length == 0) return WithoutLink(member, isOwn, context);
        var made = new DataLinkMade(member, Principal.Of(context.Actor), token ?? context.Dice, context.Now, context.Now - context.Settings.Privacy.LinksExpireAfter - RememberedFor);
        var decision = Decision.Nothing.Changing(made);
        var card = Card(made, isOwn, context);
        // What was typed has no private answer: whether the direct message arrived must be told.
        return context.Typed is null ? decision with { Reply = new Tell(card, Secret: true) } : decision.Then(new SendDirectMessage(context.Actor.User, card) { For = context.Asker });
    }

    internal static Decision Ended(SendDirectMessage effect, Outcome outcome, Context context) => (effect.For, outcome) switch
    {
        (null, _) => Decision.Nothing,
        (_, CannotBeDone { Reason: FailureReason.DirectMessagesClosed }) => Decision.Nothing.Hears(effect.For, context, language => language.Say("data.closed")),
        (_, CannotBeDone cannot) => Decision.Nothing.Hears(effect.For, context, language => language.Say("data.unsent", ("why", FailureWords.Why(cannot, language)))),
        ({ Via: not null }, Done) => Decision.Nothing.Hears(effect.For, context, language => language.Say("data.sent")),
        _ => Decision.Nothing,
    };

    // Without a public address there is nothing that a browser could open: the file itself goes by direct message.
    private static Decision WithoutLink(UserId member, bool isOwn, Context context)
    {
        if (context.Interaction is null && context.Typed is null) return Decision.Refuse("data.no_address", context.Private.Say("data.no_address"));
        var card = new Card([new Words(Heading(member, isOwn, context.Private) + "\n" + context.Private.Say(isOwn ? "data.file" : "data.file.of"))]);
        return Decision.Nothing.Then(new SendDirectMessage(context.Actor.User, card) { DataOf = member, For = context.Asker });
    }

    private static Card Card(DataLinkMade made, bool isOwn, Context context)
    {
        var language = context.Private;
        var text = Heading(made.Member, isOwn, language) + "\n" + language.Say(isOwn ? "data.link" : "data.link.of", ("when", Moment.Full(DataLinks.EndOf(made.At, context.Settings))));
        var end = isOwn ? new Press("data-end", Guild: context.Settings.Guild) : new Press("data-end", Argument: made.Member.ToString(), Guild: context.Settings.Guild);
        return new Card(
        [
            new Words(text),
            new Buttons([new Button(language.Say("button.data"), null, Link: DataLinks.AddressOf(made.Token, context.PublicAddress)), new Button(language.Say("button.data.end"), end, Emoji: "🔗")]),
        ]);
    }

    private static string Heading(UserId member, bool isOwn, Language language) => isOwn ? language.Say("data.title") : language.Say("data.title.of", ("who", member.Mention));
}
