using System.Globalization;
using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Figures;
using Usher.Desk.People;
using Usher.Desk.Texts;
using Usher.Desk.Values;

namespace Usher.Desk.Features.Counting;

/// <summary>Staff wants to know how many tickets there are in their departments, and how long people waited.</summary>
/// <param name="Days">How far back.</param>
public sealed record ShowStatistics(int Days) : Command
{
    internal const int UsualDays = 30;
    internal const int MostDays = 366;

    // More would not fit in one message.
    private const int MostDepartments = 12;
    private const int MostPeople = 12;

    internal static Decision Decide(ShowStatistics command, Context context)
    {
        var language = context.Private;
        if (command.Days is < 1 or > MostDays) return Decision.Refuse("statistics.days", language.Say("statistics.days", ("most", Text(MostDays))));
        // Whoever gives a command before anything could be fetched for them (the desk itself) has nothing to see.
        if (context.Statistics is not { } statistics) return Decision.Nothing;
        var parts = new List<CardPart> { new Words(Heading(command, statistics, language)), new Line(), new Words(Whole(statistics, context)) };
        if (Departments(statistics, context) is { Length: > 0 } departments) parts.AddRange([new Line(), new Words(departments)]);
        if (People(statistics, context) is { Length: > 0 } people) parts.AddRange([new Line(), new Words(people)]);
        return Decision.Say(new Tell(new Card(parts.ToValueList()), Secret: true));
    }

    private static string Heading(ShowStatistics command, Statistics statistics, Language language) =>
        language.Say("statistics.title", ("days", Text(command.Days))) + "\n" + language.Say(
            "statistics.counts",
            ("opened", Count(statistics, MeasureKind.Opened)), ("closed", Count(statistics, MeasureKind.Closed)),
            ("cancelled", Count(statistics, MeasureKind.Cancelled)), ("reopened", Count(statistics, MeasureKind.Reopened)));

    private static string Whole(Statistics statistics, Context context)
    {
        var language = context.Private;
        var lines = new List<string>();
        foreach (var kpi in Kpis.Of(statistics, context.Settings))
        {
            if (kpi.Name is Kpi.Unassigned or Kpi.OpenCritical) lines.Add(Mark(kpi) + language.Say($"statistics.{kpi.Name}", ("count", Text((long)kpi.Value!.Value))));
            else if (kpi is { Name: Kpi.Satisfaction, Value: { } score }) lines.Add(Mark(kpi) + Rated(kpi, score, statistics, language));
            else if (kpi.Value is { } seconds) lines.Add(Mark(kpi) + Timed(kpi, TimeSpan.FromSeconds(seconds), statistics, language));
            else lines.Add(language.Say($"statistics.{kpi.Name}.none"));
        }
        if (statistics.Of(MeasureKind.NextResponse) is { Mean: { } next } again) lines.Add(language.Say("statistics.next_response", Times(next, again, language)));
        if (statistics.Of(MeasureKind.OpenerResponse) is { Mean: { } theirs } openers) lines.Add(language.Say("statistics.opener_response", Times(theirs, openers, language)));
        lines.Add(language.Say("statistics.open", ("count", Text(statistics.OpenNow(static _ => true)))));
        return string.Join('\n', lines);
    }

    private static string Rated(Kpi kpi, double score, Statistics statistics, Language language) =>
        language.Say("statistics.satisfaction", ("score", Score(score)), ("count", Text(Satisfaction.Of(statistics.Of).Count))) + " " + language.Say("statistics.surpass", ("target", Score(kpi.Target!.Value)));

    private static string Timed(Kpi kpi, TimeSpan mean, Statistics statistics, Language language)
    {
        var spread = statistics.Of(kpi.Name == Kpi.FirstResponse ? MeasureKind.FirstResponse : MeasureKind.Closed);
        var line = language.Say($"statistics.{kpi.Name}", Times(mean, spread, language));
        return kpi.Target is { } target ? line + " " + language.Say("statistics.target", ("target", Lengths.Of(TimeSpan.FromSeconds(target), language))) : line;
    }

    private static string Departments(Statistics statistics, Context context) => string.Join('\n', statistics.Departments.Take(MostDepartments).Select(key => context.Private.Say(
        "statistics.department",
        ("department", context.Settings.Department(key)?.Name ?? key), ("open", Text(statistics.OpenNow(open => open.Department == key))),
        ("opened", Text(statistics.Of(MeasureKind.Opened, key).Count)), ("closed", Text(statistics.Of(MeasureKind.Closed, key).Count)),
        ("first", Length(statistics.Of(MeasureKind.FirstResponse, key), context.Private)), ("resolution", Length(statistics.Of(MeasureKind.Closed, key), context.Private)))));

    private static string People(Statistics statistics, Context context) => string.Join('\n', statistics.People(context.Self).Take(MostPeople).Select(person => context.Private.Say(
        "statistics.person",
        ("who", person.Mention), ("answers", Text(statistics.Of(MeasureKind.FirstResponse, person).Count + statistics.Of(MeasureKind.NextResponse, person).Count)),
        ("closed", Text(statistics.Of(MeasureKind.Closed, person).Count)), ("first", Length(statistics.Of(MeasureKind.FirstResponse, person), context.Private)))));

    private static (string, string)[] Times(TimeSpan mean, Spread spread, Language language) =>
        [("mean", Lengths.Of(mean, language)), ("median", Lengths.Of(spread.Median ?? mean, language)), ("most", Lengths.Of(spread.Percentile(90) ?? mean, language))];

    private static string Length(Spread spread, Language language) => spread.Mean is { } mean ? Lengths.Of(mean, language) : "–";

    private static string Mark(Kpi kpi) => kpi.IsMet switch { true => "✅ ", false => "⚠️ ", null => "" };

    private static string Count(Statistics statistics, MeasureKind kind) => Text(statistics.Of(kind).Count);

    private static string Score(double score) => score.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}

internal static class CountingFeature
{
    internal static Feature Feature { get; } = new("Counting")
    {
        Commands =
        [
            CommandRule.OnDesk<ShowStatistics>(Permission.Staff, ShowStatistics.Decide) with { Measured = static command => TimeSpan.FromDays(Math.Clamp(((ShowStatistics)command).Days, 1, ShowStatistics.MostDays)) },
        ],
        Triggers = [Named(Door.Slash, "statistics"), Named(Door.Typed, "statistics"), Named(Door.Slash, "ticket_stats"), Named(Door.Typed, "ticket_stats")],
    };

    private static Trigger Named(Door door, string name) => new(door, name, Ask)
    {
        Options = door == Door.Slash ? [new TriggerOption("days", OptionKind.Number, Required: false)] : [],
    };

    private static ShowStatistics Ask(Input input)
    {
        var text = input["days"] ?? input.Rest;
        if (text.Length == 0) return new ShowStatistics(ShowStatistics.UsualDays);
        return new ShowStatistics(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0);
    }
}
