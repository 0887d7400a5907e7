using System.Runtime.InteropServices;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Guilds;

/// <summary>The homes that were there when the program started: sixteen bytes each, found by halving.</summary>
internal sealed class StoredHomes
{
    private readonly List<Home> _homes = [];
    private readonly List<GuildId> _guilds = [];

    // What does not come in the order of the channels: few have more than one home.
    private readonly Dictionary<ulong, TicketKey> _besides = [];

    /// <summary>Reads them, best in the order of their channels. Of a channel that is told more than once the last counts.</summary>
    public static async Task<StoredHomes> ReadAsync(IAsyncEnumerable<KnownHome> homes, CancellationToken cancellation)
    {
        var (stored, guilds) = (new StoredHomes(), new Dictionary<GuildId, uint>());
        await foreach (var home in homes.WithCancellation(cancellation))
        {
            var (channel, ticket) = (home.Channel.Value, home.Ticket);
            if (!guilds.TryGetValue(ticket.Guild, out var guild))
            {
                guilds[ticket.Guild] = guild = (uint)stored._guilds.Count;
                stored._guilds.Add(ticket.Guild);
            }
            if (stored._homes is not [.., var last] || last.Channel < channel) stored._homes.Add(new Home(channel, guild, checked((uint)ticket.Number)));
            else stored._besides[channel] = ticket;
        }
        stored._homes.TrimExcess();
        return stored;
    }

    /// <summary>The ticket that lived there; null when none did.</summary>
    public TicketKey? Find(ulong channel)
    {
        if (_besides.TryGetValue(channel, out var other)) return other;
        var homes = CollectionsMarshal.AsSpan(_homes);
        var at = homes.BinarySearch(new Channel(channel));
        return at < 0 ? null : new TicketKey(_guilds[(int)homes[at].Guild], homes[at].Number);
    }

    private readonly record struct Home(ulong Channel, uint Guild, uint Number);

    private readonly record struct Channel(ulong Id) : IComparable<Home>
    {
        public int CompareTo(Home home) => Id.CompareTo(home.Channel);
    }
}
