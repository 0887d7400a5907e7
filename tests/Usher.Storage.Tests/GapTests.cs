using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class GapTests : StoreTest
{
    private async Task<Ticket> AtHomeAsync(long number, UserId by, params Usher.Desk.Engine.Fact[] further) =>
        await GoOnAsync(await OpenTicketAsync(Opened(number, by)), [new HomeCreated(Noon, new ChannelId((ulong)number)), .. further]);

    [Fact]
    public async Task A_lost_session_may_have_cost_every_home_that_is_not_locked_a_message()
    {
        var closed = new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null);
        var closedThread = await AtHomeAsync(1, Alice, closed);
        await CommitAsync(Facts(closedThread) with { Effects = [Line("owed")] });
        await AtHomeAsync(5, Alice, closed);
        var open = await AtHomeAsync(2, Alice);
        await AtHomeAsync(3, Bob, closed, new HomeRemoved(Noon));
        await OpenTicketAsync(Opened(4, Bob));

        await Store.MarkGapsAsync(null, Token);

        Assert.Equal([open.Key, closedThread.Key], await Store.GapsAsync(Token));
        Assert.True(await Store.HasGapAsync(open.Key, Token));
        Assert.False(await Store.HasGapAsync(new TicketKey(Guild, 3), Token));
        await Store.ClearGapAsync(open.Key, Token);
        Assert.False(await Store.HasGapAsync(open.Key, Token));
    }

    [Fact]
    public async Task A_single_ticket_can_be_marked_and_a_change_of_it_keeps_the_mark()
    {
        var one = await AtHomeAsync(1, Alice);
        await AtHomeAsync(2, Bob);
        await Store.MarkGapsAsync([one.Key, new TicketKey(Guild, 99)], Token);
        await GoOnAsync(one, new TicketClaimed(Noon, Bob, "Bob"));
        await ReopenAsync();

        Assert.Equal([one.Key], await Store.GapsAsync(Token));
    }

    [Fact]
    public async Task A_gap_marked_while_another_was_filled_is_not_forgotten()
    {
        var key = (await AtHomeAsync(1, Alice)).Key;
        await Store.MarkGapsAsync(null, Token);
        var mark = await Store.GapMarkAsync(key, Token);
        await Store.MarkGapsAsync(null, Token);

        Assert.False(await Store.ClearGapAsync(key, mark, Token));
        Assert.True(await Store.HasGapAsync(key, Token));
        Assert.True(await Store.ClearGapAsync(key, await Store.GapMarkAsync(key, Token), Token));
        Assert.Equal(0, await Store.GapMarkAsync(key, Token));
    }
}
