using Usher.Desk.Cards;
using Usher.Desk.Effects;
using Usher.Desk.Engine;
using Usher.Desk.Features;
using Usher.Desk.Features.Counting;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Features;

public sealed class CountingTests
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly Statistics Some = new(
        Noon.AddDays(-30), Noon,
        [
            Of(MeasureKind.Opened, default, TimeSpan.Zero) with { Durations = "" },
            Of(MeasureKind.FirstResponse, Sam.User, TimeSpan.FromHours(5)), Of(MeasureKind.NextResponse, Sue.User, TimeSpan.FromMinutes(12)),
            Of(MeasureKind.Closed, Sam.User, TimeSpan.FromHours(50)),
        ],
        [new OpenCount("support", false, Priority.Medium, 2)],
        new Dictionary<string, long> { ["support"] = 3 });

    [Fact]
    public void Staff_reads_who_waited_how_long_against_the_target()
    {
        var words = Words(Decide(new ShowStatistics(30), null, By(Sam) with { Statistics = Some, Interaction = Click }));

        Assert.Contains("last 30 days", words);
        Assert.Contains("⚠️ First answer: **5 h 0 min** on average", words);
        Assert.Contains("target 4 h 0 min", words);
        Assert.Contains("From opening to closing: **2 d 2 h** on average", words);
        Assert.Contains("⚠️ Open and nobody’s: **2**", words);
        Assert.Contains("✅ Open and critical: **0**", words);
        Assert.Contains("**Support**: 2 open, 1 opened, 1 closed", words);
        Assert.Contains("<@3>: 1 answer, 1 closed", words);
        Assert.Contains("<@4>: 1 answer, 0 closed", words);
    }

    [Fact]
    public void With_nothing_measured_it_says_so()
    {
        var words = Words(Decide(new ShowStatistics(7), null, By(Sam) with { Statistics = new Statistics(Some.From, Some.Until, [], [], Some.Totals), Interaction = Click }));
        Assert.Contains("Nobody waited for a first answer.", words);
        Assert.Contains("No ticket was closed.", words);
    }

    [Fact]
    public void Typed_among_people_it_goes_to_whoever_asked_alone()
    {
        var decision = Decide(new ShowStatistics(30), null, By(Sam) with { Statistics = Some, Typed = TypedInHome });
        Assert.Equal(Sam.User, Assert.IsType<SendDirectMessage>(Assert.Single(decision.Effects)).To);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(367)]
    public void So_many_days_there_are_not(int days) =>
        Assert.Equal(Refused("statistics.days", "statistics.days", ("most", "366")), Decide(new ShowStatistics(days), null, By(Sam) with { Statistics = Some }));

    [Fact]
    public void Members_are_told_whose_they_are() => Assert.Equal("access.denied", Decide(new ShowStatistics(30), null, By(Alice) with { Statistics = Some }).Refusal!.Code);

    [Theory]
    [InlineData(Door.Slash, "statistics", "", 30)]
    [InlineData(Door.Typed, "ticket_stats", "7", 7)]
    [InlineData(Door.Typed, "statistics", "many", 0)]
    [InlineData(Door.Typed, "statistics", "-1", 0)]
    public void Each_door_leads_there(Door door, string name, string rest, int days) =>
        Assert.Equal(new ShowStatistics(days), All.Rules.Trigger(door, name)!.Command(new Input(null, new Dictionary<string, string>(), rest)));

    [Fact]
    public void A_large_desk_fits_in_one_message()
    {
        var figures = Enumerable.Range(1, 200).Select(number =>
            Of(MeasureKind.FirstResponse, new UserId(ulong.MaxValue - (ulong)number), TimeSpan.FromDays(99)) with { Department = $"department-with-a-long-name-{number}" });
        var words = Words(Decide(new ShowStatistics(30), null, By(Sam) with { Statistics = new Statistics(Some.From, Some.Until, [.. figures], Some.Open, Some.Totals), Interaction = Click }));
        Assert.InRange(words.Length, 100, 4000);
    }

    private static string Words(Decision decision) => string.Join('\n', Assert.IsType<Tell>(decision.Reply).Card.Parts.OfType<Words>().Select(words => words.Markdown));

    private static Figure Of(MeasureKind kind, UserId person, TimeSpan took) => new(Day, kind, "support", person, 1, took, Durations.Write(took));
}
