using Usher.Discord.Model;
using Usher.Sandbox.World.Rules;

namespace Usher.Sandbox.World;

/// <summary>
/// The enforced nonces of a bot's last minutes: the same nonce in the same channel is answered with the message that has it.
/// <see href="https://discord.com/developers/docs/resources/message#create-message"/>
/// </summary>
internal sealed class NonceMemory
{
    private readonly Dictionary<(Snowflake Channel, string Nonce), (MessageState Message, DateTimeOffset At)> _known = [];
    // Messages come in the order of time, so that only the oldest need be looked at to forget.
    private readonly Queue<((Snowflake Channel, string Nonce) Key, DateTimeOffset At)> _order = [];

    internal void Remember(Snowflake channel, string nonce, MessageState message, DateTimeOffset now)
    {
        Forget(now);
        _known[(channel, nonce)] = (message, now);
        _order.Enqueue(((channel, nonce), now));
    }

    internal MessageState? Find(Snowflake channel, string nonce, DateTimeOffset now) =>
        _known.TryGetValue((channel, nonce), out var known) && now - known.At <= Limits.NonceMemory ? known.Message : null;

    private void Forget(DateTimeOffset now)
    {
        while (_order.TryPeek(out var oldest) && now - oldest.At > Limits.NonceMemory)
        {
            _order.Dequeue();
            if (_known.TryGetValue(oldest.Key, out var known) && known.At == oldest.At) _known.Remove(oldest.Key);
        }
    }
}
