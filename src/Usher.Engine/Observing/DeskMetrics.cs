using System.Diagnostics;
using System.Diagnostics.Metrics;
using Usher.Desk.Engine;
using Usher.Engine.Deciding;

namespace Usher.Engine.Observing;

/// <summary>What the engine tells of itself to whoever listens through <c>System.Diagnostics</c>.</summary>
public static class DeskMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Usher.Engine";

    /// <summary>Spans of events, timers, decisions, commits and effects.</summary>
    public static ActivitySource Source { get; } = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Decisions = Meter.CreateHistogram<double>("usher.decision.duration", "s", "Load, decide and commit.");
    private static readonly Histogram<double> Answers = Meter.CreateHistogram<double>("usher.answer.duration", "s", "From a click to its first answer.");
    private static readonly Counter<long> Effects = Meter.CreateCounter<long>("usher.effects", "{effect}", "Effects carried out, by kind and outcome.");

    internal static void Decided(Command command, Result result, TimeSpan took) => Decisions.Record(
        took.TotalSeconds,
        new KeyValuePair<string, object?>("command", command.GetType().Name),
        new KeyValuePair<string, object?>("result", result.GetType().Name));

    internal static void Answered(TimeSpan took, string how) => Answers.Record(took.TotalSeconds, new KeyValuePair<string, object?>("how", how));

    internal static void Ended(Desk.Effects.Effect effect, string outcome) => Effects.Add(
        1,
        new KeyValuePair<string, object?>("effect", effect.GetType().Name),
        new KeyValuePair<string, object?>("outcome", outcome));
}
