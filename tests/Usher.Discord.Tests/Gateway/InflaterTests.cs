using System.IO.Compression;
using System.Text;
using Usher.Discord.Gateway;
using Xunit;

namespace Usher.Discord.Tests.Gateway;

public sealed class InflaterTests
{
    [Fact]
    public void Payloads_share_one_context()
    {
        using var compressed = new MemoryStream();
        using var zlib = new ZLibStream(compressed, CompressionLevel.Optimal);
        using var inflater = new Inflater();
        using var result = new PooledBuffer();
        var sizes = new List<long>();
        for (var i = 0; i < 50; i++)
        {
            var text = $$$"""{"op":0,"s":{{{i}}},"t":"MESSAGE_CREATE","d":{"content":"{{{new string('x', i * 997)}}} the same words again and again"}}""";
            compressed.SetLength(0);
            zlib.Write(Encoding.UTF8.GetBytes(text));
            zlib.Flush();
            sizes.Add(compressed.Length);
            Assert.True(Inflater.EndsPayload(compressed.ToArray()));
            result.Clear();
            inflater.Inflate(compressed.ToArray(), result);
            Assert.Equal(text, Encoding.UTF8.GetString(result.Written.Span));
        }
        Assert.True(sizes[1] < sizes[0], "The second payload did not profit from the first: the context is not shared.");
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0xFF, 0xFF }, true)]
    [InlineData(new byte[] { 1, 2, 0, 0, 0xFF, 0xFF }, true)]
    [InlineData(new byte[] { 0, 0, 0xFF }, false)]
    [InlineData(new byte[] { 0, 0, 0xFF, 0xFF, 1 }, false)]
    public void Only_the_flush_ends_a_payload(byte[] bytes, bool ends) => Assert.Equal(ends, Inflater.EndsPayload(bytes));

    [Fact]
    public void Garbage_is_told_as_such()
    {
        using var inflater = new Inflater();
        using var result = new PooledBuffer();
        Assert.Throws<InvalidDataException>(() => inflater.Inflate("not zlib at all"u8.ToArray(), result));
    }

    [Fact]
    public void A_payload_that_inflates_without_end_is_refused()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(new byte[PooledBuffer.Limit + 1]);
        using var inflater = new Inflater();
        using var result = new PooledBuffer();
        Assert.Throws<InvalidDataException>(() => inflater.Inflate(compressed.ToArray(), result));
    }
}
