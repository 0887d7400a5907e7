using System.Diagnostics;
using Usher.Desk.Effects;
using Usher.Discord.Gateway;
using Usher.Engine.Deciding;
using Usher.Storage;

namespace Usher.Engine.Observing;

/// <summary>
/// Spans from what happened to what is done about it: the event or the timer, the decision, the commit, the effect. They hold names, ids and outcomes, never a token or a word that
/// somebody wrote. While nobody listens none is made, and nothing costs anything.
/// </summary>
/// <remarks>https://www.w3.org/TR/trace-context/#traceparent-header</remarks>
internal static class DeskTraces
{
    private const string ErrorType = "error.type";

    private static ActivitySource Source => DeskMetrics.Source;

    /// <summary>The span under way as W3C's trace context writes it, for what is carried out later; null when nobody traces.</summary>
    public static string? Current => Source.HasListeners() ? Activity.Current?.Id : null;

    /// <summary>Discord told of something: a trace begins.</summary>
    public static Activity? Hear(GatewayEvent e)
    {
        if (!Source.HasListeners()) return null;
        Leave();
        var span = Source.StartActivity($"gateway {e.Name}", ActivityKind.Consumer);
        if (span is not null && e.Peek.GuildId.Value != 0) span.SetTag("usher.guild", (long)e.Peek.GuildId.Value);
        return span;
    }

    /// <summary>A timer is due: a trace begins.</summary>
    public static Activity? Ring(string timer)
    {
        if (!Source.HasListeners()) return null;
        Leave();
        return Source.StartActivity("desk.timer")?.SetTag("usher.timer", timer);
    }

    /// <summary>An order's turn has come.</summary>
    public static Activity? Decide(Order order)
    {
        var span = Source.StartActivity("desk.decide");
        if (span is null) return null;
        span.SetTag("usher.command", order.Command.GetType().Name).SetTag("usher.guild", (long)order.Guild.Value);
        return order.Subject is Subject.ToTicket ticket ? span.SetTag("usher.ticket", ticket.Key.Number) : span;
    }

    /// <summary>What an order came to.</summary>
    public static void Decided(Activity? span, Result result)
    {
        if (span is null) return;
        span.SetTag("usher.result", result.GetType().Name);
        if (result is Result.Refused refused) span.SetTag("usher.refusal", refused.Refusal.Code);
        if (result is Result.Accepted { Ticket: { } ticket }) span.SetTag("usher.ticket", ticket.Number);
    }

    /// <summary>A decision is stored.</summary>
    public static Activity? Commit() => Source.StartActivity("desk.commit");

    /// <summary>What storing it came to.</summary>
    public static void Committed(Activity? span, CommitResult result) => span?.SetTag("usher.result", result.GetType().Name);

    /// <summary>An effect is carried out: in the trace of what it comes of, also when that was decided by an earlier run of the program.</summary>
    public static Activity? CarryOut(EffectRow row)
    {
        if (!Source.HasListeners()) return null;
        Leave();
        _ = ActivityContext.TryParse(row.Trace, null, out var cause);
        var span = Source.StartActivity("desk.effect", ActivityKind.Internal, cause);
        span?.SetTag("usher.effect", row.Effect.GetType().Name).SetTag("usher.effect.id", row.Id).SetTag("usher.attempt", row.Attempts + 1).SetTag("usher.guild", (long)row.Guild.Value);
        return row.Ticket is { } ticket ? span?.SetTag("usher.ticket", ticket) : span;
    }

    /// <summary>What an effect came to.</summary>
    public static void Ended(Activity? span, Outcome outcome)
    {
        if (span is null || outcome is not CannotBeDone cannot) return;
        span.SetTag(ErrorType, cannot.Reason.ToString()).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>It failed, and by what: the words of a failure may be anybody's and are left out.</summary>
    public static void Failed(Activity? span, Exception failure)
    {
        if (span is null) return;
        span.SetTag(ErrorType, failure is StoreUnavailableException store ? store.Reason.ToString() : failure.GetType().FullName).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>What comes now is of no trace, or of another one: loops are woken by whoever had something for them, and go on with what is everybody's.</summary>
    public static void Leave() => Activity.Current = null;
}
