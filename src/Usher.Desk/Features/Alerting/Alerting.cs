using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features.Opening;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Alerting;

/// <summary>The room that the settings give to files is used up, and the first one was not kept.</summary>
/// <param name="Room">How many bytes that is.</param>
public sealed record TellFilesFull(long Room) : Command
{
    internal static Decision Decide(TellFilesFull command, Context context) => context.Settings.LogChannel is not { } log
        ? Decision.Nothing
        : Decision.Nothing.Then(new PostCard(log, new Card([new Words(context.Public.Say("alert.files_full", ("room", Sizes.Of(command.Room))))], 0xED4245), Mentions.None, PostPurpose.Log));
}

/// <summary>What cannot be done is told where staff reads: what it was, why, and what mends it.</summary>
internal static class AlertingFeature
{
    internal static Feature Feature { get; } = new("Alerting")
    {
        Commands = [CommandRule.OnDesk<TellFilesFull>(Permission.Desk, TellFilesFull.Decide)],
        Outcomes = [OutcomeRule.Of<Effect>(Alert)],
    };

    private static Decision Alert(Effect effect, Outcome outcome, Ticket? ticket, Context context)
    {
        if (outcome is not CannotBeDone cannot || context.Settings.LogChannel is not { } log) return Decision.Nothing;
        // An alert about the alerts' own channel would go round for ever.
        var where = Where(effect, context);
        if (where == log || !MattersToStaff(effect, cannot, ticket) || (ticket is not null && Overflow.IsProvidedFor(effect, cannot, ticket, context.Settings))) return Decision.Nothing;
        var language = context.Public;
        var text = language.Say("alert.text", ("ticket", ticket?.Label ?? ""), ("what", What(effect, language, where)), ("why", FailureWords.Why(cannot, language)));
        return Decision.Nothing.Then(new PostCard(log, new Card([new Words(text)], 0xED4245), Mentions.None, PostPurpose.Log));
    }

    // Closed DMs (which Corresponding tells where they matter) and lost answers are no failure of the desk's; a ticket whose home was deleted is closed, and told so.
    private static bool MattersToStaff(Effect effect, CannotBeDone cannot, Ticket? ticket) =>
        effect is not (Answer or SendDirectMessage or OpenDirectMessages or RefreshCard)
        && cannot.Reason is not (FailureReason.UserGone or FailureReason.MessageGone or FailureReason.DirectMessagesClosed)
        && !(cannot.Reason == FailureReason.ChannelGone && effect.HappensIn is { } home && ticket is not null && IsOf(ticket, home));

    // Also where it lived before, or was about to.
    private static bool IsOf(Ticket ticket, ChannelId home) =>
        ticket.Home.Channel == home || ticket.Move?.To?.Channel == home || ticket.Former.Any(former => former.Channel == home);

    private static string What(Effect effect, Language language, ChannelId? where) => effect is CreateChannel { Category: null }
        ? language.Say("effect.CreateChannel.top")
        : language.Say($"effect.{effect.GetType().Name}", ("where", where?.Mention ?? "?"));

    private static ChannelId? Where(Effect effect, Context context) =>
        effect is PostPanel post ? context.Settings.Panel(post.Panel)?.Channel : effect.HappensIn;
}
