using System.Collections.Concurrent;
using Usher.Discord.Model;
using Usher.Sandbox;
using Usher.Sandbox.World;

namespace Usher.Benchmarks.Killing;

/// <summary>Sees all that happens in the box, also what is deleted again later.</summary>
internal sealed class Eyes : IDisposable
{
    private readonly Box _box;
    private readonly IDisposable _watching;
    private readonly ConcurrentDictionary<Snowflake, ChannelState> _homes = new();
    private readonly ConcurrentQueue<ChannelState> _made = new();
    private readonly ConcurrentDictionary<ChannelState, ConcurrentQueue<MessageState>> _messages = new();
    private readonly ConcurrentQueue<InteractionState> _settled = new();

    internal Eyes(Box box)
    {
        _box = box;
        _watching = box.World.Watch(See);
    }

    /// <summary>Every thread and channel that was ever made for a ticket.</summary>
    internal IReadOnlyCollection<ChannelState> Homes => _made;

    /// <summary>Every click, command and form that was answered or failed.</summary>
    internal IReadOnlyCollection<InteractionState> Settled => _settled;

    /// <summary>The ticket's home of that member; null while there is none.</summary>
    internal ChannelState? HomeOf(UserState user) => _homes.GetValueOrDefault(user.Id);

    /// <summary>Every message that was ever written there and that more than one person could see.</summary>
    internal IReadOnlyCollection<MessageState> MessagesIn(ChannelState channel) => _messages.TryGetValue(channel, out var messages) ? messages : [];

    /// <summary>Everywhere that something was written.</summary>
    internal IReadOnlyCollection<ChannelState> Channels => (IReadOnlyCollection<ChannelState>)_messages.Keys;

    public void Dispose() => _watching.Dispose();

    private void See(WorldEvent happening)
    {
        switch (happening)
        {
            case ThreadCreated { Newly: true, Thread: { } thread } when thread.Parent == _box.Harbour.SupportChannel:
                _made.Enqueue(thread);
                break;
            case ThreadMembersChanged change when change.Thread.Parent == _box.Harbour.SupportChannel:
                foreach (var user in change.Added) _homes.TryAdd(user.Id, change.Thread);
                break;
            case ChannelCreated { Channel: { } channel } when channel.Parent == _box.Harbour.Tickets:
                _made.Enqueue(channel);
                foreach (var overwrite in channel.Overwrites.Where(overwrite => overwrite.IsMember)) _homes.TryAdd(overwrite.Id, channel);
                break;
            case MessageCreated { Message: { EphemeralFor: null } message }:
                _messages.GetOrAdd(message.Channel, _ => new()).Enqueue(message);
                break;
            case InteractionSettled settled:
                _settled.Enqueue(settled.Interaction);
                break;
        }
    }
}
