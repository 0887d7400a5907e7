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

/// <summary>Months that are over are read as one, and say what their days say.</summary>
public sealed class MonthTests : StoreTest
{
    // Noon is in the beginning of March.
    private static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>First day and the day after the last, from the first of January 2026 on; the months that are added up (0: January); what is read.</summary>
    [Theory]
    [InlineData(0, 31, "", "days 0-31")]
    [InlineData(0, 31, "0", "months 0-1")]
    [InlineData(0, 30, "0", "days 0-30")]
    [InlineData(1, 31, "0", "days 1-31")]
    [InlineData(0, 59, "0,1", "months 0-2")]
    [InlineData(0, 59, "1", "days 0-31, months 1-2")]
    [InlineData(20, 70, "0,1,2", "days 20-31, months 1-2, days 59-70")]
    [InlineData(0, 365, "0,1,2,3,5,6,7,8,9,10,11", "months 0-4, days 120-151, months 5-12")]
    [InlineData(3, 3, "0", "")]
    [InlineData(31, 59, "0,2", "days 31-59")]
    public void Whole_months_are_read_as_one(int first, int end, string addedUp, string read)
    {
        var (day, month) = (MonthNumber.FirstDayOf(2026 * 12), 2026 * 12);
        var months = addedUp.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => (long)(month + int.Parse(number, System.Globalization.CultureInfo.InvariantCulture))).ToList();
        var stretches = FigureStretch.Of(day + first, day + end, months)
            .Select(stretch => stretch.IsOfMonths ? $"months {stretch.First - month}-{stretch.End - month}" : $"days {stretch.First - day}-{stretch.End - day}");
        Assert.Equal(read, string.Join(", ", stretches));
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", 0)]
    [InlineData("2026-03-02T00:00:00Z", 1)]
    [InlineData("2026-04-01T23:59:59Z", 1)]
    [InlineData("2026-04-02T00:00:00Z", 2)]
    public async Task A_month_is_added_up_a_day_after_its_end(string now, int months)
    {
        await AnsweredAsync(1, March.AddDays(-20));
        await AnsweredAsync(2, March.AddDays(-10));
        await AnsweredAsync(3, March.AddDays(3));

        await AddUpAsync(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(months, (await Store.Writer.WriteAsync(db => db.ListAsync($"select distinct month from figures_by_month", row => row.GetInt64(0)), _ => true, Token)).Count);
        Assert.Equal(3, (await YearAsync()).Of(MeasureKind.FirstResponse).Count);
    }

    [Fact]
    public async Task Any_period_says_the_same_before_and_after_its_months_are_added_up()
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
    public async Task What_changes_a_month_later_is_in_it_and_it_is_added_up_again()
    {
        var ticket = await AnsweredAsync(1, March.AddDays(-20));
        var closed = await DoAsync(ticket, Bob, March.AddDays(-19), new TicketClosed(March.AddDays(-19), ClosingKind.Closed, Bob, "Bob", null), new TicketRated(March.AddDays(-18), 2, null));
        await AddUpAsync(Noon);
        Assert.Equal((1, 2.0), Score(await YearAsync()));

        await DoAsync(closed, Alice, Noon, new TicketRated(Noon, 5, null));
        Assert.Equal((1, 5.0), Score(await YearAsync()));
        Assert.Equal((0, null), Score(await Store.StatisticsAsync(Guild, null, March.AddMonths(-1), March, Token)));

        await AddUpAsync(Noon);
        Assert.Equal((1, 5.0), Score(await YearAsync()));
        Assert.Equal((0, null), Score(await Store.StatisticsAsync(Guild, null, March.AddMonths(-1), March, Token)));

        static (long, double?) Score(Statistics statistics) => Satisfaction.Of(statistics.Of) is var all ? (all.Count, all.Mean) : default;
    }

    [Fact]
    public async Task Whoever_is_erased_is_in_no_month_and_what_they_did_is_counted_still()
    {
        await AnsweredAsync(1, March.AddDays(-20));
        await AddUpAsync(Noon);

        await Store.EraseBesideAsync(Guild, new ErasedMember(Bob, ["Bob"]), Noon, Token);

        var year = await YearAsync();
        Assert.Equal((1, 0), (year.Of(MeasureKind.FirstResponse).Count, year.Of(MeasureKind.FirstResponse, Bob).Count));
        Assert.Empty(await Store.Writer.WriteAsync(db => db.ListAsync($"select month from figures_by_month where person_id = {Bob}", row => row.GetInt64(0)), _ => true, Token));
    }

    private Task AddUpAsync(DateTimeOffset now) => Store.AddUpMonthsAsync(now, Token);

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
