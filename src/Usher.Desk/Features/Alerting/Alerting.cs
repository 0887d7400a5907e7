using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Alerting;

/// <summary>What cannot be done is told where staff reads: what it was, why, and what mends it.</summary>
internal static class AlertingFeature
{
    internal static Feature Feature { get; } = new("Alerting")
    {
        Outcomes = [OutcomeRule.Of<Effect>(Alert)],
    };

    private static Decision Alert(Effect effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (outcome is not CannotBeDone cannot || context.Settings.LogChannel is not { } log || !MattersToStaff(effect, cannot, log)) return Decision.Nothing;
        var language = context.Public;
        var what = language.Say($"effect.{effect.GetType().Name}", ("where", Where(effect)?.Mention ?? ""));
        var text = language.Say("alert.text", ("ticket", ticket?.Label ?? ""), ("what", what), ("why", Why(cannot, language)));
        return Decision.Nothing.Then(new PostCard(log, new Card([new Words(text)], 0xED4245), Mentions.None, PostPurpose.Log));
    }

    // An alert about the alerts' own channel would go round for ever; closed DMs and lost answers are no failure of the desk's.
    private static bool MattersToStaff(Effect effect, CannotBeDone cannot, ChannelId log) =>
        effect is not (Answer or SendDirectMessage or RefreshCard)
        && Where(effect) != log
        && cannot.Reason is not (FailureReason.UserGone or FailureReason.MessageGone);

    private static string Why(CannotBeDone cannot, Language language) => cannot.Reason switch
    {
        FailureReason.MissingPermission when cannot.Missing.Count > 0 => language.Say(
            "failure.staff.permission_named",
            ("permissions", string.Join(", ", cannot.Missing.Select(p => $"**{p}**"))),
            ("role", cannot.MissingFor?.Mention ?? language.Say("who.the_bot"))),
        FailureReason.Refused => language.Say("failure.staff.Refused", ("detail", cannot.Detail)),
        _ => language.Say($"failure.staff.{cannot.Reason}"),
    };

    private static ChannelId? Where(Effect effect) => effect switch
    {
        CreateThread create => create.Parent,
        CreateChannel create => create.Category,
        PostCard post => post.In,
        CloseThread close => close.Thread,
        ReopenThread reopen => reopen.Thread,
        DeleteChannel delete => delete.Channel,
        AddThreadMember add => add.Thread,
        ShowChannelTo show => show.Channel,
        DeleteMessage delete => delete.In,
        _ => null,
    };
}
