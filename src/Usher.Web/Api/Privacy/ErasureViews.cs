using Usher.Desk.Engine;
using Usher.Desk.Tickets;

namespace Usher.Web.Api.Privacy;

/// <summary>Whose erasure is asked for.</summary>
/// <param name="UserId">The member, who need not be in the guild any more.</param>
internal sealed record EraseBody(Usher.Desk.Values.UserId UserId);

/// <summary>Who asked or decided.</summary>
/// <param name="UserId">The user; absent for the command line.</param>
/// <param name="Program">The name of the API key, or the command line; absent for people.</param>
internal sealed record PrincipalView(string? UserId, string? Program)
{
    internal static PrincipalView Of(Principal principal) => new(principal.User == default ? null : principal.User.ToString(), principal.Program);
}

/// <summary>Tickets that must stay for a time.</summary>
/// <param name="Tickets">How many.</param>
/// <param name="Until">When the last of them may go.</param>
/// <param name="Reason">Why, as the settings say.</param>
internal sealed record KeptView(long Tickets, DateTimeOffset Until, string Reason);

/// <summary>What is kept of a member: what would go, and what would not.</summary>
/// <param name="UserId">The member.</param>
/// <param name="Tickets">How many tickets they opened that would go, but for what others said in them.</param>
/// <param name="Messages">How many messages.</param>
/// <param name="Files">How many files.</param>
/// <param name="Forms">How many forms that they are filling in.</param>
/// <param name="Blocked">Whether they are blocked: that stays, without the reason.</param>
/// <param name="Kept">What must stay, until when and why.</param>
/// <param name="OpenTickets">Tickets that must first be closed, or given to others.</param>
internal sealed record SurveyView(string UserId, long Tickets, long Messages, long Files, long Forms, bool Blocked, IReadOnlyList<KeptView> Kept, IReadOnlyList<string> OpenTickets)
{
    internal static SurveyView Of(ErasureSurvey survey) => new(
        survey.Member.ToString(), survey.Tickets, survey.Messages, survey.Files, survey.Forms, survey.IsBlocked,
        [.. survey.Kept.Select(kept => new KeptView(kept.Tickets, kept.Until, kept.Reason))], [.. survey.Open.Select(TicketIds.Of)]);
}

/// <summary>The erasure of a member.</summary>
/// <param name="Id">Its number.</param>
/// <param name="UserId">The member.</param>
/// <param name="Status">asked (it waits for a second person), approved (it is being done), denied, kept (done but for what must stay for a time) or done.</param>
/// <param name="AskedBy">Who asked for it.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="DoneAt">When it was done.</param>
/// <param name="GoesOnAt">When the time is over for the first of what must stay.</param>
/// <param name="KeptTickets">The tickets that stay until then.</param>
/// <param name="Survey">What would go, while it waits.</param>
internal sealed record ErasureView(
    string Id, string UserId, string Status, PrincipalView AskedBy, DateTimeOffset AskedAt, PrincipalView? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset? DoneAt, DateTimeOffset? GoesOnAt,
    IReadOnlyList<string> KeptTickets, SurveyView? Survey)
{
    internal static ErasureView Of(Erasure erasure, ErasureSurvey? survey = null) => new(
        erasure.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), erasure.Member.ToString(), erasure.State.ToString().ToLowerInvariant(), PrincipalView.Of(erasure.AskedBy), erasure.AskedAt,
        erasure.DecidedBy is { } by ? PrincipalView.Of(by) : null, erasure.DecidedAt, erasure.EndedAt, erasure.State == ErasureState.Kept ? erasure.DueAt : null,
        [.. erasure.Kept.Select(TicketIds.Of)], survey is not null && erasure.State == ErasureState.Asked ? SurveyView.Of(survey) : null);
}

/// <summary>The erasures.</summary>
/// <param name="Erasures">The newest first, at most 200.</param>
internal sealed record ErasureList(IReadOnlyList<ErasureView> Erasures);
