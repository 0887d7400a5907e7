using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Erasing;

/// <summary>What people see of an erasure: what goes, what stays and why, who asked and who decided.</summary>
public static class ErasureCard
{
    private const int MostLabels = 20;
    private const int Open = 0xF1C40F;
    private const int Agreed = 0x57F287;
    private const int Refused = 0xED4245;

    /// <summary>Before anybody asked: what would go, and the button that asks for it.</summary>
    internal static Card Before(UserId member, ErasureSurvey survey, Context context, Language language)
    {
        var parts = new List<CardPart> { new Words(language.Say("erase.title", ("who", member.Mention))), new Words(string.Join('\n', Lines(survey, language))) };
        if (survey.Open.Count > 0) parts.Add(new Words(language.Say("erase.open", ("who", member.Mention), ("tickets", Labels(survey.Open)))));
        else parts.Add(new Buttons([new Button(language.Say("button.erase"), new Press("erase", Argument: member.ToString(), Guild: context.Settings.Guild), ButtonLook.Danger, "🗑️")]));
        return new Card(parts.ToValueList(), Open);
    }

    /// <summary>An erasure as it is.</summary>
    /// <param name="erasure">The erasure.</param>
    /// <param name="survey">What would go; null when that is not known, or gone.</param>
    /// <param name="context">Where.</param>
    /// <param name="language">In which words.</param>
    public static Card Of(Erasure erasure, ErasureSurvey? survey, Context context, Language language)
    {
        var parts = new List<CardPart> { new Words(Heading(erasure, language)) };
        if (survey is not null) parts.Add(new Words(string.Join('\n', Lines(survey, language))));
        if (erasure.State == ErasureState.Asked) parts.Add(Decide(erasure, context, language));
        else parts.Add(new Words(Verdict(erasure, language)));
        return new Card(parts.ToValueList(), erasure.State switch { ErasureState.Asked => Open, ErasureState.Denied => Refused, _ => Agreed });
    }

    internal static string Heading(Erasure erasure, Language language) =>
        language.Say("erase.title", ("who", erasure.Member.Mention)) + "\n" + language.Say("erase.by", ("who", erasure.AskedBy.Signature), ("when", Moment.Relative(erasure.AskedAt)));

    internal static Buttons Decide(Erasure erasure, Context context, Language language) => new(
    [
        new Button(language.Say("button.approve"), PressOf("erase-yes", erasure, context), ButtonLook.Danger, "🗑️"),
        new Button(language.Say("button.deny"), PressOf("erase-no", erasure, context), ButtonLook.Secondary, "✖️"),
    ]);

    internal static string Verdict(Erasure erasure, Language language)
    {
        if (erasure.State == ErasureState.Denied) return language.Say("erase.denied", ("who", erasure.DecidedBy!.Signature), ("when", Moment.Relative(erasure.DecidedAt!.Value)));
        var text = language.Say("erase.approved", ("who", erasure.DecidedBy!.Signature), ("when", Moment.Relative(erasure.DecidedAt!.Value)));
        if (erasure.EndedAt is { } ended) text += "\n" + language.Say("erase.done", ("when", Moment.Full(ended)));
        if (erasure is { State: ErasureState.Kept, DueAt: { } due }) text += "\n" + language.Say("erase.rest", ("count", ErasureRules.Text(erasure.Kept.Count)), ("when", Moment.Full(due)));
        return text;
    }

    internal static string Labels(ValueList<long> numbers)
    {
        var labels = string.Join(", ", numbers.Take(MostLabels).Select(number => "#" + number.ToString("0000", CultureInfo.InvariantCulture)));
        return numbers.Count > MostLabels ? labels + " …" : labels;
    }

    private static IEnumerable<string> Lines(ErasureSurvey survey, Language language)
    {
        yield return language.Say(
            "erase.goes", ("tickets", ErasureRules.Text(survey.Tickets)), ("messages", ErasureRules.Text(survey.Messages)), ("files", ErasureRules.Text(survey.Files)), ("forms", ErasureRules.Text(survey.Forms)));
        foreach (var kept in survey.Kept)
            yield return language.Say("erase.kept", ("count", ErasureRules.Text(kept.Tickets)), ("until", Moment.Full(kept.Until)), ("reason", kept.Reason));
        yield return language.Say("erase.stays");
        if (survey.IsBlocked) yield return language.Say("erase.blocked");
        yield return language.Say("erase.discord");
    }

    private static Press PressOf(string action, Erasure erasure, Context context) => new(action, Argument: ErasureRules.Text(erasure.Number), Guild: context.Settings.Guild);
}
