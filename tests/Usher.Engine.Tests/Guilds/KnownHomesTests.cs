using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Engine.Guilds;
using Usher.Storage;
using Xunit;

namespace Usher.Engine.Tests.Guilds;

/// <summary>Where tickets live: what was stored, and what has changed since the start.</summary>
public sealed class KnownHomesTests
{
    private static readonly GuildId Guild = new(1);
    private static readonly GuildId Other = new(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 1L)]
    [InlineData(20, 2L)]
    [InlineData(30, 4L)]
    [InlineData(5, 7L)]
    [InlineData(9, null)]
    [InlineData(15, null)]
    [InlineData(99, null)]
    public async Task What_was_stored_is_found_whatever_its_order(ulong channel, long? ticket)
    {
        var homes = await LoadedAsync((10, 1), (20, 2), (30, 3), (30, 4), (5, 7));
        Assert.Equal(ticket, homes.TicketIn(channel)?.Number);
        Assert.Equal(ticket is not null, homes.MayContain(channel));
    }

    [Fact]
    public async Task Each_is_its_own_guilds()
    {
        var homes = new KnownHomes();
        await homes.LoadAsync(new[] { new KnownHome(new ChannelId(1), new TicketKey(Guild, 1)), new KnownHome(new ChannelId(2), new TicketKey(Other, 1)), new KnownHome(new ChannelId(3), new TicketKey(Guild, 2)) }.ToAsyncEnumerable(), Token);
        Assert.Equal([Guild, Other, Guild], new ulong[] { 1, 2, 3 }.Select(channel => homes.TicketIn(channel)!.Value.Guild));
    }

    [Fact]
    public async Task What_changes_lies_over_what_was_stored()
    {
        var homes = await LoadedAsync((10, 1), (20, 2));

        homes.Remove(new ChannelId(10), Ticket(9));
        Assert.Equal(1, homes.TicketIn(10)?.Number);
        homes.Remove(new ChannelId(10), Ticket(1));
        Assert.Null(homes.TicketIn(10));
        homes.Remove(new ChannelId(10), Ticket(1));
        homes.Add(new ChannelId(10), Ticket(3));
        Assert.Equal(3, homes.TicketIn(10)?.Number);
        // Of a ticket that lives there no more nothing is taken away.
        homes.Remove(new ChannelId(10), Ticket(1));
        Assert.Equal(3, homes.TicketIn(10)?.Number);
        homes.Remove(new ChannelId(10), Ticket(3));
        Assert.Null(homes.TicketIn(10));

        homes.Add(new ChannelId(40), Ticket(4));
        homes.Remove(new ChannelId(40), Ticket(4));
        Assert.False(homes.MayContain(40));
        Assert.Equal(2, homes.TicketIn(20)?.Number);
    }

    [Fact]
    public async Task A_place_is_reserved_for_whoever_is_first()
    {
        var homes = await LoadedAsync((10, 1));
        Assert.Equal(Ticket(1), homes.Reserve(new ChannelId(10), Ticket(2)));
        homes.Remove(new ChannelId(10), Ticket(1));
        Assert.Equal(Ticket(2), homes.Reserve(new ChannelId(10), Ticket(2)));
        Assert.Equal(Ticket(2), homes.Reserve(new ChannelId(10), Ticket(3)));
        Assert.Equal(Ticket(5), homes.Reserve(new ChannelId(50), Ticket(5)));
    }

    private static TicketKey Ticket(long number) => new(Guild, number);

    private static async Task<KnownHomes> LoadedAsync(params (ulong Channel, long Ticket)[] stored)
    {
        var homes = new KnownHomes();
        await homes.LoadAsync(stored.Select(home => new KnownHome(new ChannelId(home.Channel), Ticket(home.Ticket))).ToAsyncEnumerable(), Token);
        return homes;
    }
}
