using System.Buffers.Text;
using System.Text;
using Usher.Discord.Model;
using Usher.Sandbox.World;

namespace Usher.Sandbox.Wire.Gateway;

/// <summary>What a client asked for with IDENTIFY, and all that was dispatched to it since; it outlives the socket for some minutes. Guarded by the world's lock.</summary>
internal sealed class GatewaySession(ApplicationState application, Intents intents, int shard, int shards, int largeThreshold, int replayLength)
{
    private readonly Queue<(int Sequence, string Name, byte[] Frame)> _replay = new();

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public ApplicationState Application => application;

    public Intents Intents => intents;

    public int Shard => shard;

    public int Shards => shards;

    public int LargeThreshold => largeThreshold;

    /// <summary>The number of the last dispatch.</summary>
    public int Sequence { get; private set; }

    /// <summary>The number of the last dispatch that was written to a socket.</summary>
    public int SentSequence { get; set; }

    public GatewayConnection? Connection { get; set; }

    /// <summary>Since when no socket holds it.</summary>
    public DateTimeOffset? LostAt { get; set; }

    public bool Owns(GuildState guild) => (int)((guild.Id.Value >> 22) % (ulong)shards) == shard;

    /// <summary>Numbers an event and keeps it for a resume; gives the frame.</summary>
    public byte[] Record(string name, byte[] data)
    {
        Sequence++;
        var frame = Frame(name, data, Sequence);
        _replay.Enqueue((Sequence, name, frame));
        if (_replay.Count > replayLength) _replay.Dequeue();
        return frame;
    }

    /// <summary>What came after a sequence; null where it is no longer kept.</summary>
    public IReadOnlyList<(int Sequence, string Name, byte[] Frame)>? Since(int sequence)
    {
        if (sequence == Sequence) return [];
        return _replay.TryPeek(out var oldest) && oldest.Sequence <= sequence + 1 ? _replay.Where(entry => entry.Sequence > sequence).ToList() : null;
    }

    private static byte[] Frame(string name, byte[] data, int sequence)
    {
        var frame = new byte[data.Length + name.Length + 48];
        var length = Encoding.UTF8.GetBytes($"{{\"t\":\"{name}\",\"s\":", frame);
        Utf8Formatter.TryFormat(sequence, frame.AsSpan(length), out var digits);
        length += digits;
        ",\"op\":0,\"d\":"u8.CopyTo(frame.AsSpan(length));
        length += 12;
        data.CopyTo(frame, length);
        length += data.Length;
        frame[length++] = (byte)'}';
        return frame[..length];
    }
}
