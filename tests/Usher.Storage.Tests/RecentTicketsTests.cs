using Usher.Desk.Features.Claiming;
using Usher.Desk.Tickets;
using Xunit;

namespace Usher.Storage.Tests;

public sealed class RecentTicketsTests : StoreTest
{
    private static Ticket At(int version, long number = 1)
    {
        var ticket = Opened(number).ApplyTo(null);
        for (var claim = 1; claim < version; claim++) ticket = new TicketClaimed(Noon, Bob, "Bob").ApplyTo(ticket);
        return ticket;
    }

    [Fact]
    public void An_older_state_that_arrives_late_replaces_nothing()
    {
        var recent = new RecentTickets(10);
        recent.Keep(At(2));
        recent.Keep(At(1));

        Assert.True(recent.TryFind(At(1).Key, out var found));
        Assert.Equal(2, found.Version);
    }

    [Fact]
    public void Only_those_worked_on_last_are_kept()
    {
        var recent = new RecentTickets(2);
        foreach (var number in new[] { 1, 2, 3, 1, 4, 5 }) recent.Keep(At(1, number));

        Assert.False(recent.TryFind(At(1, 2).Key, out _));
        Assert.All([5, 4, 1], number => Assert.True(recent.TryFind(At(1, number).Key, out _)));
    }

    [Fact]
    public async Task A_state_that_somebody_else_has_changed_is_forgotten_by_the_conflict()
    {
        var ticket = await OpenTicketAsync();
        await using (var other = await OpenAsync(Options))
        {
            await other.CommitAsync(Facts(ticket, new TicketClaimed(Noon, Bob, "Bob")), Token);
        }

        Assert.IsType<CommitResult.Conflict>(await Store.CommitAsync(Facts(await Store.FindTicketAsync(ticket.Key, Token), new TicketClaimed(Noon, Alice, "Alice")), Token));
        Assert.Equal(Bob, (await Store.FindTicketAsync(ticket.Key, Token))!.Claim?.By);
    }
}
