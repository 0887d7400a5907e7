using Usher.Desk.Engine;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Replying;
using Usher.Desk.Figures;
using Usher.Desk.People;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage.Erasing;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>Days that are over are read as spans, and say what they say one by one.</summary>
public sealed class SpanTests : StoreTest
{
    // Noon is in the beginning of March.
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>First day and the day after the last; the spans that are added up, by length and first day; what is read.</summary>
    [Theory]
    [InlineData(0, 4, "", "days 0-4")]
    [InlineData(0, 4, "4:0", "4 0-4")]
    [InlineData(0, 3, "4:0", "days 0-3")]
    [InlineData(1, 4, "4:0", "days 1-4")]
    [InlineData(0, 8, "4:0 4:4", "4 0-8")]
    [InlineData(0, 8, "4:4", "days 0-4, 4 4-8")]
    [InlineData(0, 16, "4:0 4:4 4:8 4:12 16:0", "16 0-16")]
    [InlineData(0, 15, "4:0 4:4 4:8 4:12 16:0", "4 0-12, days 12-15")]
    [InlineData(2, 23, "4:4 4:8 4:12 4:16 4:20 16:0", "days 2-4, 4 4-20, days 20-23")]
    [InlineData(14, 50, "4:16 4:20 4:24 4:28 4:32 4:36 4:40 4:44 4:48 16:16 16:32", "days 14-16, 16 16-48, days 48-50")]
    [InlineData(0, 256, "64:0 64:64 64:128 64:192 256:0", "256 0-256")]
    [InlineData(0, 256, "64:0 64:128 64:192 16:64 16:96", "64 0-64, 16 64-80, days 80-96, 16 96-112, days 112-128, 64 128-256")]
    [InlineData(3, 3, "4:0", "")]
    [InlineData(-5, 4, "4:-4 4:0", "days -5--4, 4 -4-4")]
    public void Spans_that_lie_in_a_period_are_read_as_one(long first, long end, string addedUp, string read)
    {
        var stretches = FigureStretch.Of(first, end, SpansOf(addedUp)).Select(stretch => $"{(stretch.IsOfSpans ? stretch.Length : "days")} {stretch.First}-{stretch.End}");
        Assert.Equal(read, string.Join(", ", stretches));
    }

    /// <summary>The length; the day after the last that is over; the spans that are added up; what is to be.</summary>
    [Theory]
    [InlineData(4, 11, "", "4 0-8")]
    [InlineData(4, 12, "4:4", "4 0-4, 4 8-12")]
    [InlineData(4, 36, "", "4 0-16, 4 16-32, 4 32-36")]
    [InlineData(16, 70, "16:0", "16 16-32, 16 32-48, 16 48-64")]
    [InlineData(256, 255, "", "")]
    [InlineData(256, 512, "", "256 0-256, 256 256-512")]
    public void What_is_over_is_added_up_in_portions(long length, long end, string addedUp, string missing) =>
        Assert.Equal(missing, string.Join(", ", FigureStretch.Missing(length, 0, end, SpansOf(addedUp)).Select(stretch => $"{stretch.Length} {stretch.First}-{stretch.End}")));

    [Fact]
    public void A_year_is_at_most_twenty_pieces_wherever_it_begins()
    {
        var all = FigureSpan.Lengths.SelectMany(length => Enumerable.Range(0, 5 * 256 / (int)length).Select(number => new FigureSpan(length, number * length))).ToHashSet();
        var read = Enumerable.Range(0, 512).Select(first => FigureStretch.Of(first, first + 365, all).Sum(stretch => (stretch.End - stretch.First) / stretch.Length)).ToList();
        Assert.InRange(read.Average(), 1, 13);
        Assert.InRange(read.Max(), 1, 20);
    }

