using System.Text;
using Usher.Desk.Engine;
using Usher.Desk.Features.Claiming;
using Usher.Desk.Features.Closing;
using Usher.Desk.Features.Opening;
using Usher.Desk.Features.Reopening;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class CommitTests : StoreTest
{
    private static readonly TicketClaimed Claimed = new(Noon, Bob, "Bob");

    [Fact]
    public async Task A_decision_is_stored_whole()
    {
        var ticket = await OpenTicketAsync();
        var message = new ArchivedMessage(Guild, 1, new ChannelId(7), new MessageId(8), Bob, Noon, "{}"u8.ToArray(), []);
        var panel = new PostedPanel(Guild, "main", new ChannelId(7), new MessageId(9), "print");
        await Store.SaveInboxAsync("click", "{}"u8.ToArray(), Noon, Token);

        var committed = await CommitAsync(Facts(ticket, Claimed) with
        {
            Effects = [Line("one"), Line("two")],
            Timers = [new SetTimer("remind", Noon)],
            InboxKey = "click",
            Message = message,
            Panel = panel,
        });

        Assert.Equal(Bob, (await Store.FindTicketAsync(ticket.Key, Token))!.Claim!.By);
        Assert.Equal([Line("one"), Line("two")], committed.Effects.Select(row => row.Effect));
        Assert.Equal(committed.Effects[0], await Store.FindEffectAsync(committed.Effects[0].Id, Token));
        Assert.Single(await Store.DueTimersAsync(Noon, 10, Token));
        Assert.True(await Store.IsDoneAsync("click", Token));
        Assert.Equal(message.Id, await Store.LastMessageAsync(Guild, 1, Token));
        Assert.Equal(panel, await Store.FindPanelAsync(Guild, "main", Token));
    }

    [Fact]
    public async Task A_ticket_that_has_changed_meanwhile_is_a_conflict_that_writes_nothing()
    {
        var ticket = await OpenTicketAsync();
        var claimed = await GoOnAsync(ticket, Claimed);

        var late = await Store.CommitAsync(
            Facts(ticket, new TicketClaimed(Noon, Alice, "Alice")) with { Effects = [Line("late")], InboxKey = "late", Timers = [new SetTimer("late", Noon)] },
            Token);

        Assert.IsType<CommitResult.Conflict>(late);
        Assert.Equal(claimed, await Store.FindTicketAsync(ticket.Key, Token));
        Assert.Equal(2, (await Store.FactsAsync(ticket.Key, Token)).Count);
        Assert.Empty(await Store.OwedEffectsAsync(Token));
        Assert.Empty(await Store.DueTimersAsync(Noon, 10, Token));
        Assert.False(await Store.IsDoneAsync("late", Token));
    }

    [Fact]
    public async Task A_decision_without_facts_also_needs_the_ticket_as_it_was()
    {
        var ticket = await OpenTicketAsync();
        await GoOnAsync(ticket, Claimed);

        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(Facts(ticket) with { Effects = [Line("late")] }, Token));
    }

    [Fact]
    public async Task A_number_that_exists_is_a_conflict()
    {
        await OpenTicketAsync();

        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(Facts(null, Opened(by: Bob) with { TranscriptToken = "other" }), Token));
    }

    [Fact]
    public async Task A_slot_holds_one_open_ticket()
    {
        var first = await OpenTicketAsync(Opened(1));

        Assert.IsType<CommitResult.SlotTaken>(await Store.CommitAsync(Facts(null, Opened(2)) with { InboxKey = "second" }, Token));
        Assert.False(await Store.IsDoneAsync("second", Token));
        await OpenTicketAsync(Opened(3, slot: 1));
        await OpenTicketAsync(Opened(4, department: "billing"));
        await OpenTicketAsync(Opened(5, Bob));
        await OpenTicketAsync(Opened(1, guild: new GuildId(2)));
        await GoOnAsync(first, new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null));
        await OpenTicketAsync(Opened(6));
    }

    [Fact]
    public async Task A_ticket_cannot_be_reopened_into_a_slot_that_is_taken()
    {
        var closed = await GoOnAsync(await OpenTicketAsync(Opened(1)), new TicketClosed(Noon, ClosingKind.Closed, Bob, "Bob", null));
        await OpenTicketAsync(Opened(2));

        Assert.IsType<CommitResult.SlotTaken>(await Store.CommitAsync(Facts(closed, new TicketReopened(Noon, Bob, 0)), Token));
        await GoOnAsync(closed, new TicketReopened(Noon, Bob, 1));
    }

    [Fact]
    public async Task Of_two_openings_at_once_one_gets_the_slot()
    {
        var results = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Store.CommitAsync(Facts(null, Opened(n)), Token)));

        Assert.Single(results.OfType<CommitResult.Committed>());
        Assert.Equal(19, results.OfType<CommitResult.SlotTaken>().Count());
        Assert.Single(await Store.OpenTicketsAsync(Guild, Token));
    }

    [Fact]
    public async Task An_event_counts_once()
    {
        var ticket = await OpenTicketAsync();
        var claim = Facts(ticket, Claimed) with { InboxKey = "click" };
        await CommitAsync(claim);

        Assert.IsType<CommitResult.AlreadyDone>(await Store.CommitAsync(claim, Token));
        Assert.IsType<CommitResult.AlreadyDone>(
            await Store.CommitAsync(Facts(claim.After, new TicketUnclaimed(Noon, Bob)) with { InboxKey = "click" }, Token));
        Assert.Equal(claim.After, await Store.FindTicketAsync(ticket.Key, Token));
    }

    [Fact]
    public async Task What_the_facts_do_not_explain_is_refused()
    {
        var ticket = await OpenTicketAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(Facts(ticket, Claimed) with { After = ticket }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(Facts(ticket, Claimed) with { Guild = new GuildId(2) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.CommitAsync(new Commit { Guild = Guild, By = Bob, At = Noon, Timers = [new CancelTimers()] }, Token));
    }

    [Fact]
    public async Task Many_tickets_change_side_by_side_and_none_is_lost()
    {
        const int Tickets = 40;
        const int Changes = 10;

        await Task.WhenAll(Enumerable.Range(1, Tickets).Select(async number =>
        {
            var ticket = await OpenTicketAsync(Opened(number, new UserId((ulong)number)));
            for (var i = 0; i < Changes; i++)
                ticket = await GoOnAsync(ticket, i % 2 == 0 ? Claimed : new TicketUnclaimed(Noon, Bob));
        }));

        Assert.All(await Store.OpenTicketsAsync(Guild, Token), ticket => Assert.Equal(1 + Changes, ticket.Version));
        Assert.Equal(Tickets, (await Store.OpenTicketsAsync(Guild, Token)).Count);
    }

    [Fact]
    public async Task Writers_at_once_on_one_ticket_win_one_after_the_other()
    {
        const int Writers = 10;
        var key = (await OpenTicketAsync()).Key;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            CommitResult result;
            do
            {
                var ticket = (await Store.FindTicketAsync(key, Token))!;
                result = await Store.CommitAsync(Facts(ticket, new Desk.Features.Noting.NoteWritten(Noon, Bob, "Bob", $"{writer}")), Token);
            }
            while (result is CommitResult.Conflict);
        }));

        var notes = (await Store.FindTicketAsync(key, Token))!.Notes.Select(note => int.Parse(note.Text, null)).Order();
        Assert.Equal(Enumerable.Range(0, Writers), notes);
    }

    [Fact]
    public async Task A_unit_at_fault_leaves_its_neighbours_alone()
    {
        var ticket = await OpenTicketAsync();
        var (held, release) = await HoldWriterAsync();
        var stray = Store.SaveMessageAsync(new ArchivedMessage(Guild, 99, new ChannelId(7), new MessageId(8), Bob, Noon, Encoding.UTF8.GetBytes("{}"), []), Token);
        var good = Store.CommitAsync(Facts(ticket, Claimed), Token);
        release();

        await held;
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => stray);
        Assert.IsType<CommitResult.Committed>(await good);
    }

    [Fact]
    public async Task A_write_that_waits_can_be_taken_back()
    {
        using var cancelled = new CancellationTokenSource();
        var (held, release) = await HoldWriterAsync();
        var waiting = Store.SaveSessionAsync(0, "{}", cancelled.Token);
        await cancelled.CancelAsync();
        release();

        await held;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Null(await Store.LoadSessionAsync(0, Token));
    }

    [Fact]
    public async Task Closing_the_store_finishes_what_waits()
    {
        var store = Store;
        var (_, release) = await HoldWriterAsync();
        var waiting = store.SaveSessionAsync(0, "kept", Token);
        var closing = CloseAsync();
        release();
        await closing;

        await waiting;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SaveSessionAsync(0, "late", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.LoadSessionAsync(0, Token));
        await ReopenAsync();
        Assert.Equal("kept", await Store.LoadSessionAsync(0, Token));
    }
}
