using Usher.Desk.Engine;
using Usher.Engine.Guilds;

namespace Usher.Web.Api;

/// <summary>What the desk refuses, as HTTP says it: the code is the desk's own, the status follows from it.</summary>
internal static class Refusals
{
    internal static Problem ProblemOf(Refusal refusal, KnownGuild? guild) => new(StatusOf(refusal.Code), refusal.Code, PlainWords.Of(refusal.Sentence, guild))
    {
        RetryAfter = refusal.Code is "ticket.busy" or "ticket.opening" ? TimeSpan.FromSeconds(1) : null,
    };

    /// <summary>The status of a code.</summary>
    internal static int StatusOf(string code) => code switch
    {
        "access.denied" or "claim.not_yours" or "confirm.not_yours" or "open.blocked" or "open.role_blocked" or "open.role_required" or "open.bot" or "erase.same" or "erase.themselves" => 403,
        "ticket.none" or "erase.gone" or "data.none" => 404,
        "ticket.changed" => 412,
        "ticket.busy" => 503,
        // What was said is wrong whatever state the desk is in.
        "open.no_department" or "open.unasked" or "open.unanswered" or "open.answer" or "open.not_member" or "open.subject_too_long" or "open.description_too_long"
            or "transfer.unknown" or "priority.unknown" or "tag.too_long" or "tag.too_many" or "note.too_long" or "reply.too_long" or "close.too_long"
            or "assign.not_member" or "assign.not_staff" or "configure.no_department" or "panel.none" or "panel.which" or "redact.too_long" or "rate.score" or "rate.too_long" or "place.label_too_long" or "place.text_too_long" => 422,
        // The rest is true now and may not be so later.
        _ => 409,
    };
}
