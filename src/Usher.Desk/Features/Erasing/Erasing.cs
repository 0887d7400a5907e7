using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Erasing;

/// <summary>Somebody wants to see what is kept of a member and would go; without one, which erasures wait for a second person.</summary>
/// <param name="Member">The member; null for the list.</param>
public sealed record LookAtErasure(UserId? Member) : Command
{
    private const int MostListed = 5;

    internal static Decision Decide(LookAtErasure command, Context context)
    {
        var language = context.Private;
        var matter = context.Erasure ?? new ErasureMatter();
        if (command.Member is not { } member)
        {
            if (matter.Waiting.Count == 0) return Decision.Say(new Tell(Card.Saying(language.Say("erase.list.none")), Secret: true));
            IEnumerable<CardPart> parts = matter.Waiting.Take(MostListed).SelectMany(erasure => (CardPart[])[new Words(ErasureCard.Heading(erasure, language)), ErasureCard.Decide(erasure, context, language)]);
            return Decision.Say(new Tell(new Card([new Words(language.Say("erase.list")), new Line(), .. parts]), Secret: true));
        }
        if (matter is { Found: { State: ErasureState.Asked } asked, Survey: { } known }) return Decision.Say(new Tell(ErasureCard.Of(asked, known, context, language), Secret: true));
        if (matter is { Found: { State: ErasureState.Approved } running }) return Decision.Say(new Tell(ErasureCard.Of(running, null, context, language), Secret: true));
        return matter.Survey is { } survey && !matter.LeavesNothing
            ? Decision.Say(new Tell(ErasureCard.Before(member, survey, context, language), Secret: true))
            : Decision.Refuse("erase.none", language.Say("erase.none", ("who", member.Mention)));
    }
}

/// <summary>Somebody asks that everything that is kept of a member be erased. It is done when a second person agrees.</summary>
/// <param name="Member">The member.</param>
public sealed record AskForErasure(UserId Member) : Command
{
    internal static Decision Decide(AskForErasure command, Context context)
    {
        var language = context.Private;
        var matter = context.Erasure ?? new ErasureMatter();
        if (matter.Found is { State: ErasureState.Asked or ErasureState.Approved }) return Decision.Refuse("erase.waiting", language.Say("erase.waiting", ("who", command.Member.Mention)));
        if (matter.Survey is not { } survey || matter.LeavesNothing) return Decision.Refuse("erase.none", language.Say("erase.none", ("who", command.Member.Mention)));
        if (ErasureRules.WhyNot(survey, language) is { } refused) return refused;
        var erasure = new Erasure(matter.NextNumber, command.Member, ErasureState.Asked, Principal.Of(context.Actor), context.Now);
        var decision = Decision.Nothing.Changing(new ErasureAsked(erasure.Number, erasure.Member, erasure.AskedBy, erasure.AskedAt));
        var channel = context.Settings.Privacy.Channel ?? context.Settings.LogChannel;
        if (channel is { } shown)
            decision = decision.Then(new PostCard(shown, ErasureCard.Of(erasure, survey, context, context.Public), new Mentions([], context.Settings.Privacy.Roles), PostPurpose.Erasure, Number: (int)erasure.Number));
        return decision.Telling(channel is { } where ? language.Say("erase.asked", ("channel", where.Mention)) : language.Say("erase.asked.nowhere"));
    }
}

/// <summary>The second person agrees.</summary>
/// <param name="Number">The erasure's number.</param>
public sealed record ApproveErasure(long Number) : Command
{
    internal static Decision Decide(ApproveErasure command, Context context)
    {
        var language = context.Private;
        if (ErasureRules.MayDecide(context, out var erasure) is { } refused) return refused;
        var decider = Principal.Of(context.Actor);
        if (erasure.AskedBy.IsSameAs(decider)) return Decision.Refuse("erase.same", language.Say("erase.same"));
        if (erasure.Member == context.Actor.User) return Decision.Refuse("erase.themselves", language.Say("erase.themselves"));
        if (context.Erasure!.Survey is { } survey && ErasureRules.WhyNot(survey, language) is { } open) return open;
        return ErasureRules.Decided(erasure with { State = ErasureState.Approved, DecidedBy = decider, DecidedAt = context.Now }, context)
            .Changing(new ErasureDecided(erasure.Number, Approves: true, decider, context.Now));
    }
}

/// <summary>It is not to be done; whoever asked may take it back so, too.</summary>
/// <param name="Number">The erasure's number.</param>
public sealed record DenyErasure(long Number) : Command
{
    internal static Decision Decide(DenyErasure command, Context context)
    {
        if (ErasureRules.MayDecide(context, out var erasure) is { } refused) return refused;
        var decider = Principal.Of(context.Actor);
        return ErasureRules.Decided(erasure with { State = ErasureState.Denied, DecidedBy = decider, DecidedAt = context.Now }, context)
            .Changing(new ErasureDecided(erasure.Number, Approves: false, decider, context.Now));
    }
}

/// <summary>The desk has erased what may go.</summary>
/// <param name="Erasure">The erasure.</param>
/// <param name="Kept">The tickets that must stay for a time.</param>
/// <param name="Again">When the first of these may go, too.</param>
public sealed record EndErasure(Erasure Erasure, ValueList<long> Kept, DateTimeOffset? Again) : Command
{
    internal static Decision Decide(EndErasure command, Context context)
    {
        var ended = command.Erasure with { State = command.Again is null ? ErasureState.Done : ErasureState.Kept, EndedAt = context.Now, DueAt = command.Again, Kept = command.Kept };
        var decision = Decision.Nothing.Changing(new ErasureEnded(ended.Number, command.Kept, command.Again, context.Now));
        return ended is { Channel: { } channel, Message: { } message } ? decision.Then(new EditCard(channel, message, ErasureCard.Of(ended, null, context, context.Public))) : decision;
    }
}

internal static class ErasureRules
{
    // A ticket that is worked on belongs to people who wait for each other: nobody's words are taken out of it under their hands.
    internal static Decision? WhyNot(ErasureSurvey survey, Language language) => survey.Open.Count == 0
        ? null
        : Decision.Refuse("erase.open", language.Say("erase.open", ("who", survey.Member.Mention), ("tickets", ErasureCard.Labels(survey.Open))));

    internal static Decision? MayDecide(Context context, out Erasure erasure)
    {
        var language = context.Private;
        erasure = context.Erasure?.Found!;
        if (erasure is null) return Decision.Refuse("erase.gone", language.Say("erase.gone"));
        return erasure.State == ErasureState.Asked ? null : Decision.Refuse("erase.late", language.Say("erase.late", ("verdict", ErasureCard.Verdict(erasure, language))));
    }

    // The message that asks shows the verdict, by the click itself or by an edit.
    internal static Decision Decided(Erasure erasure, Context context)
    {
        var card = ErasureCard.Of(erasure, null, context, context.Public);
        var told = context.Private.Say(erasure.State == ErasureState.Approved ? "erase.approved.told" : "erase.denied.told");
        if (erasure is not { Channel: { } channel, Message: { } message }) return Decision.Nothing.Telling(told);
        return context.Interaction?.Message == message
            ? Decision.Say(new ShowCard(card, channel))
            : Decision.Nothing.Then(new EditCard(channel, message, card)).Telling(told);
    }

    internal static Decision Shown(PostCard effect, Outcome outcome, Context context) => effect is { Purpose: PostPurpose.Erasure, Number: { } number } && outcome is Done { Message: { } message }
        ? Decision.Nothing.Changing(new ErasureShown(number, effect.In, message))
        : Decision.Nothing;

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
