using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>
/// A session outlives its connections: what was dispatched is kept, so that a client that resumes is told what it missed.
/// <see href="https://discord.com/developers/docs/events/gateway#resuming"/>
/// </summary>
internal sealed class GatewaySession(string id, ApplicationState application, Identity identity, int remembered, Func<bool> duplicates)
{
    private readonly Queue<(long Sequence, string Name, byte[] Frame)> _sent = new();

    /// <summary>Which session.</summary>
    internal string Id { get; } = id;

    /// <summary>Whose it is.</summary>
    internal ApplicationState Application { get; } = application;

    /// <summary>What it asked for.</summary>
    internal Identity Identity { get; } = identity;

    /// <summary>The last sequence that was given out.</summary>
    internal long Sequence { get; private set; }

    /// <summary>The connection it speaks through now; null while it is away.</summary>
    internal GatewayConnection? Connection { get; set; }

    /// <summary>When its connection was lost.</summary>
    internal DateTimeOffset? LostAt { get; set; }

    /// <summary>Gives an event its place and sends it, if somebody listens. Under the world's lock.</summary>
    internal void Dispatch(string name, ReadOnlyMemory<byte> data)
    {
        var frame = GatewayFrame.Dispatch(name, ++Sequence, data);
        _sent.Enqueue((Sequence, name, frame));
        if (_sent.Count > remembered) _sent.Dequeue();
        Connection?.Send(0, frame, name);
        if (duplicates()) Connection?.Send(0, frame, name);
    }

    /// <summary>Everything after that sequence, in order; null when it is no longer known, or never was.</summary>
    internal IReadOnlyList<(string Name, byte[] Frame)>? Since(long sequence)
    {
        if (sequence > Sequence || sequence < 0) return null;
        if (_sent.TryPeek(out var oldest) && oldest.Sequence > sequence + 1) return null;
        return [.. _sent.Where(sent => sent.Sequence > sequence).Select(sent => (sent.Name, sent.Frame))];
    }
}
