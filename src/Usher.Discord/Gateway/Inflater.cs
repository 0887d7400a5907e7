using System.IO.Compression;

namespace Usher.Discord.Gateway;

/// <summary>
/// The inflating end of <c>zlib-stream</c>: one context for the life of a connection, each payload ending in a sync flush.
/// See https://discord.com/developers/docs/events/gateway#transport-compression.
/// </summary>
internal sealed class Inflater : IDisposable
{
    private readonly FeedStream _feed = new();
    private readonly ZLibStream _zlib;

    public Inflater() => _zlib = new ZLibStream(_feed, CompressionMode.Decompress);

    /// <summary>Whether the bytes received so far end a payload; until then more belong to it.</summary>
    public static bool EndsPayload(ReadOnlySpan<byte> compressed) => compressed.EndsWith((ReadOnlySpan<byte>)[0x00, 0x00, 0xFF, 0xFF]);

    /// <exception cref="InvalidDataException">The bytes are no continuation of this stream; the connection is of no more use.</exception>
    public void Inflate(ReadOnlyMemory<byte> compressed, PooledBuffer into)
    {
        _feed.Feed(compressed);
        while (true)
        {
            var read = _zlib.Read(into.GetSpan(4096));
            if (read == 0) return;
            into.Advance(read);
        }
    }

    public void Dispose() => _zlib.Dispose();

    /// <summary>Gives out what it was fed, then says "nothing for now", which the inflater takes up again at the next payload.</summary>
    private sealed class FeedStream : Stream
    {
        private ReadOnlyMemory<byte> _bytes;

        public void Feed(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _bytes.Length);
            _bytes.Span[..count].CopyTo(buffer);
            _bytes = _bytes[count..];
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
