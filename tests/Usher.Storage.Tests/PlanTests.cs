using Microsoft.Data.Sqlite;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

/// <summary>How SQLite finds what is asked for with every click: never by walking through a guild, however many tickets it has.</summary>
[Trait("Database", "Sqlite")]
public sealed class PlanTests : StoreTest
{
    [Fact]
    public async Task What_a_click_asks_for_is_found_by_an_index_that_names_all_that_is_known()
    {
        var ticket = await OpenTicketAsync();
        await Store.OpenTicketsOfAsync(Guild, Alice, Token);
        await Store.LatestTicketsAsync(Guild, Alice, Token);
        await Store.DraftsOfAsync(Guild, Alice, Token);
        await Store.FindBlockAsync(Guild, Alice, Token);
        await Store.FindTicketAsync(new TicketKey(Guild, 2), Token);
        await Store.FindTicketByHomeAsync(new ChannelId(1), Token);
        await Store.FindTicketByTokenAsync(ticket.TranscriptToken, Token);
        await Store.FindEffectAsync(1, Token);
        await Store.DueTimersAsync(Noon, 10, Token);
        await Store.NextTimerAsync(Token);

        var plans = new List<string>();
        await using var database = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await database.OpenAsync(Token);
        foreach (var statement in await Store.StatementsAsync(Token)) plans.AddRange(await PlanAsync(database, statement));
        Assert.NotEmpty(plans);
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal) || plan.Contains("(guild_id=?)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_is_counted_where_nothing_but_that_stands()
    {
        await Store.BacklogAsync(Token);

        var plans = new List<string>();
        await using var database = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await database.OpenAsync(Token);
        foreach (var statement in await Store.StatementsAsync(Token)) plans.AddRange(await PlanAsync(database, statement));
        string[] only = ["effects_pending", "inbox_pending", "webhook_deliveries_due", "webhook_deliveries_owed", "webhook_deliveries_next", "webhook_deliveries_failed", "attachments_pending"];
        Assert.Equal(5, plans.Count);
        Assert.All(plans, plan => Assert.Contains(only, index => plan.EndsWith(index, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_worked_on_is_found_among_that_alone()
    {
        var open = new TicketQuery(Guild) { IsOpen = true };
        await Store.TicketsAsync(open, Token);
        await Store.TicketsAsync(open with { IsClaimed = false }, Token);
        await Store.TicketsAsync(open with { Department = "help", Order = TicketOrder.Oldest }, Token);
        await Store.TicketsAsync(open with { Within = ["help", "billing"], Priority = Priority.High }, Token);
        await Store.TicketsAsync(open with { Order = TicketOrder.MostUrgent }, Token);
        await Store.OpenTicketsAsync(Guild, Token);
        await Store.OpenHomesAsync(Guild, Token);
        await Store.StatisticsAsync(Guild, null, Noon.AddDays(-1), Noon, Token);

        await using var database = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await database.OpenAsync(Token);
        var among = 0;
        foreach (var statement in (await Store.StatementsAsync(Token)).Where(statement => statement.Contains("slot is not null", StringComparison.Ordinal)))
        {
            var found = (await PlanAsync(database, statement)).Where(step => step.Contains("tickets", StringComparison.Ordinal) && !step.Contains("number=?", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, step => Assert.Matches("tickets_(open|open_slot|at_work|urgent) ", step + " "));
            among++;
        }
        Assert.InRange(among, 7, 20);
    }

    private static async Task<List<string>> PlanAsync(SqliteConnection database, string statement)
    {
        await using var command = database.CreateCommand();
        command.CommandText = "explain query plan " + statement;
        for (var i = 0; i < 20; i++) command.Parameters.AddWithValue(Sql.NameOf(i), 1);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var plan = new List<string>();
        while (await rows.ReadAsync(Token)) plan.Add(rows.GetString(3));
        return plan;
    }
}
