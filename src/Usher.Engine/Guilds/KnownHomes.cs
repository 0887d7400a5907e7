using System.Collections.Concurrent;
using Usher.Desk.Tickets;
using Usher.Desk.Values;
using Usher.Storage;

namespace Usher.Engine.Guilds;

/// <summary>
/// Which channel or thread is which ticket's: asked for every gateway message, so it is kept in memory. What was there at the start, mostly threads of what was
/// closed long ago, is a sorted list that never changes; what has changed since lies over it.
/// </summary>
public sealed class KnownHomes
{
    private StoredHomes _stored = new();

    // Null: no ticket lives there any more.
    private readonly ConcurrentDictionary<ulong, TicketKey?> _changes = new();
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
    public bool MayContain(ulong channel) => TicketIn(channel) is not null || _candidates.ContainsKey(channel);

    /// <summary>The ticket that lives there; null when none does.</summary>
    public TicketKey? TicketIn(ulong channel) => _changes.TryGetValue(channel, out var key) ? key : _stored.Find(channel);

    /// <summary>Takes in the homes of the database, before anything happens in one.</summary>
    public async Task LoadAsync(IAsyncEnumerable<KnownHome> homes, CancellationToken cancellation) => _stored = await StoredHomes.ReadAsync(homes, cancellation);

    /// <summary>A ticket lives there from now on.</summary>
    public void Add(ChannelId channel, TicketKey ticket) => _changes[channel.Value] = ticket;

    /// <summary>That ticket does not live there any more; another may.</summary>
    public void Remove(ChannelId channel, TicketKey ticket)
    {
        if (_stored.Find(channel.Value) is null) _changes.TryRemove(new KeyValuePair<ulong, TicketKey?>(channel.Value, ticket));
        else if (!_changes.TryUpdate(channel.Value, null, ticket) && _stored.Find(channel.Value) == ticket) _changes.TryAdd(channel.Value, null);
    }

    /// <summary>A ticket is about to live in somebody's direct messages: what they answer at once is heard as its.</summary>
    /// <returns>The ticket that lives there now: another, when it was faster.</returns>
    public TicketKey Reserve(ChannelId channel, TicketKey ticket) =>
        _changes.AddOrUpdate(channel.Value, _ => _stored.Find(channel.Value) ?? ticket, (_, there) => there ?? ticket)!.Value;

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
        if (_expected.TryGetValue((guild, name), out var ticket)) _changes.TryAdd(channel, ticket);
        _candidates.TryRemove(channel, out _);
    }
}
