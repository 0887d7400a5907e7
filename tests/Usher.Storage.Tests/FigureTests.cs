using Usher.Desk.Engine;
using Usher.Desk.Features.Assigning;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Rating;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Features.Replying;
using Usher.Desk.Features.Transferring;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>What is counted with the facts, and asked for by any period.</summary>
public sealed class FigureTests : StoreTest
{
    [Theory]
    [InlineData(-1, 1, 2)]
    [InlineData(-400, 400, 3)]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(40, 41, 1)]
    [InlineData(2, 39, 0)]
    public async Task Any_period_counts_what_happened_in_it(int from, int until, int answers)
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        await AnsweredAsync(2, Noon.AddHours(5));
        await AnsweredAsync(3, Noon.AddDays(40).AddMinutes(1));

        var statistics = await Store.StatisticsAsync(Guild, null, Noon.AddDays(from), Noon.AddDays(until), Token);

        Assert.Equal(answers, statistics.Of(MeasureKind.FirstResponse).Count);
    }

    [Fact]
    public async Task To_the_millisecond_at_both_ends()
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        Assert.Equal(1, (await Store.StatisticsAsync(Guild, null, Noon.AddHours(3), Noon.AddHours(4), Token)).Of(MeasureKind.FirstResponse).Count);
        Assert.Equal(0, (await Store.StatisticsAsync(Guild, null, Noon.AddHours(2), Noon.AddHours(3), Token)).Of(MeasureKind.FirstResponse).Count);
        Assert.Equal(0, (await Store.StatisticsAsync(Guild, null, Noon.AddHours(3).AddMilliseconds(1), Noon.AddDays(3), Token)).Of(MeasureKind.FirstResponse).Count);
    }

    [Fact]
    public async Task A_long_life_is_counted_by_person_and_department()
    {
        var ticket = await OpenTicketAsync();
        ticket = await DoAsync(ticket, Bob, new TicketAssigned(Noon, Alice, Bob, "Bob"), new StaffReplied(Noon.AddMinutes(10)));
        ticket = await DoAsync(ticket, Alice, new OpenerReplied(Noon.AddMinutes(40)), new TicketTransferred(Noon.AddMinutes(45), Bob, "help", "sales", 0));
        ticket = await DoAsync(ticket, Bob, new StaffReplied(Noon.AddMinutes(60)), new TicketClosed(Noon.AddHours(2), ClosingKind.Closed, Bob, "Bob", null));
        ticket = await DoAsync(ticket, Alice, new TicketReopened(Noon.AddHours(3), Alice, 0));
        await DoAsync(ticket, Bob, new TicketClosed(Noon.AddHours(4), ClosingKind.Closed, Bob, "Bob", null));

        var all = await Store.StatisticsAsync(Guild, null, Noon.AddDays(-1), Noon.AddDays(1), Token);

        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20)), (all.Of(MeasureKind.FirstResponse, Bob).Mean, all.Of(MeasureKind.NextResponse, Bob).Mean));
        Assert.Equal((1, 0), (all.Of(MeasureKind.FirstResponse, "help").Count, all.Of(MeasureKind.FirstResponse, "sales").Count));
        Assert.Equal(TimeSpan.FromMinutes(30), all.Of(MeasureKind.OpenerResponse, Bob).Mean);
        Assert.Equal((2, TimeSpan.FromHours(2.5)), (all.Of(MeasureKind.Closed, "sales").Count, all.Of(MeasureKind.Closed, "sales").Mean));
        Assert.Equal([("sales", 1L)], all.Totals.Select(total => (total.Key, total.Value)));
        Assert.Empty(all.Open);
        Assert.Equal((1, 1), (all.Of(MeasureKind.Left, "help").Count, all.Of(MeasureKind.Arrived, "sales").Count));
    }

    /// <summary>Days after the first rating on which it is changed; what the first and the second period then hold.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_rating_counts_once_when_it_was_last_given(int days)
    {
        var ticket = await OpenTicketAsync();
        ticket = await DoAsync(ticket, Alice, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null), new TicketRated(Noon.AddHours(1), 2, null));
        Assert.Equal((1, 2.0), Of(await Store.StatisticsAsync(Guild, null, Noon, Noon.AddDays(9), Token)));
        await DoAsync(ticket, Alice, new TicketRated(Noon.AddDays(days).AddHours(2), 5, "Better"));
        await DoAsync(await OpenTicketAsync(Opened(2, Bob)), Bob, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null), new TicketRated(Noon.AddHours(1), 2, null));

        // By whole days, by the parts of days at the ends, and out of both together.
        Assert.Equal((2, 3.5), Of(await Store.StatisticsAsync(Guild, null, Noon.AddDays(-9), Noon.AddDays(9), Token)));
        Assert.Equal((2, 3.5), Of(await Store.StatisticsAsync(Guild, null, Noon, Noon.AddDays(days).AddHours(3), Token)));
        Assert.Equal(days == 0 ? (2, 3.5) : (1, 2.0), Of(await Store.StatisticsAsync(Guild, null, Noon.AddDays(-9), Noon.AddDays(1), Token)));
        Assert.Equal((1, 5.0), Of(await Store.StatisticsAsync(Guild, null, Noon.AddDays(days).AddHours(2), Noon.AddDays(9), Token)));

        static (long, double?) Of(Statistics statistics) => Satisfaction.Of(statistics.Of) is var all ? (all.Count, all.Mean) : default;
    }

    [Fact]
    public async Task Other_departments_and_guilds_are_not_counted()
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        await AnsweredAsync(2, Noon.AddHours(3), "sales");
        await AnsweredAsync(3, Noon.AddHours(3), "legal");
        await OpenTicketAsync(Opened(1, guild: new GuildId(7)));

        var some = await Store.StatisticsAsync(Guild, ["help", "legal"], Noon.AddDays(-1), Noon.AddDays(30), Token);

        Assert.Equal((2, 2), (some.Of(MeasureKind.FirstResponse).Count, some.Of(MeasureKind.Opened).Count));
        Assert.Equal(["help", "legal"], some.Departments);
        var none = await Store.StatisticsAsync(Guild, [], Noon.AddDays(-1), Noon.AddDays(30), Token);
        Assert.Equal((0, 0, 0), (none.Figures.Count, none.Open.Count, none.Totals.Count));
    }

    // Statistics are kept since version 19.
    [Fact]
    public async Task A_database_from_before_gets_its_figures_from_its_history()
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        await AnsweredAsync(2, Noon.AddDays(2), "sales");
        await OpenTicketAsync(Opened(1, guild: new GuildId(7)));
        // A fact that this version does not know ends its ticket's part, and nothing else.
        await OnWriterAsync("insert into facts (guild_id, ticket, id, at, by_id, name, data) values (7, 1, 2, 0, 0, 'from_tomorrow', '{}')");
        var before = await Store.StatisticsAsync(Guild, null, Noon.AddDays(-9), Noon.AddDays(9), Token);
        var facts = await Store.Writer.WriteAsync(
            db => db.ListAsync($"select guild_id, ticket, id, at, by_id, name, data from facts", row => new OldFact(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6))),
            _ => true,
            Token);
        await StartAnewAsync();
        await FillAsync(18, facts);

        await ReopenAsync();

        var after = await Store.StatisticsAsync(Guild, null, Noon.AddDays(-9), Noon.AddDays(9), Token);
        Assert.Equal(4, after.Figures.Count);
        Assert.Equal(Sorted(before), Sorted(after));
        Assert.Equal(before.Totals.OrderBy(total => total.Key), after.Totals.OrderBy(total => total.Key));
        Assert.Equal(1, (await Store.StatisticsAsync(new GuildId(7), null, Noon.AddDays(-9), Noon.AddDays(9), Token)).Of(MeasureKind.Opened).Count);
    }

    private sealed record OldFact(long Guild, long Ticket, long Id, long At, long By, string Name, string Data);

    // As a program of that version left it.
    private async Task FillAsync(long version, List<OldFact> facts)
    {
        var dialect = Dialect.Of(Options);
        await using var old = await dialect.OpenAsync(Purpose.Writing, Token);
        await dialect.PrepareAsync(old, Token);
        await Migrator.MigrateAsync(old, Options.Rules, TimeProvider.System, version, Token);
        await old.BeginAsync(Token);
        foreach (var (guild, number) in facts.Select(fact => (fact.Guild, fact.Ticket)).Distinct())
        {
            await old.ExecuteAsync(
                $"""
                insert into tickets (guild_id, number, department, opener_id, status, home_gone, transcript_token, opened_at, version, doc)
                values ({new GuildId(unchecked((ulong)guild))}, {number}, {"help"}, {number}, {"open"}, {false}, {$"token-{guild}-{number}"}, {0L}, {1L}, {"{}"})
                """);
        }
        foreach (var fact in facts)
        {
            await old.ExecuteAsync(
                $"""
                insert into facts (guild_id, ticket, id, at, by_id, name, data)
                values ({new GuildId(unchecked((ulong)fact.Guild))}, {fact.Ticket}, {fact.Id}, {fact.At}, {fact.By}, {fact.Name}, {fact.Data})
                """);
        }
        await old.CommitAsync(Token);
    }

    [Fact]
    public async Task What_was_counted_stays_when_the_ticket_is_gone()
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        await OnWriterAsync("delete from tickets");
        Assert.Equal(1, (await Store.StatisticsAsync(Guild, null, Noon.AddHours(-12), Noon.AddHours(12), Token)).Of(MeasureKind.FirstResponse).Count);
    }

    [Fact]
    public async Task A_member_sees_nothing_of_it()
    {
        await AnsweredAsync(1, Noon.AddHours(3));
        var theirs = await Store.InNameOf(Guild, Alice).StatisticsAsync(Guild, null, Noon.AddDays(-1), Noon.AddDays(9), Token);
        Assert.Equal((0, 0), (theirs.Figures.Count, theirs.Totals.Count));
    }

    private static List<Figure> Sorted(Statistics statistics) =>
        [.. statistics.Figures.OrderBy(figure => figure.Day).ThenBy(figure => figure.Kind).ThenBy(figure => figure.Department, StringComparer.Ordinal).ThenBy(figure => figure.Person.Value)];

    private async Task AnsweredAsync(long number, DateTimeOffset at, string department = "help") =>
        await DoAsync(await OpenTicketAsync(Opened(number, by: new UserId((ulong)number), department: department)), Bob, new StaffReplied(at));

    private async Task<Ticket> DoAsync(Ticket ticket, UserId by, params Fact[] facts)
    {
        var commit = Facts(ticket, facts) with { By = by };
        await CommitAsync(commit);
        return commit.After!;
    }
}
