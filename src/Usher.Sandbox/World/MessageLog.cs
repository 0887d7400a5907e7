using Usher.Discord.Model;

namespace Usher.Sandbox.World;

/// <summary>A channel's messages in order of their identifiers, found by identifier at once and by neighbourhood in logarithmic time.</summary>
internal sealed class MessageLog
{
    private readonly List<MessageState> _inOrder = [];
    private readonly Dictionary<Snowflake, MessageState> _byId = [];

    public IReadOnlyList<MessageState> All => _inOrder;

    public MessageState? Find(Snowflake id) => _byId.GetValueOrDefault(id);

    public void Add(MessageState message)
    {
        _inOrder.Add(message);
        _byId.Add(message.Id, message);
    }

    public bool Remove(MessageState message)
    {
        if (!_byId.Remove(message.Id)) return false;
        _inOrder.RemoveAt(FirstAtOrAfter(message.Id));
        return true;
    }

    /// <summary>The youngest first, all older than <paramref name="id"/>.</summary>
    public IEnumerable<MessageState> Before(Snowflake id)
    {
        for (var index = FirstAtOrAfter(id) - 1; index >= 0; index--) yield return _inOrder[index];
    }

    /// <summary>The oldest first, all younger than <paramref name="id"/>.</summary>
    public IEnumerable<MessageState> After(Snowflake id)
    {
        for (var index = FirstAtOrAfter(new(id.Value + 1)); index < _inOrder.Count; index++) yield return _inOrder[index];
    }

    private int FirstAtOrAfter(Snowflake id)
    {
        var (low, high) = (0, _inOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_inOrder[middle].Id < id) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
