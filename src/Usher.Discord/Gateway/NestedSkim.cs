using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Usher.Discord.Gateway;

/// <summary>
/// Finds the end of a JSON object or array. It looks at 64 bytes at once: which of them are quotes, which stand within strings, which open and which close;
/// as long as fewer close than are open, the whole block is passed over.
/// </summary>
internal static class NestedSkim
{
    private const int Block = 64;

    /// <param name="json">Begins with the bracket that opens.</param>
    /// <returns>The length up to and with the bracket that closes; 0 when it is missing.</returns>
    public static int LengthOf(ReadOnlySpan<byte> json)
    {
        var (at, depth) = (0, 0);
        var (inString, escaped) = (false, false);
        for (; at + Block <= json.Length; at += Block)
        {
            var marks = Marks.Of(json.Slice(at, Block), ref inString, ref escaped);
            var closing = BitOperations.PopCount(marks.Closing);
            if (closing < depth)
            {
                depth += BitOperations.PopCount(marks.Opening) - closing;
                continue;
            }
            for (var both = marks.Opening | marks.Closing; both != 0; both &= both - 1)
            {
                var bit = BitOperations.TrailingZeroCount(both);
                if ((marks.Opening >> bit & 1) != 0) depth++;
                else if (--depth == 0) return at + bit + 1;
            }
        }
        return LengthOfRest(json, at, depth, inString, escaped);
    }

    private static int LengthOfRest(ReadOnlySpan<byte> json, int at, int depth, bool inString, bool escaped)
    {
        for (; at < json.Length; at++)
        {
            if (escaped)
            {
                escaped = false;
                continue;
            }
            switch (json[at])
            {
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'\\':
                    escaped = true;
                    break;
                case (byte)'{' or (byte)'[' when !inString:
                    depth++;
                    break;
                case (byte)'}' or (byte)']' when !inString && --depth == 0:
                    return at + 1;
            }
        }
        return 0;
    }

    /// <summary>One bit for each byte of a block.</summary>
    private readonly record struct Marks(ulong Opening, ulong Closing)
    {
        public static Marks Of(ReadOnlySpan<byte> block, ref bool inString, ref bool escaped)
        {
            var low = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(block));
            var high = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(block), 32);
            var quotes = Where(low, high, (byte)'"');
            var backslashes = Where(low, high, (byte)'\\');
            if (backslashes != 0 || escaped) quotes &= ~EscapedBy(backslashes, ref escaped);
            var strings = Between(quotes);
            if (inString) strings = ~strings;
            inString = strings >> 63 != 0;
            // A square bracket differs from the curly one in this bit alone.
            var curl = Vector256.Create((byte)0x20);
            return new Marks(Where(low | curl, high | curl, (byte)'{') & ~strings, Where(low | curl, high | curl, (byte)'}') & ~strings);
        }

        private static ulong Where(Vector256<byte> low, Vector256<byte> high, byte value)
        {
            var wanted = Vector256.Create(value);
            return Vector256.Equals(low, wanted).ExtractMostSignificantBits() | (ulong)Vector256.Equals(high, wanted).ExtractMostSignificantBits() << 32;
        }

        /// <summary>Each bit becomes whether an odd number of bits is set up to and with it: from an opening quote to before the closing one.</summary>
        private static ulong Between(ulong quotes)
        {
            for (var shift = 1; shift < 64; shift <<= 1) quotes ^= quotes << shift;
            return quotes;
        }

        private static ulong EscapedBy(ulong backslashes, ref bool first)
        {
            var result = first ? 1UL : 0;
            first = false;
            var rest = backslashes & ~result;
            while (rest != 0)
            {
                var bit = BitOperations.TrailingZeroCount(rest);
                first = bit == 63;
                if (first) break;
                result |= 2UL << bit;
                // A backslash that is escaped escapes nothing.
                rest &= ~(3UL << bit);
            }
            return result;
        }
    }
}
