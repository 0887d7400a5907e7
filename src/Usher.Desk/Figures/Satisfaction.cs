using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Desk.Figures;

/// <summary>How content openers were: how often each score was given.</summary>
/// <param name="Times">How often 1 was given, 2, and so on up to 5.</param>
public sealed record Satisfaction(ValueList<long> Times)
{
    private static readonly MeasureKind[] Kinds = [MeasureKind.Rated1, MeasureKind.Rated2, MeasureKind.Rated3, MeasureKind.Rated4, MeasureKind.Rated5];

    /// <summary>What should be surpassed on average.</summary>
    public const double Target = 4.5;

    /// <summary>How many ratings there are.</summary>
    public long Count => Times.Sum();

    /// <summary>The mean score, to two places; null without any.</summary>
    public double? Mean => Count == 0 ? null : Math.Round(Times.Select((times, index) => (double)times * (index + TicketRating.Lowest)).Sum() / Count, 2);

    /// <summary>Of what was measured.</summary>
    public static Satisfaction Of(Func<MeasureKind, Spread> spreadOf) => new(Kinds.Select(kind => spreadOf(kind).Count).ToValueList());

    /// <summary>What a score is measured as.</summary>
    internal static MeasureKind KindOf(int score) => Kinds[score - TicketRating.Lowest];
}
