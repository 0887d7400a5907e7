using Usher.Desk.Figures;
using Usher.Desk.Settings;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using static Usher.Desk.Tests.World;

namespace Usher.Desk.Tests.Figures;

public sealed class SpreadTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(45)]
    [InlineData(3600)]
    [InlineData(86_400)]
    [InlineData(31_536_000)]
    [InlineData(3_000_000_000)]
    public void A_duration_comes_back_to_a_quarter_of_a_percent(long seconds)
    {
        var codes = new List<ushort>();
        Durations.Read(Durations.Write(TimeSpan.FromSeconds(seconds)), codes);
        var back = Durations.Of(Assert.Single(codes)).TotalSeconds;
        Assert.InRange(back, seconds * 0.9975 - 0.5, seconds * 1.0025 + 0.5);
    }

    [Fact]
    public void Every_length_is_two_plain_characters()
    {
        for (var seconds = 0L; seconds < 4_000_000_000; seconds = seconds * 2 + 1)
            Assert.Matches("^[!-~]{2}$", Durations.Write(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(Durations.Write(TimeSpan.Zero), Durations.Write(TimeSpan.FromSeconds(-5)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void Percentiles_are_the_nearest_rank(int count)
    {
        var spread = new Spread();
        foreach (var minutes in Enumerable.Range(1, count).OrderBy(number => number * 7919 % count)) spread.Add(One(TimeSpan.FromMinutes(minutes)));

        Assert.Equal(count, spread.Count);
        Assert.Equal(TimeSpan.FromMinutes((count + 1) / 2.0), spread.Mean);
        foreach (var percent in new[] { 1, 50, 90, 95, 100 })
        {
            var exact = Math.Ceiling(percent / 100.0 * count);
            Assert.InRange(spread.Percentile(percent)!.Value.TotalMinutes, exact * 0.997, exact * 1.003);
        }
    }

    [Fact]
    public void Of_nothing_there_is_no_mean()
    {
        var spread = new Spread();
        spread.Add(new Figure(Day, MeasureKind.Opened, "support", default, 3, TimeSpan.Zero, ""));
        Assert.Equal((3, null, null, null), (spread.Count, spread.Mean, spread.Median, spread.Percentile(90)));
    }

    [Fact]
    public void Targets_are_the_departments_own_and_weigh_as_much_as_was_measured_there()
    {
        var settings = Configuration with
        {
            Targets = new Targets(Resolution: TimeSpan.FromHours(10)),
            Departments = [Support with { Targets = new Targets(FirstResponse: TimeSpan.FromHours(1)) }, Billing with { Targets = new Targets(Resolution: TimeSpan.FromHours(40)) }],
        };
        var statistics = Of(
            (MeasureKind.FirstResponse, "support", 2), (MeasureKind.FirstResponse, "support", 2), (MeasureKind.FirstResponse, "support", 2), (MeasureKind.FirstResponse, "billing", 2),
            (MeasureKind.Closed, "support", 30), (MeasureKind.Closed, "billing", 10), (MeasureKind.Closed, "gone", 10));

        var kpis = Kpis.Of(statistics, settings).ToDictionary(kpi => kpi.Name);

        Assert.Equal((7200, 6300, false), (kpis["first_response"].Value, kpis["first_response"].Target, kpis["first_response"].IsMet));
        Assert.Equal((60_000, 72_000, true), (kpis["resolution"].Value, kpis["resolution"].Target, kpis["resolution"].IsMet));
        Assert.Equal((2, 0, false), (kpis["unassigned"].Value, kpis["unassigned"].Target, kpis["unassigned"].IsMet));
        Assert.Equal((1, 0, false), (kpis["open_critical"].Value, kpis["open_critical"].Target, kpis["open_critical"].IsMet));
        // Where nobody rates there is no satisfaction: neither zero nor five stars.
        Assert.Equal((null, 4.5, null), (kpis["satisfaction"].Value, kpis["satisfaction"].Target, kpis["satisfaction"].IsMet));
        Assert.Equal(5, kpis.Count);
    }

    /// <summary>How often 1 was given, 2, and so on up to 5.</summary>
    [Theory]
    [InlineData(new[] { 0, 0, 0, 1, 1 }, 4.5, false)]
    [InlineData(new[] { 0, 0, 0, 49, 51 }, 4.51, true)]
    [InlineData(new[] { 1, 0, 0, 0, 0 }, 1.0, false)]
    [InlineData(new[] { 1, 1, 1, 1, 1 }, 3.0, false)]
    [InlineData(new[] { 0, 0, 0, 0, 3 }, 5.0, true)]
    [InlineData(new[] { 0, 0, 1, 0, 2 }, 4.33, false)]
    public void Satisfaction_is_the_mean_of_what_was_given_and_must_surpass_its_target(int[] times, double mean, bool isMet)
    {
        var kinds = new[] { MeasureKind.Rated1, MeasureKind.Rated2, MeasureKind.Rated3, MeasureKind.Rated4, MeasureKind.Rated5 };
        var statistics = new Statistics(
            Noon, Noon.AddDays(1), [.. times.Select((count, index) => new Figure(Day, kinds[index], "support", default, count, TimeSpan.Zero, ""))], [], new Dictionary<string, long>());
        var kpi = Kpis.Of(statistics, Configuration).Single(one => one.Name == Kpi.Satisfaction);
        Assert.Equal((mean, isMet), (kpi.Value, kpi.IsMet));
        Assert.Equal(times.Select(count => (long)count), Satisfaction.Of(statistics.Of).Times);
    }

    [Fact]
    public void Without_anything_measured_nothing_is_met_or_missed()
    {
        var kpis = Kpis.Of(new Statistics(Noon, Noon.AddDays(1), [], [], new Dictionary<string, long>()), Configuration).ToDictionary(kpi => kpi.Name);
        Assert.Equal((null, null), (kpis["first_response"].Value, kpis["first_response"].IsMet));
        Assert.Equal((null, null), (kpis["resolution"].Target, kpis["resolution"].IsMet));
        Assert.True(kpis["unassigned"].IsMet);
        Assert.True(kpis["open_critical"].IsMet);
    }

    [Fact]
    public void Where_no_department_has_a_target_the_mean_is_told_without_one()
    {
        var kpi = Kpis.Of(Of((MeasureKind.Closed, "support", 3), (MeasureKind.Closed, "billing", 1)), Configuration).Single(kpi => kpi.Name == "resolution");
        Assert.Equal((7200, null, null), (kpi.Value, kpi.Target, kpi.IsMet));
    }

    [Fact]
    public void People_are_those_of_staff_who_did_something_and_no_bot()
    {
        var statistics = new Statistics(
            Noon, Noon.AddDays(1),
            [
                One(TimeSpan.FromMinutes(1), MeasureKind.FirstResponse, Sam.User), One(TimeSpan.FromMinutes(1), MeasureKind.FirstResponse, Sue.User), One(TimeSpan.FromMinutes(2), MeasureKind.NextResponse, Sue.User),
                One(TimeSpan.FromMinutes(1), MeasureKind.FirstResponse, Robot.User), One(TimeSpan.FromMinutes(1), MeasureKind.Cancelled, Alice.User), One(TimeSpan.FromMinutes(1), MeasureKind.Closed, default),
            ],
            [], new Dictionary<string, long>());
        Assert.Equal([Sue.User, Sam.User], statistics.People(Robot.User));
        Assert.Equal(1, statistics.Of(MeasureKind.NextResponse, Sue.User).Count);
    }

    /// <summary>Days of the month on which something happened; the parts, each by its first day and the day after its last; how much is in each.</summary>
    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 4 }, new[] { 3 })]
    [InlineData(new[] { 1, 2, 2, 3 }, new[] { 1, 2, 3, 4 }, new[] { 1, 2, 1 })]
    [InlineData(new[] { 5, 11 }, new[] { 1, 8, 15 }, new[] { 1, 1 })]
    [InlineData(new[] { 7, 8 }, new[] { 1, 8, 15 }, new[] { 1, 1 })]
    [InlineData(new int[0], new[] { 1, 8, 15 }, new[] { 0, 0 })]
    [InlineData(new[] { 1, 20 }, new[] { 3, 5 }, new[] { 0 })]
    public void Parts_of_a_period_have_what_happened_in_them(int[] days, int[] ends, int[] counts)
    {
        var month = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var figures = days.Select(day => new Figure(new DateOnly(2026, 3, day), MeasureKind.Opened, "support", default, 1, TimeSpan.Zero, "")).ToList();
        var parts = new Statistics(month, month.AddMonths(1), figures, [], new Dictionary<string, long>()).Parts([.. ends.Zip(ends.Skip(1), (from, until) => (month.AddDays(from - 1), month.AddDays(until - 1)))], figures);
        Assert.Equal(counts.Select(count => (long)count), parts.Select(part => part.Of(MeasureKind.Opened).Count));
    }

    private static Statistics Of(params (MeasureKind Kind, string Department, int Hours)[] figures) => new(
        Noon, Noon.AddDays(1), [.. figures.Select(figure => One(TimeSpan.FromHours(figure.Hours), figure.Kind) with { Department = figure.Department })],
        [new OpenCount("support", false, Priority.Critical, 1), new OpenCount("billing", false, Priority.Medium, 1), new OpenCount("billing", true, Priority.Medium, 5)],
        new Dictionary<string, long> { ["support"] = 10, ["billing"] = 10 });

    private static Figure One(TimeSpan took, MeasureKind kind = MeasureKind.FirstResponse, UserId person = default) => new(Day, kind, "support", person, 1, took, Durations.Write(took));
}
