using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Asking;

/// <summary>Something that must be looked up outside before a command can be decided. It is given a few seconds, and never holds a ticket up for longer.</summary>
/// <param name="Source">Where: <c>invite</c> is Discord itself.</param>
/// <param name="Question">For which question.</param>
/// <param name="Value">What.</param>
public sealed record LookupQuery(string Source, string Question, string Value);

/// <summary>What a lookup came to.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Finding">The answer.</param>
public sealed record LookedUp(LookupQuery Query, Finding Finding);

/// <summary>Where answers can be looked up.</summary>
public static class LookupSources
{
    /// <summary>Discord's invite endpoint.</summary>
    public const string Invite = "invite";

    /// <summary>Every source there is.</summary>
    public static ValueList<string> All { get; } = [Invite];

    /// <summary>What has to be looked up for answers that are given now; what cannot be taken anyway is not looked up.</summary>
    internal static ValueList<LookupQuery> For(FormSettings? form, IEnumerable<FormAnswer> answers) => answers
        .Where(answer => answer is { Refused: false, Value.Length: > 0 } && form?.Question(answer.Question)?.Lookup is not null)
        .Select(answer => new LookupQuery(form!.Question(answer.Question)!.Lookup!, answer.Question, Sought(form.Question(answer.Question)!, answer.Value)))
        .ToValueList();

    /// <summary>The answers with what was found; what does not exist is asked again.</summary>
    internal static IEnumerable<FormAnswer> Enrich(IEnumerable<FormAnswer> answers, ValueList<LookedUp> lookedUp) => answers.Select(answer =>
    {
        if (lookedUp.FirstOrDefault(found => found.Query.Question == answer.Question) is not { } found) return answer;
        return answer with { Found = found.Finding, Refused = found.Finding.State == FindingState.NotFound };
    });

    private static string Sought(Question question, string value) => question.Lookup == Invite ? Checking.InviteCode(value) ?? value : value;
}
