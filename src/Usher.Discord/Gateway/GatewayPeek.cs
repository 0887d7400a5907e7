using Usher.Discord.Model;

namespace Usher.Discord.Gateway;

/// <summary>Decides, before an event is read, whether anyone wants it. Called on the shard's loop for every dispatch but READY and RESUMED: it must be quick and must not throw.</summary>
/// <param name="peek">What was seen of the event.</param>
/// <returns>False to drop it: no object is made, and it counts as done.</returns>
public delegate bool GatewayFilter(in GatewayPeek peek);

/// <summary>
/// What can be told of a payload from its outermost properties, found without allocating.
/// See https://discord.com/developers/docs/events/gateway-events#payload-structure.
/// </summary>
public readonly record struct GatewayPeek
{
    /// <summary><c>op</c>.</summary>
    public GatewayOpcode Opcode { get; private init; }

    /// <summary><c>s</c>; null when the payload is no dispatch.</summary>
    public long? Sequence { get; private init; }

    /// <summary><c>t</c>, such as <c>MESSAGE_CREATE</c>; empty when the payload is no dispatch.</summary>
    public string Name { get; private init; }

    /// <summary><c>d.id</c>; empty when there is none. In a message event the message, in a channel or thread event the channel itself.</summary>
    public Snowflake Id { get; private init; }

    /// <summary><c>d.channel_id</c>; empty when there is none.</summary>
    public Snowflake ChannelId { get; private init; }

    /// <summary><c>d.guild_id</c>; empty when there is none, as in DMs.</summary>
    public Snowflake GuildId { get; private init; }

    /// <summary><c>d.parent_id</c>; empty when there is none.</summary>
    public Snowflake ParentId { get; private init; }

    /// <summary>The first bytes of <c>d.content</c>, up to eight, the first lowest; zero when there is none.</summary>
    private ulong ContentHead { get; init; }

    /// <summary>Whether a message's text may begin with a command's prefix. Looks at eight bytes and lets what is escaped in JSON pass: a maybe, never a wrong no.</summary>
    /// <param name="prefix">The prefix.</param>
    public bool ContentBeginsWith(ReadOnlySpan<char> prefix)
    {
        var length = Math.Min(prefix.Length, sizeof(ulong));
        for (var i = 0; i < length; i++)
        {
            var there = (byte)(ContentHead >> (8 * i));
            if (there == (byte)'\\' || !char.IsAscii(prefix[i])) return ContentHead != 0;
            if (there != prefix[i]) return false;
        }
        return true;
    }

    /// <summary>Where <c>d</c> begins in the payload.</summary>
    internal int DataStart { get; private init; }

    /// <summary>How many bytes <c>d</c> has; 0 when it is missing.</summary>
    internal int DataLength { get; private init; }

    /// <summary>Looks at a payload.</summary>
    /// <param name="payload">The whole payload, UTF-8.</param>
    /// <param name="peek">What was seen.</param>
    /// <returns>False when the bytes are no gateway payload.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out GatewayPeek peek)
    {
        peek = default;
        var skim = new JsonSkim(payload);
        ulong? opcode = null;
        ulong? sequence = null;
        var name = "";
        var (start, length) = (0, 0);
        while (skim.Next(out var key, out var value))
        {
            if (key.SequenceEqual("d"u8)) (start, length) = (skim.ValueStart, value.Length);
            else if (key.SequenceEqual("op"u8) && JsonSkim.TryReadNumber(value, out var number)) opcode = number;
            else if (key.SequenceEqual("s"u8) && JsonSkim.TryReadNumber(value, out number)) sequence = number;
            else if (key.SequenceEqual("t"u8) && value[0] == (byte)'"') name = EventNames.Of(value[1..^1]);
        }
        if (!skim.Complete || opcode is not <= int.MaxValue || sequence > long.MaxValue) return false;
        peek = new GatewayPeek
        {
            Opcode = (GatewayOpcode)opcode,
            Sequence = (long?)sequence,
            Name = name,
            DataStart = start,
            DataLength = length,
        };
        if (peek.Opcode != GatewayOpcode.Dispatch) return true;
        peek = peek.WithIds(payload.Slice(start, length));
        return name.Length > 0 && sequence is not null;
    }

    private GatewayPeek WithIds(ReadOnlySpan<byte> data)
    {
        ulong id = 0, channel = 0, guild = 0, parent = 0, content = 0;
        var skim = new JsonSkim(data);
        while (skim.Next(out var key, out var value))
        {
            if (key.SequenceEqual("id"u8)) Read(value, ref id);
            else if (key.SequenceEqual("channel_id"u8)) Read(value, ref channel);
            else if (key.SequenceEqual("guild_id"u8)) Read(value, ref guild);
            else if (key.SequenceEqual("parent_id"u8)) Read(value, ref parent);
            else if (key.SequenceEqual("content"u8) && value.Length > 2) content = Head(value[1..^1]);
        }
        return this with { Id = new(id), ChannelId = new(channel), GuildId = new(guild), ParentId = new(parent), ContentHead = content };

        static ulong Head(ReadOnlySpan<byte> text)
        {
            Span<byte> head = stackalloc byte[sizeof(ulong)];
            head.Clear();
            text[..Math.Min(text.Length, head.Length)].CopyTo(head);
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(head);
        }

        static void Read(ReadOnlySpan<byte> value, ref ulong into)
        {
            if (JsonSkim.TryReadNumber(value, out var number)) into = number;
        }
    }
}
