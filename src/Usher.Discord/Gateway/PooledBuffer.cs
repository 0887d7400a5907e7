using System.Buffers;

namespace Usher.Discord.Gateway;

/// <summary>A buffer that grows by renting and is used over and over. After a giant payload it shrinks again. Not thread-safe.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    /// <summary>Beyond this no payload is believed. The largest real ones (a GUILD_CREATE of a huge guild) are a few megabytes.</summary>
    public const int Limit = 64 << 20;

    private const int Usual = 16 << 10;
    private const int Giant = 1 << 20;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Usual);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length <= Giant) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = ArrayPool<byte>.Shared.Rent(Usual);
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private void Ensure(int free)
    {
        if (_bytes.Length - _length >= free) return;
        if (_length + free > Limit) throw new InvalidDataException($"A gateway payload exceeds {Limit >> 20} MiB.");
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + free));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
