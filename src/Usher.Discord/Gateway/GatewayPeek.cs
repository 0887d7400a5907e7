using System.Buffers.Binary;
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
        if (!skim.TryEnter()) return false;
        var (opcode, sequence) = (ulong.MaxValue, ulong.MaxValue);
        var name = "";
        var (start, length) = (0, 0);
        var seen = default(Seen);
        while (skim.Next(out var key))
        {
            if (key.SequenceEqual("op"u8)) skim.Number(ref opcode);
            else if (key.SequenceEqual("s"u8)) skim.Number(ref sequence);
            else if (key.SequenceEqual("t"u8)) name = NameOf(skim.Value());
            else if (key.SequenceEqual("d"u8))
            {
                start = skim.Position;
                seen.Read(ref skim);
                length = skim.Position - start;
            }
            else skim.Value();
        }
        if (skim.IsBroken || !skim.IsAtEnd || opcode > int.MaxValue) return false;
        peek = new GatewayPeek
        {
            Opcode = (GatewayOpcode)opcode,
            Sequence = sequence <= long.MaxValue ? (long)sequence : null,
            Name = name,
            DataStart = start,
            DataLength = length,
        };
        if (peek.Opcode != GatewayOpcode.Dispatch) return true;
        peek = peek with
        {
            Id = new(seen.Id),
            ChannelId = new(seen.Channel),
            GuildId = new(seen.Guild),
            ParentId = new(seen.Parent),
            ContentHead = seen.ContentHead,
        };
        return name.Length > 0 && peek.Sequence is not null;
    }

    private static string NameOf(ReadOnlySpan<byte> value) => value.Length > 2 && value[0] == (byte)'"' ? EventNames.Of(value[1..^1]) : "";

    /// <summary>What is of use among the outermost properties of <c>d</c>.</summary>
    private struct Seen
    {
        public ulong Id;
        public ulong Channel;
        public ulong Guild;
        public ulong Parent;
        public ulong ContentHead;

        /// <summary>Jumps over the value that begins here, in the same pass.</summary>
        public void Read(ref JsonSkim skim)
        {
            if (!skim.TryEnter())
            {
                skim.Value();
                return;
            }
            while (skim.Next(out var key))
            {
                if (key.SequenceEqual("id"u8)) skim.Number(ref Id);
                else if (key.SequenceEqual("channel_id"u8)) skim.Number(ref Channel);
                else if (key.SequenceEqual("guild_id"u8)) skim.Number(ref Guild);
                else if (key.SequenceEqual("parent_id"u8)) skim.Number(ref Parent);
                else if (key.SequenceEqual("content"u8)) ContentHead = HeadOf(skim.Value());
                else skim.Value();
            }
        }

        private static ulong HeadOf(ReadOnlySpan<byte> value)
        {
            if (value.Length < 3 || value[0] != (byte)'"') return 0;
            Span<byte> head = stackalloc byte[sizeof(ulong)];
            head.Clear();
            value[1..Math.Min(value.Length - 1, 1 + head.Length)].CopyTo(head);
            return BinaryPrimitives.ReadUInt64LittleEndian(head);
        }
    }
}
