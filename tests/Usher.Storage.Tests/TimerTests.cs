using Usher.Desk.Engine;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class TimerTests : StoreTest
{
    private async Task<Ticket> WithTimersAsync(params TimerChange[] changes)
    {
        var ticket = await OpenTicketAsync();
        await CommitAsync(Facts(ticket) with { Timers = [.. changes] });
        return ticket;
    }

    private async Task<IEnumerable<(string, DateTimeOffset)>> AllAsync() =>
        (await Store.DueTimersAsync(DateTimeOffset.UnixEpoch.AddYears(1000), 100, Token)).Select(timer => (timer.Name, timer.Due));

    [Fact]
    public async Task Due_timers_come_longest_due_first_and_stay_until_they_fired()
    {
        await WithTimersAsync(new SetTimer("b", Noon.AddMinutes(2)), new SetTimer("a", Noon.AddMinutes(1)), new SetTimer("c", Noon.AddMinutes(3)));

        Assert.Equal(Noon.AddMinutes(1), await Store.NextTimerAsync(Token));
        Assert.Empty(await Store.DueTimersAsync(Noon, 10, Token));
        var due = await Store.DueTimersAsync(Noon.AddMinutes(2), 10, Token);
        Assert.Equal([(Guild, 1L, "a"), (Guild, 1L, "b")], due.Select(timer => (timer.Guild, timer.Ticket, timer.Name)));
        Assert.Equal(["a"], (await Store.DueTimersAsync(Noon.AddMinutes(2), 1, Token)).Select(timer => timer.Name));
        await ReopenAsync();
        Assert.Equal(due, await Store.DueTimersAsync(Noon.AddMinutes(2), 10, Token));
    }

    [Fact]
    public async Task Without_timers_none_is_next() => Assert.Null(await Store.NextTimerAsync(Token));

    [Fact]
    public async Task A_timer_of_the_same_name_is_replaced()
    {
        await WithTimersAsync(new SetTimer("a", Noon), new SetTimer("a", Noon.AddHours(1)));

        Assert.Equal([("a", Noon.AddHours(1))], await AllAsync());
    }

    [Fact]
    public async Task Timers_are_taken_back_one_or_all()
    {
        var ticket = await WithTimersAsync(new SetTimer("a", Noon), new SetTimer("b", Noon), new SetTimer("c", Noon), new CancelTimer("b"));
        var other = await OpenTicketAsync(Opened(2, Bob));
        await CommitAsync(Facts(other) with { Timers = [new SetTimer("other", Noon)] });
        Assert.Equal(["a", "c", "other"], (await AllAsync()).Select(timer => timer.Item1));

        await CommitAsync(Facts(ticket) with { Timers = [new CancelTimers(), new SetTimer("d", Noon)] });

        Assert.Equal(["other", "d"], (await AllAsync()).Select(timer => timer.Item1));
    }

    [Fact]
    public async Task A_timer_fires_once_and_may_set_itself_anew()
    {
        var ticket = await WithTimersAsync(new SetTimer("a", Noon));
        var due = Assert.Single(await Store.DueTimersAsync(Noon, 10, Token));
        var fired = Facts(ticket) with { FiredTimer = due.Id, Timers = [new SetTimer("a", Noon.AddHours(1))] };
        await CommitAsync(fired);

        Assert.Equal([("a", Noon.AddHours(1))], await AllAsync());
        Assert.IsType<CommitResult.AlreadyDone>(await Store.CommitAsync(fired with { Timers = [] }, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_that_was_changed_while_it_was_due_does_not_fire(bool setAnew)
    {
        var ticket = await WithTimersAsync(new SetTimer("a", Noon));
        var due = Assert.Single(await Store.DueTimersAsync(Noon, 10, Token));
        await CommitAsync(Facts(ticket) with { Timers = [setAnew ? new SetTimer("a", Noon) : new CancelTimer("a")] });

        Assert.IsType<CommitResult.AlreadyDone>(await Store.CommitAsync(Facts(ticket) with { FiredTimer = due.Id, Effects = [Line("late")] }, Token));
        Assert.Empty(await Store.OwedEffectsAsync(Token));
    }
}
