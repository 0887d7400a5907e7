using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Prioritising;
using Usher.Desk.Features.Replying;
using Usher.Desk.Figures;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class ApiTests : StoreTest
{
    private static readonly ApiKey Key = new(Guild, 0, "CRM", ["tickets:read", "notes"], 600, Noon) { Departments = ["help", "sales"], ActsAs = Alice, ExpiresAt = Noon.AddDays(1) };
    private static readonly ApiKeyEvent Done = new(Noon, "root", "created");
    private static readonly ApiRequestKey Request = new(Guild, "key:1", "k");

    [Fact]
    public async Task A_key_is_found_by_its_hash_in_its_guild_alone_also_after_a_restart()
    {
        Assert.Equal(1, await Store.AddApiKeyAsync(Key, "hash-1", Done, Token));
        Assert.Equal(2, await Store.AddApiKeyAsync(Key with { Name = "Other", IsManager = true, ActsAs = null, ExpiresAt = null }, "hash-2", Done, Token));
        await ReopenAsync();

        Assert.Equal(Key with { Number = 1 }, await Store.FindApiKeyAsync(Guild, "hash-1", Token));
        Assert.Null(await Store.FindApiKeyAsync(new GuildId(5), "hash-1", Token));
        Assert.Null(await Store.FindApiKeyAsync(Guild, "hash-3", Token));
        Assert.Equal(["CRM", "Other"], (await Store.ApiKeysAsync(Guild, Token)).Select(key => key.Name));
    }

    [Fact]
    public async Task What_is_done_to_a_key_is_recorded_and_a_revoked_one_stays_so()
    {
        await Store.AddApiKeyAsync(Key, "hash-1", Done, Token);
        Assert.True(await Store.RotateApiKeyAsync(Guild, 1, "hash-9", Done with { What = "rotated" }, Token));
        Assert.Null(await Store.FindApiKeyAsync(Guild, "hash-1", Token));
        Assert.True(await Store.RevokeApiKeyAsync(Guild, 1, Done with { What = "revoked" }, Token));
        Assert.False(await Store.RevokeApiKeyAsync(Guild, 1, Done, Token));
        Assert.False(await Store.RotateApiKeyAsync(Guild, 1, "hash-10", Done, Token));
        Assert.False(await Store.RevokeApiKeyAsync(new GuildId(5), 1, Done, Token));

        Assert.Equal(["created", "rotated", "revoked"], (await Store.ApiKeyEventsAsync(Guild, 1, Token)).Select(done => done.What));
        Assert.False((await Store.FindApiKeyAsync(Guild, "hash-9", Token))!.Holds(Noon));
    }

    [Fact]
    public async Task A_request_is_begun_once_and_answered_again()
    {
        Assert.Null(await Store.BeginApiRequestAsync(Request, "h", Noon, Token));
        Assert.Equal(new KnownApiRequest("h", Noon, null), await Store.BeginApiRequestAsync(Request, "other", Noon.AddSeconds(1), Token));
        Assert.Null(await Store.BeginApiRequestAsync(Request with { Caller = "key:2" }, "h", Noon, Token));
        Assert.True(await Store.ResumeApiRequestAsync(Request, Noon, Noon.AddMinutes(1), Token));
        Assert.False(await Store.ResumeApiRequestAsync(Request, Noon, Noon.AddMinutes(1), Token));
        var answer = new KeptAnswer(201, "{}", "\"1\"", null);
        await Store.EndApiRequestAsync(Request, answer, Token);
        await Store.ForgetApiRequestAsync(Request, Token);
        Assert.Equal(answer, (await Store.BeginApiRequestAsync(Request, "h", Noon, Token))?.Answer);
        await Store.PruneApiRequestsAsync(Noon.AddMinutes(2), Token);
        Assert.Null(await Store.BeginApiRequestAsync(Request, "h", Noon, Token));
        await Store.ForgetApiRequestAsync(Request, Token);
        Assert.Null(await Store.BeginApiRequestAsync(Request, "h", Noon, Token));
    }

    [Fact]
    public async Task A_list_holds_what_may_be_seen_in_the_order_that_was_asked_for()
    {
        var first = await OpenTicketAsync(Opened(1));
        await GoOnAsync(first, new PrioritySet(Noon, Alice, Priority.Critical));
        await OpenTicketAsync(Opened(2, by: Bob, department: "sales"));
        var third = await OpenTicketAsync(Opened(3, by: Bob));
        await GoOnAsync(third, new TicketClosed(Noon.AddHours(2), ClosingKind.Closed, Alice, "Alice", null));
        await OpenTicketAsync(Opened(1, guild: new GuildId(7)));
        var all = new TicketQuery(Guild);

        Assert.Equal([3, 2, 1], await NumbersAsync(all));
        Assert.Equal([1, 2, 3], await NumbersAsync(all with { Order = TicketOrder.Oldest }));
        Assert.Equal([1, 2], await NumbersAsync(all with { Order = TicketOrder.MostUrgent }));
        Assert.Equal([2], await NumbersAsync(all with { Order = TicketOrder.MostUrgent, After = TicketPlace.Of(first with { Priority = Priority.Critical }) }));
        Assert.Equal([2, 1], await NumbersAsync(all with { After = TicketPlace.Of(third) }));
        Assert.Equal([3, 1], await NumbersAsync(all with { Within = ["help"] }));
        Assert.Empty(await NumbersAsync(all with { Within = [] }));
        Assert.Equal([3], await NumbersAsync(all with { Within = ["help"], Opener = Bob }));
        Assert.Equal([3], await NumbersAsync(all with { Status = TicketStatus.Closed }));
        Assert.Equal([2], await NumbersAsync(all with { IsOpen = true, Priority = Priority.Medium }));
        Assert.Equal([3], await NumbersAsync(all with { Limit = 1 }));
        Assert.Equal([1], await NumbersAsync(all with { Department = "help", IsOpen = true }));
        Assert.Empty(await NumbersAsync(all with { Status = TicketStatus.Failed }));
    }

    [Fact]
    public async Task A_list_follows_the_time_of_opening_also_over_several_departments()
    {
        await OpenTicketAsync(Opened(1));
        await OpenTicketAsync(Opened(2, by: Bob, department: "sales"));
        await OpenTicketAsync(Opened(3, by: Bob, department: "press"));
        // An import brings older tickets with higher numbers.
        var old = await OpenTicketAsync(Opened(4, by: Bob) with { At = Noon.AddDays(-1) });
        var some = new TicketQuery(Guild) { Within = ["help", "sales", "none"] };

        Assert.Equal([3, 2, 1, 4], await NumbersAsync(new TicketQuery(Guild)));
        Assert.Equal([4, 1, 2, 3], await NumbersAsync(new TicketQuery(Guild) { Order = TicketOrder.Oldest }));
        Assert.Equal([4], await NumbersAsync(new TicketQuery(Guild) { OpenedBefore = Noon }));
        Assert.Equal([2, 1, 4], await NumbersAsync(some));
        Assert.Equal([2, 1], await NumbersAsync(some with { Limit = 2 }));
        Assert.Equal([1, 2], await NumbersAsync(some with { Order = TicketOrder.Oldest, After = TicketPlace.Of(old) }));
        Assert.Equal([1, 2, 4], await NumbersAsync(some with { Order = TicketOrder.MostUrgent }));
        Assert.Equal([2], await NumbersAsync(some with { Department = "sales" }));
        Assert.Equal([2, 4], await NumbersAsync(some with { Opener = Bob }));
    }

    [Fact]
    public async Task Tickets_are_counted_and_timed_within_what_may_be_seen()
    {
        var ticket = await OpenTicketAsync(Opened(1));
        var answered = Facts(ticket, new StaffReplied(Noon), new TicketClosed(Noon.AddHours(2), ClosingKind.Closed, Bob, "Bob", null)) with { By = Bob };
        await CommitAsync(answered);
        await OpenTicketAsync(Opened(2, by: Bob, department: "sales"));

        var all = await Store.StatisticsAsync(Guild, null, Noon.AddDays(-1), Noon.AddDays(1), Token);
        Assert.Equal([new OpenCount("sales", false, Priority.Medium, 1)], all.Open);
        Assert.Equal([("help", 1L), ("sales", 1L)], all.Totals.OrderBy(total => total.Key).Select(total => (total.Key, total.Value)));
        Assert.Equal((2, 1, 1), (all.Of(MeasureKind.Opened).Count, all.Of(MeasureKind.FirstResponse).Count, all.Of(MeasureKind.Closed).Count));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.Zero), (all.Of(MeasureKind.Closed).Mean, all.Of(MeasureKind.FirstResponse).Mean));
        var sales = await Store.StatisticsAsync(Guild, ["sales"], Noon.AddDays(-1), Noon.AddDays(1), Token);
        Assert.Equal((1, 0, null), (sales.Of(MeasureKind.Opened).Count, sales.Of(MeasureKind.Closed).Count, sales.Of(MeasureKind.Closed).Mean));
    }

    private async Task<List<long>> NumbersAsync(TicketQuery query) => [.. (await Store.TicketsAsync(query, Token)).Select(ticket => ticket.Number)];
}