    /// <summary>When it is added up; the day after the last that is in a span then. The first of March is the day 20513, the second of a span.</summary>
    [Theory]
    [InlineData("2026-02-28T23:59:59Z", 20508)]
    [InlineData("2026-03-01T00:00:00Z", 20512)]
    [InlineData("2026-03-04T23:59:59Z", 20512)]
    [InlineData("2026-03-05T00:00:00Z", 20516)]
    public async Task A_span_is_added_up_a_day_after_its_end(string now, long until)
    {
        for (var number = 1; number <= 20; number++) await AnsweredAsync(number, March.AddDays(number - 11));

        await AddUpAsync(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(until, await Store.Writer.WriteAsync(db => db.FindAsync($"select max(first_day + days) from figures_by_span", row => row.GetInt64(0)), _ => true, Token));
        Assert.Equal(20, (await YearAsync()).Of(MeasureKind.FirstResponse).Count);
    }

    [Fact]
    public async Task Any_period_says_the_same_before_and_after_its_days_are_added_up()
    {
        var random = new Random(7);
        for (var number = 1; number <= 60; number++) await AnsweredAsync(number, March.AddDays(-150 + random.Next(150)).AddSeconds(random.Next(86_400)), random.Next(2) == 0 ? "help" : "sales", random.Next(1, 4));
        var periods = Enumerable.Range(0, 20).Select(_ => March.AddDays(-150 + random.Next(100)).AddHours(random.Next(24))).Select(from => (From: from, Until: from.AddDays(random.Next(1, 120)))).ToList();
        var before = new List<string>();
        foreach (var (from, until) in periods) before.Add(await ToldAsync(from, until));

        await AddUpAsync(Noon);

        for (var period = 0; period < periods.Count; period++) Assert.Equal(before[period], await ToldAsync(periods[period].From, periods[period].Until));
        Assert.Equal(before.Count, before.Distinct().Count());
    }

    [Fact]
    public async Task What_changes_days_that_are_over_is_in_them_and_they_are_added_up_again()
    {
        var rated = await RatedAsync();
        await AddUpAsync(Noon);
        Assert.Equal((1, 2.0), Score(await YearAsync()));

        await DoAsync(rated, Alice, Noon, new TicketRated(Noon, 5, null));
        Assert.Equal((1, 5.0), Score(await YearAsync()));
        Assert.Equal((0, null), Score(await Store.StatisticsAsync(Guild, null, March.AddMonths(-1), March, Token)));

        await AddUpAsync(Noon);
        Assert.Equal((1, 5.0), Score(await YearAsync()));
        Assert.Equal((0, null), Score(await Store.StatisticsAsync(Guild, null, March.AddMonths(-1), March, Token)));
    }

    [Fact]
    public async Task A_span_is_not_made_of_one_that_was_reopened_a_moment_ago()
    {
        var rated = await RatedAsync();
        await AddUpAsync(Noon);
        var first = FigureSpan.BeginningOf((March.AddDays(-18) - DateTimeOffset.UnixEpoch).Days, 16);
        Assert.True(await Store.AddUpAsync(Guild, new FigureStretch(16, first, first + 16), Token));

        await DoAsync(rated, Alice, Noon, new TicketRated(Noon, 5, null));

        Assert.False(await Store.AddUpAsync(Guild, new FigureStretch(16, first, first + 16), Token));
        Assert.Equal((1, 5.0), Score(await YearAsync()));
    }

    [Fact]
    public async Task Whoever_is_erased_is_in_no_span_and_what_they_did_is_counted_still()
    {
        await AnsweredAsync(1, March.AddDays(-20));
        await AddUpAsync(Noon);

        await Store.EraseBesideAsync(Guild, new ErasedMember(Bob, ["Bob"]), Noon, Token);

        var year = await YearAsync();
        Assert.Equal((1, 0), (year.Of(MeasureKind.FirstResponse).Count, year.Of(MeasureKind.FirstResponse, Bob).Count));
        Assert.Empty(await Store.Writer.WriteAsync(db => db.ListAsync($"select days from figures_by_span where person_id = {Bob}", row => row.GetInt64(0)), _ => true, Token));
    }

    private static HashSet<FigureSpan> SpansOf(string said) => [.. said
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(span => span.Split(':').Select(number => long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToList())
        .Select(span => new FigureSpan(span[0], span[1]))];

    // In a span of sixteen days that is over by noon.
    private async Task<Ticket> RatedAsync()
    {
        var ticket = await AnsweredAsync(1, March.AddDays(-20));
        return await DoAsync(ticket, Bob, March.AddDays(-19), new TicketClosed(March.AddDays(-19), ClosingKind.Closed, Bob, "Bob", null), new TicketRated(March.AddDays(-18), 2, null));
    }

    private static (long, double?) Score(Statistics statistics) => Satisfaction.Of(statistics.Of) is var all ? (all.Count, all.Mean) : default;

    private Task AddUpAsync(DateTimeOffset now) => Store.AddUpDaysAsync(now, Token);

    private Task<Statistics> YearAsync() => Store.StatisticsAsync(Guild, null, March.AddMonths(-6), March.AddMonths(6), Token);

    private async Task<string> ToldAsync(DateTimeOffset from, DateTimeOffset until)
    {
        var statistics = await Store.StatisticsAsync(Guild, null, from, until, Token);
        var (kind, lines) = (MeasureKind.FirstResponse, new List<string> { Told(statistics.Of(MeasureKind.Opened)), Told(statistics.Of(MeasureKind.FirstResponse)) });
        lines.AddRange(statistics.Departments.Select(department => department + Told(statistics.Of(kind, department))));
        lines.AddRange(statistics.People(default).Select(person => person + Told(statistics.Of(kind, person))));
        lines.AddRange(statistics.Parts(DaysOf(from, until), await Store.FiguresByDayAsync(Guild, null, from, until, Token)).Select(day => day.From + Told(day.Of(kind))));
        return string.Join('\n', lines);

        static string Told(Spread spread) => $" {spread.Count} {spread.Mean} {spread.Median} {spread.Percentile(90)}";
    }

    private static List<(DateTimeOffset From, DateTimeOffset Until)> DaysOf(DateTimeOffset from, DateTimeOffset until)
    {
        var days = new List<(DateTimeOffset From, DateTimeOffset Until)>();
        for (var (at, next) = (from, Midnight(from)); at < until; (at, next) = (next, Midnight(next))) days.Add((at, next < until ? next : until));
        return days;

        static DateTimeOffset Midnight(DateTimeOffset at) => new(at.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    }

    private async Task<Ticket> AnsweredAsync(long number, DateTimeOffset at, string department = "help", int minutes = 5)
    {
        var opened = Opened(number, by: new UserId((ulong)number), department: department) with { At = at };
        return await DoAsync(await OpenTicketAsync(opened), Bob, at, new StaffReplied(at.AddMinutes(minutes)));
    }

    private async Task<Ticket> DoAsync(Ticket ticket, UserId by, DateTimeOffset at, params Fact[] facts)
    {
        var commit = Facts(ticket, facts) with { By = by, At = at };
        await CommitAsync(commit);
        return commit.After!;
    }
}
