using Usher.Storage;

namespace Usher.Engine.Outgoing;

/// <summary>What is owed in one stream, by id. Rows come as they are committed; the database is asked only for those of an earlier run and those that failed.</summary>
internal sealed class EffectStream
{
    // Null: the row must be read before it is carried out.
    private readonly SortedDictionary<long, EffectRow?> _owed = [];

    /// <summary>Guards all that is in here.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether somebody carries it out now.</summary>
    public bool Running { get; set; }

    /// <summary>Whether something came since it was last looked at.</summary>
    public bool Asked { get; set; }

    /// <summary>Whether it was empty and has been put away: another takes its place.</summary>
    public bool Gone { get; set; }

    /// <summary>Whether nothing is owed.</summary>
    public bool IsEmpty => _owed.Count == 0;

    /// <summary>That is owed. What is known already stays as it is.</summary>
    public void Add(long id, EffectRow? row)
    {
        if (!_owed.TryAdd(id, row) && row is not null) _owed[id] = row;
    }

    /// <summary>The next, and its row as far as it is known.</summary>
    public (long Id, EffectRow? Row)? First
    {
        get
        {
            foreach (var (id, row) in _owed) return (id, row);
            return null;
        }
    }

    /// <summary>That one is over.</summary>
    public void End(long id) => _owed.Remove(id);

    /// <summary>That one is no longer as it was: it is read before it is tried again.</summary>
    public void Forget(long id)
    {
        if (_owed.ContainsKey(id)) _owed[id] = null;
    }
}
