using System.Collections.Concurrent;
using Usher.Desk.Tickets;
using Usher.Desk.Values;

namespace Usher.Engine.Guilds;

/// <summary>Which channel or thread is which ticket's: asked for every gateway message, so it is kept in memory.</summary>
public sealed class KnownHomes
{
    private readonly ConcurrentDictionary<ulong, TicketKey> _tickets = new();
    private readonly ConcurrentDictionary<(ulong Guild, string Name), TicketKey> _expected = new();

    private readonly ConcurrentDictionary<ulong, byte> _candidates = new();
    private readonly ConcurrentDictionary<ulong, TicketKey> _calls = new();

    /// <summary>The voice channels of a guild's tickets.</summary>
    public IEnumerable<(ChannelId Channel, TicketKey Ticket)> CallsOf(GuildId guild) =>
        _calls.Where(call => call.Value.Guild == guild).Select(call => (new ChannelId(call.Key), call.Value));

    /// <summary>The ticket whose voice channel that is; null when none's.</summary>
    public TicketKey? CallIn(ulong channel) => _calls.TryGetValue(channel, out var key) ? key : null;

    /// <summary>A ticket's people talk there from now on.</summary>
    public void AddCall(ChannelId channel, TicketKey ticket) => _calls[channel.Value] = ticket;

    /// <summary>Nobody talks there any more.</summary>
    public void RemoveCall(ChannelId channel) => _calls.TryRemove(channel.Value, out _);

    /// <summary>Whether this is a ticket's home, or may turn out to be one in a moment.</summary>
    public bool MayContain(ulong channel) => _tickets.ContainsKey(channel) || _candidates.ContainsKey(channel);

    /// <summary>The ticket that lives there; null when none does.</summary>
    public TicketKey? TicketIn(ulong channel) => _tickets.TryGetValue(channel, out var key) ? key : null;

    /// <summary>A ticket lives there from now on.</summary>
    public void Add(ChannelId channel, TicketKey ticket) => _tickets[channel.Value] = ticket;

    /// <summary>That ticket does not live there any more; another may.</summary>
    public void Remove(ChannelId channel, TicketKey ticket) => _tickets.TryRemove(new KeyValuePair<ulong, TicketKey>(channel.Value, ticket));

    /// <summary>A ticket is about to live in somebody's direct messages: what they answer at once is heard as its.</summary>
    /// <returns>The ticket that lives there now: another, when it was faster.</returns>
    public TicketKey Reserve(ChannelId channel, TicketKey ticket) => _tickets.GetOrAdd(channel.Value, ticket);

    /// <summary>A home of that name is about to be made: Discord tells of it, and of words in it, before it answers the request.</summary>
    public void Expect(GuildId guild, string name, TicketKey ticket) => _expected[(guild.Value, name)] = ticket;

    /// <summary>The request has been answered.</summary>
    public void ExpectNoMore(GuildId guild, string name) => _expected.TryRemove((guild.Value, name), out _);

    /// <summary>
    /// A channel or thread is new, and events are about to be dropped or kept ahead of its being read: while homes are expected in
    /// this guild, what is said in it must be kept.
    /// </summary>
    public void Suspect(ulong guild, ulong channel)
    {
        if (_expected.Keys.Any(expected => expected.Guild == guild)) _candidates[channel] = 0;
    }

    /// <summary>A new channel or thread has been read: if one of that name is expected, this is it.</summary>
    public void Met(ulong guild, string name, ulong channel)
    {
        if (_expected.TryGetValue((guild, name), out var ticket)) _tickets.TryAdd(channel, ticket);
        _candidates.TryRemove(channel, out _);
    }
}
