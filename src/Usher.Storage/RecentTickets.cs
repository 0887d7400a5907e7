using System.Diagnostics.CodeAnalysis;
using Usher.Desk.Tickets;

namespace Usher.Storage;

/// <summary>
/// The tickets that were worked on last, as they are stored: what follows upon a click concerns the same ticket several times within a second, and
/// each reading anew would cost a query and the making of the whole state. One generation is filled while the one before is still known.
/// </summary>
/// <remarks>A state that is out of date does no harm that a conflict at the commit does not show; then it is forgotten and read anew.</remarks>
internal sealed class RecentTickets(int generation)
{
    private readonly Lock _gate = new();
    private Dictionary<TicketKey, Ticket> _young = [];
    private Dictionary<TicketKey, Ticket> _old = [];

    public bool TryFind(TicketKey key, [NotNullWhen(true)] out Ticket? ticket)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out ticket)) return true;
            if (!_old.TryGetValue(key, out ticket)) return false;
            Add(ticket);
            return true;
        }
    }

    /// <summary>This is stored now; an older state that arrives late changes nothing.</summary>
    public void Keep(Ticket ticket)
    {
        lock (_gate)
        {
            if ((_young.TryGetValue(ticket.Key, out var known) || _old.TryGetValue(ticket.Key, out known)) && known.Version > ticket.Version) return;
            Add(ticket);
        }
    }

    public void Forget(TicketKey key)
    {
        lock (_gate)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    public void Clear()
    {
        lock (_gate) (_young, _old) = ([], []);
    }

    private void Add(Ticket ticket)
    {
        if (_young.Count >= generation && !_young.ContainsKey(ticket.Key)) (_old, _young) = (_young, []);
        _young[ticket.Key] = ticket;
    }
}
